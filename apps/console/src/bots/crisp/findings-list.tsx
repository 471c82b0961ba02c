import { Accordion, Group, List, Stack, Text, ThemeIcon } from '@mantine/core';
import type { Findings, Missing } from '@baton/control-api';
import { IconAlertTriangle, IconCheck, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';

/** What a check found: what is fine, and what is missing with the way to mend it. */
export function FindingsList({ findings }: { readonly findings: Findings }) {
  const { token, website, operators, scopes, missing } = findings;
  const granted = scopes.filter(({ state }) => state === 'granted').length;
  return (
    <Stack gap="sm">
      {token === 'taken' && <Finding state="fine">Crisp knows this token.</Finding>}
      {website.state === 'bound' && (
        <Finding state="fine">
          It opens the workspace <b>{website.name ?? 'with this id'}</b>
          {website.domain === undefined ? '.' : ` (${website.domain}).`}
        </Finding>
      )}
      {operators !== null && operators.length > 0 && (
        <Finding state="fine">
          {operators.length === 1 ? 'One agent' : `${operators.length} agents`} in the workspace,{' '}
          {operators.filter(({ online }) => online).length} online now.
        </Finding>
      )}
      <MissingList missing={missing} />
      {scopes.length > 0 && (
        <Accordion variant="contained" chevronPosition="left">
          <Accordion.Item value="scopes">
            <Accordion.Control>
              <Text size="sm">
                Rights of the token: {granted} of {scopes.length} seen
              </Text>
            </Accordion.Control>
            <Accordion.Panel>
              <List size="sm" spacing={6} listStyleType="none">
                {scopes.map(({ scope, access, usedTo, state }) => (
                  <List.Item key={`${scope} ${access}`}>
                    <Text size="sm" component="span" ff="monospace">
                      {scope}
                    </Text>{' '}
                    <Text size="sm" component="span" c="dimmed">
                      ({access}; to {usedTo}): {SCOPE_WORDS[state]}
                    </Text>
                  </List.Item>
                ))}
              </List>
            </Accordion.Panel>
          </Accordion.Item>
        </Accordion>
      )}
    </Stack>
  );
}

const SCOPE_WORDS = { granted: 'granted', missing: 'missing', 'not-checked': 'cannot be seen without changing something' } as const;

/** What is missing, the blocking first, each with the way to mend it. */
export function MissingList({ missing }: { readonly missing: readonly Missing[] }) {
  const sorted = missing.toSorted((a, b) => Number(b.blocking) - Number(a.blocking));
  return sorted.map(({ code, blocking, what, todo }, i) => (
    <Finding key={`${code} ${i}`} state={blocking ? 'blocking' : 'warning'}>
      {what}
      <Text size="sm" c="dimmed">
        {todo}
      </Text>
    </Finding>
  ));
}

const STATES = {
  fine: { color: 'teal', Icon: IconCheck, label: 'Fine' },
  warning: { color: 'yellow', Icon: IconAlertTriangle, label: 'Still to do' },
  blocking: { color: 'red', Icon: IconX, label: 'Missing' },
} as const;

export function Finding({ state, children }: { readonly state: keyof typeof STATES; readonly children: ReactNode }) {
  const { color, Icon, label } = STATES[state];
  return (
    <Group wrap="nowrap" align="flex-start" gap="sm">
      <ThemeIcon color={color} variant="light" size="sm" radius="xl" mt={2} role="img" aria-label={label}>
        <Icon size={14} />
      </ThemeIcon>
      <Text size="sm" component="div">
        {children}
      </Text>
    </Group>
  );
}
