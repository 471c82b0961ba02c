import { Alert, Button, Group, List, Select, Stack, Text, TextInput } from '@mantine/core';
import { createPrivacyRequest, findPerson, listPrivacyRequests, PERSON_BY } from '@baton/control-api';
import { IconDownload, IconEraser, IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useDo } from '../api/client.js';
import { useWorkspace } from '../app/session.js';
import { Trouble } from '../kit/trouble.js';
import { atTime } from '../kit/when.js';
import { EraseDialog } from './erase-dialog.js';
import { countOf, KNOWN_BY } from './words.js';
import type { By } from './words.js';

/** Looks for one person, shows what is held of him, and begins an export or an erasure. */
export function FindPersonForm() {
  const { workspaceId } = useWorkspace();
  const [by, setBy] = useState<By>('email');
  const [value, setValue] = useState('');
  const [erases, setErases] = useState(false);
  const find = useDo(findPerson);
  const begin = useDo(createPrivacyRequest, { forgets: [listPrivacyRequests] });
  const params = { workspaceId };
  const person = { by, value: value.trim() };
  const found = find.data;
  const isEmpty = found && found.conversations.length + found.sessions.length === 0;
  const change = <T,>(set: (to: T) => void) => {
    return (to: T) => {
      set(to);
      find.reset();
      begin.reset();
    };
  };
  return (
    <Stack gap="md">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          find.mutate({ request: { params, body: person } });
        }}
      >
        <Group align="flex-end" gap="sm">
          <Select
            label="Known by"
            allowDeselect={false}
            w={{ base: '100%', xs: 230 }}
            data={PERSON_BY.map((one) => ({ value: one, label: KNOWN_BY[one].label }))}
            value={by}
            onChange={(to) => to !== null && change<By>(setBy)(to)}
          />
          <TextInput
            label={KNOWN_BY[by].label}
            placeholder={KNOWN_BY[by].placeholder}
            style={{ flex: '1 1 240px' }}
            maxLength={254}
            value={value}
            onChange={(event) => change<string>(setValue)(event.currentTarget.value)}
          />
          <Button type="submit" leftSection={<IconSearch size={16} />} loading={find.isPending} disabled={person.value === ''}>
            Find
          </Button>
        </Group>
      </form>
      {find.error && <Trouble error={find.error} />}
      {begin.error && <Trouble error={begin.error} />}
      {isEmpty && (
        <Alert color="gray" variant="light" title="Nothing is held of this person" role="status">
          No conversation of this workspace’s bots belongs to him. Try something else that he is known by.
        </Alert>
      )}
      {found && !isEmpty && (
        <Stack gap="sm" role="status">
          <Text>
            Found {countOf(found.conversations.length, 'conversation')}
            {found.sessions.length > 0 && ` and ${countOf(found.sessions.length, 'chat')} in Crisp where the AI answered`}.
          </Text>
          <List size="sm" spacing={4}>
            {found.conversations.slice(0, 10).map((one) => (
              <List.Item key={one.conversationId}>
                {one.botId}, {one.channel}, {countOf(one.lines, 'line')}, last {atTime(one.until)}
                {one.crispSessions.length > 0 && `, ${countOf(one.crispSessions.length, 'conversation')} in Crisp`}
              </List.Item>
            ))}
          </List>
          <Group gap="sm">
            <Button
              variant="default"
              leftSection={<IconDownload size={16} />}
              loading={begin.isPending && !erases}
              onClick={() => begin.mutate({ request: { params, body: { kind: 'export', person } } })}
            >
              Export
            </Button>
            <Button color="red.9" leftSection={<IconEraser size={16} />} onClick={() => setErases(true)}>
              Erase
            </Button>
          </Group>
        </Stack>
      )}
      {erases && found && (
        <EraseDialog
          person={person}
          found={found}
          onClose={() => setErases(false)}
          onBegun={() => {
            setErases(false);
            find.reset();
            setValue('');
          }}
        />
      )}
    </Stack>
  );
}
