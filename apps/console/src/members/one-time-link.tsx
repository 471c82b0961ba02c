import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core';
import { IconMail } from '@tabler/icons-react';
import { CopyField } from '../kit/copy-field.js';
import { atTime } from '../kit/when.js';

export interface ShownLink {
  readonly url: string;
  readonly endsAt: string;
  /** Whom it is for. */
  readonly whom: string;
}

/** A link that is shown once, to be passed on. */
export function OneTimeLink({ link, onClose }: { readonly link: ShownLink | undefined; readonly onClose: () => void }) {
  return (
    <Modal
      opened={link !== undefined}
      onClose={onClose}
      title="Pass this link on"
      centered
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {link && (
        <Stack>
          <Text>
            It lets <strong>{link.whom}</strong> in once, until {atTime(link.endsAt)}.
          </Text>
          <CopyField label="Link" value={link.url} />
          <Alert color="yellow" icon={<IconMail />} title="Baton sends no mail">
            Send it yourself, to this person only: whoever opens it first is signed in. It is not shown again.
          </Alert>
          <Group justify="flex-end">
            <Button onClick={onClose}>Done</Button>
          </Group>
        </Stack>
      )}
    </Modal>
  );
}
