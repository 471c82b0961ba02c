import { Button, Checkbox, Group, List, Modal, Stack, TextInput } from '@mantine/core';
import { createPrivacyRequest, listPrivacyRequests, TOPIC_DAYS } from '@baton/control-api';
import type { PersonFound } from '@baton/control-api';
import { useState } from 'react';
import { useDo } from '../api/client.js';
import { useWorkspace } from '../app/session.js';
import { Trouble } from '../kit/trouble.js';
import { countOf } from './words.js';
import type { By } from './words.js';

/** Says what erasing means, and asks for the person once more. */
export function EraseDialog({
  person,
  found,
  onClose,
  onBegun,
}: {
  readonly person: { readonly by: By; readonly value: string };
  readonly found: PersonFound;
  readonly onClose: () => void;
  readonly onBegun: () => void;
}) {
  const { workspaceId } = useWorkspace();
  const [typed, setTyped] = useState('');
  const [deleteAtCrisp, setDeleteAtCrisp] = useState(false);
  const begin = useDo(createPrivacyRequest, { forgets: [listPrivacyRequests] });
  const inCrisp = found.conversations.reduce((sum, { crispSessions }) => sum + crispSessions.length, found.sessions.length);
  return (
    <Modal opened onClose={onClose} title="Erase this person" centered size="lg">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          begin.mutate(
            { request: { params: { workspaceId }, body: { kind: 'erase', person, confirmation: typed, deleteAtCrisp } } },
            { onSuccess: onBegun },
          );
        }}
      >
        <Stack gap="md">
          <List spacing={6}>
            <List.Item>
              {countOf(found.conversations.length + found.sessions.length, 'conversation')} with all lines, files and names are erased at
              once. This cannot be taken back.
            </List.Item>
            <List.Item>How long handovers took and how they ended stays, without anybody’s name.</List.Item>
            <List.Item>Events in Kafka keep the words for up to {TOPIC_DAYS} more days; the request below shows the date.</List.Item>
            <List.Item>What Facebook keeps of a Messenger chat can only be deleted there.</List.Item>
          </List>
          {inCrisp > 0 && (
            <Checkbox
              label={`Delete ${countOf(inCrisp, 'conversation')} in Crisp, too`}
              description="Agents lose them as well. Otherwise their ids are listed, so that you can delete them there."
              checked={deleteAtCrisp}
              onChange={(event) => setDeleteAtCrisp(event.currentTarget.checked)}
            />
          )}
          <TextInput
            label={`Type “${person.value}” to confirm`}
            autoComplete="off"
            data-autofocus
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          {begin.error && <Trouble error={begin.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" color="red.9" loading={begin.isPending} disabled={typed.trim() !== person.value}>
              Erase for good
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
