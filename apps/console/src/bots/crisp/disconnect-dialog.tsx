import { Button, Group, List, Modal, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { ShownConnection } from '@baton/control-api';
import { Trouble } from '../../kit/trouble.js';
import { readAgainIfLate, useConnection } from './use-connection.js';

/** Asks before the token is forgotten. */
export function DisconnectDialog({
  opened,
  connection,
  onClose,
  onDone,
}: {
  readonly opened: boolean;
  readonly connection: ShownConnection;
  readonly onClose: () => void;
  readonly onDone: () => void;
}) {
  const { params, disconnect } = useConnection();
  const go = (): void =>
    // The dialog may be gone by the time it is done: the bot is disconnected then.
    void disconnect.mutateAsync({ request: { params }, options: { version: connection.version } }).then(() => {
      onClose();
      onDone();
      notifications.show({ color: 'teal', title: 'Disconnected', message: 'Nothing more is said in Crisp for this bot.' });
    }, readAgainIfLate);
  return (
    <Modal opened={opened} onClose={onClose} title="Disconnect from Crisp?" centered closeButtonProps={{ 'aria-label': 'Close' }}>
      <Stack>
        <List size="sm" spacing="xs">
          <List.Item>The token is forgotten. To connect again you need its key once more.</List.Item>
          <List.Item>Nobody is handed over any more, and the assistant says nothing in the inbox, within five seconds.</List.Item>
          <List.Item>Web hooks with the address of today are refused.</List.Item>
          <List.Item>What was said stays, in Crisp and here.</List.Item>
        </List>
        <Text size="sm">The change stands in the bot’s history.</Text>
        {disconnect.error && <Trouble error={disconnect.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button color="red" loading={disconnect.isPending} onClick={go}>
            Disconnect
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
