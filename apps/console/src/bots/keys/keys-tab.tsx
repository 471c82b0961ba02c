import { ActionIcon, Alert, Button, Group, Modal, Skeleton, Stack, Table, Text, TextInput, VisuallyHidden } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { createBotKey, deleteBotKey, getBot, listBotKeys, MOST_BOT_KEYS } from '@baton/control-api';
import type { BotKey } from '@baton/control-api';
import { IconKey, IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useDo, useRead } from '../../api/client.js';
import { useWorkspace } from '../../app/session.js';
import { CopyField } from '../../kit/copy-field.js';
import { Empty } from '../../kit/empty.js';
import { Trouble } from '../../kit/trouble.js';
import { atTime } from '../../kit/when.js';
import { Section } from '../../kit/section.js';
import { useBot } from '../use-bot.js';

/** The keys with which the bot's own program calls Baton. */
export default function KeysTab() {
  const { bot } = useBot();
  const { mayEdit } = useWorkspace();
  const params = { workspaceId: bot.workspaceId, botId: bot.botId };
  const keys = useRead(listBotKeys, { params });
  const [isMaking, making] = useDisclosure();
  const [revoking, setRevoking] = useState<BotKey>();
  const items = keys.data?.items ?? [];
  const isFull = items.length >= MOST_BOT_KEYS;
  const button = mayEdit && (
    <Button leftSection={<IconPlus size={18} />} disabled={isFull} onClick={making.open}>
      New key
    </Button>
  );
  return (
    <Stack maw={860}>
      {keys.error && <Trouble error={keys.error} onRetry={() => void keys.refetch()} />}
      {keys.isPending && <Skeleton height={180} radius="lg" />}
      {keys.data && items.length === 0 && (
        <Empty Icon={IconKey} title="No key yet" action={button}>
          A bot with a program of its own calls Baton with a key: to ask for a human, to add knowledge, to read receipts. A bot that only
          the assistant answers for needs none.
        </Empty>
      )}
      {items.length > 0 && (
        <Section
          title="Keys of the bot’s program"
          about={`With one of them the bot’s program calls Baton. A bot has ${MOST_BOT_KEYS} at most, so that one can be replaced without a break.`}
          aside={button}
        >
          <Table.ScrollContainer minWidth={420}>
            <Table verticalSpacing="sm">
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>Name</Table.Th>
                  <Table.Th>Mark</Table.Th>
                  <Table.Th>Made</Table.Th>
                  {mayEdit && (
                    <Table.Th>
                      <VisuallyHidden>Actions</VisuallyHidden>
                    </Table.Th>
                  )}
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {items.map((key) => (
                  <Table.Tr key={key.fingerprint}>
                    <Table.Td>{key.name ?? <Text c="dimmed">of the settings file</Text>}</Table.Td>
                    <Table.Td ff="monospace">{key.fingerprint}</Table.Td>
                    <Table.Td>{key.createdAt === null ? '' : `${atTime(key.createdAt)}, ${key.createdBy?.name}`}</Table.Td>
                    {mayEdit && (
                      <Table.Td ta="right">
                        <ActionIcon
                          variant="subtle"
                          color="red"
                          aria-label={`Revoke ${key.name ?? key.fingerprint}`}
                          onClick={() => setRevoking(key)}
                        >
                          <IconTrash size={18} />
                        </ActionIcon>
                      </Table.Td>
                    )}
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        </Section>
      )}
      <Modal opened={isMaking} onClose={making.close} title="New key" centered closeButtonProps={{ 'aria-label': 'Close' }}>
        <NewKey params={params} onClose={making.close} />
      </Modal>
      <Modal
        opened={revoking !== undefined}
        onClose={() => setRevoking(undefined)}
        title="Revoke this key?"
        centered
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        {revoking && <Revoke params={params} revoked={revoking} onClose={() => setRevoking(undefined)} />}
      </Modal>
    </Stack>
  );
}

interface OfBot {
  readonly workspaceId: string;
  readonly botId: string;
}

function NewKey({ params, onClose }: { readonly params: OfBot; readonly onClose: () => void }) {
  const make = useDo(createBotKey, { forgets: [listBotKeys, getBot] });
  const [name, setName] = useState('');
  if (make.data)
    return (
      <Stack>
        <Alert color="indigo" variant="light" title="Copy it now: it is shown only once">
          <CopyField label={`Key “${make.data.name}”`} value={make.data.key} />
        </Alert>
        <Group justify="flex-end">
          <Button onClick={onClose}>Done</Button>
        </Group>
      </Stack>
    );
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        make.mutate({ request: { params, body: { name: name.trim() } } });
      }}
    >
      <Stack>
        <TextInput
          data-autofocus
          label="Name"
          description="What it is for, to know it again."
          placeholder="Our flow server"
          maxLength={60}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        {make.error && <Trouble error={make.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" disabled={name.trim() === ''} loading={make.isPending}>
            Make key
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Revoke({ params, revoked, onClose }: { readonly params: OfBot; readonly revoked: BotKey; readonly onClose: () => void }) {
  const revoke = useDo(deleteBotKey, { forgets: [listBotKeys, getBot] });
  return (
    <Stack>
      <Text size="sm">
        Whoever calls with <b>{revoked.name ?? revoked.fingerprint}</b> is refused within two seconds. It cannot be brought back.
      </Text>
      {revoke.error && <Trouble error={revoke.error} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button
          color="red"
          loading={revoke.isPending}
          onClick={() => revoke.mutate({ request: { params: { ...params, fingerprint: revoked.fingerprint } } }, { onSuccess: onClose })}
        >
          Revoke key
        </Button>
      </Group>
    </Stack>
  );
}
