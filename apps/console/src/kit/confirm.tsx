import { Button, Group, Modal, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Trouble } from './trouble.js';

/** Asks before something that cannot be taken back; says what will happen. */
export function Confirm({
  opened,
  title,
  children,
  does,
  error,
  isBusy,
  onYes,
  onNo,
}: {
  readonly opened: boolean;
  readonly title: string;
  /** What will happen. */
  readonly children: ReactNode;
  /** What the button says: what it does. */
  readonly does: string;
  readonly error: unknown;
  readonly isBusy: boolean;
  readonly onYes: () => void;
  readonly onNo: () => void;
}) {
  return (
    <Modal opened={opened} onClose={onNo} title={title} centered closeButtonProps={{ 'aria-label': 'Close' }}>
      <Text component="div">{children}</Text>
      {error !== null && error !== undefined && <Trouble error={error} />}
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={onNo}>
          Cancel
        </Button>
        <Button color="red" loading={isBusy} onClick={onYes}>
          {does}
        </Button>
      </Group>
    </Modal>
  );
}
