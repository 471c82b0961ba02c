import { Badge, Code, Group, Stack, Text } from '@mantine/core';
import type { DocumentChange } from '@baton/control-api';
import { placeWords, valueWords } from './words.js';

const KINDS = {
  added: { label: 'Added', color: 'teal' },
  removed: { label: 'Removed', color: 'red' },
  changed: { label: 'Changed', color: 'indigo' },
} as const;

/** What changed, place by place, before and after. */
export function ChangeList({ changes, none }: { readonly changes: readonly DocumentChange[]; readonly none: string }) {
  if (changes.length === 0) return <Text c="dimmed">{none}</Text>;
  return (
    <Stack gap="md" component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
      {changes.map((change, i) => (
        <li key={`${i} ${change.path}`}>
          <Group gap="xs" mb={4}>
            <Text fw={600} size="sm" style={{ overflowWrap: 'anywhere' }}>
              {placeWords(change.path)}
            </Text>
            <Badge size="sm" variant="light" color={KINDS[change.kind].color}>
              {KINDS[change.kind].label}
            </Badge>
          </Group>
          <Values change={change} />
        </li>
      ))}
    </Stack>
  );
}

function Values({ change }: { readonly change: DocumentChange }) {
  if (change.secret) {
    const words =
      change.kind === 'added' ? 'A secret was set.' : change.kind === 'removed' ? 'The secret was taken away.' : 'Another secret.';
    return (
      <Text size="sm" c="dimmed">
        {words} Secrets are never shown.
      </Text>
    );
  }
  return (
    <Stack gap={4}>
      {change.kind !== 'added' && <Value label="Before" value={change.before} />}
      {change.kind !== 'removed' && <Value label="After" value={change.after} />}
    </Stack>
  );
}

function Value({ label, value }: { readonly label: string; readonly value: DocumentChange['before'] }) {
  return (
    <Group gap="xs" align="flex-start" wrap="nowrap">
      <Text size="xs" c="dimmed" w={44} pt={4} style={{ flexShrink: 0 }}>
        {label}
      </Text>
      <Code block style={{ flex: 1, minWidth: 0, whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
        {valueWords(value)}
      </Code>
    </Group>
  );
}
