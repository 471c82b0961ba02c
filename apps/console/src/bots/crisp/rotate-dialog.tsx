import { Button, Group, Modal, Select, Stack, Text } from '@mantine/core';
import type { ShownConnection } from '@baton/control-api';
import { useState } from 'react';
import { Trouble } from '../../kit/trouble.js';
import { readAgainIfLate, useConnection } from './use-connection.js';

const ENDS = [
  { value: '3600', label: 'For another hour' },
  { value: '86400', label: 'For another day' },
  { value: '604800', label: 'For another week' },
  { value: '0', label: 'Not at all: it ends now' },
];

/** Makes a new secret for the web hook's address. */
export function RotateDialog({
  opened,
  connection,
  onClose,
  onDone,
}: {
  readonly opened: boolean;
  readonly connection: ShownConnection;
  readonly onClose: () => void;
  readonly onDone: (made: ShownConnection) => void;
}) {
  const { params, rotate } = useConnection();
  const [ends, setEnds] = useState('86400');
  const go = (): void =>
    rotate.mutate(
      { request: { params, body: { oldEndsInSeconds: Number(ends) } }, options: { version: connection.version } },
      {
        onSuccess: (made) => {
          onDone(made);
          onClose();
        },
        onError: readAgainIfLate,
      },
    );
  return (
    <Modal opened={opened} onClose={onClose} title="New secret for the web hook" centered closeButtonProps={{ 'aria-label': 'Close' }}>
      <Stack>
        <Text size="sm">
          The address of the web hook gets a new secret, shown once. Until Crisp has the new address it sends to the old one, so that one is
          taken for a while, too. A secret that is on its way out already ends now.
        </Text>
        <Select
          label="The old secret is taken"
          data={ENDS}
          value={ends}
          allowDeselect={false}
          onChange={(to) => to !== null && setEnds(to)}
        />
        {ends === '0' && (
          <Text size="sm" c="red">
            Web hooks are refused from now on until the new address stands in Crisp. Right for a secret that others know.
          </Text>
        )}
        {rotate.error && <Trouble error={rotate.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button loading={rotate.isPending} onClick={go}>
            Make a new secret
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
