import { Alert, Anchor, Loader } from '@mantine/core';
import { IconArrowBackUp, IconCheck } from '@tabler/icons-react';
import type { Fate } from './fate.js';

/** What became of what was sent again. */
export function ReplayFate({
  fate,
  onOpen,
  onClose,
}: {
  readonly fate: Fate;
  readonly onOpen?: (() => void) | undefined;
  readonly onClose?: () => void;
}) {
  const color = { waiting: 'blue', good: 'teal', bad: 'red' }[fate.tone];
  const icon = { waiting: <Loader size={18} />, good: <IconCheck />, bad: <IconArrowBackUp /> }[fate.tone];
  return (
    <Alert
      color={color}
      variant="light"
      icon={icon}
      role="status"
      mb="md"
      {...(onClose && fate.tone !== 'waiting' && { withCloseButton: true, onClose, closeButtonLabel: 'Close' })}
    >
      {fate.text}{' '}
      {onOpen && (
        <Anchor component="button" type="button" onClick={onOpen} inherit c="inherit" underline="always">
          Open the new one
        </Anchor>
      )}
    </Alert>
  );
}
