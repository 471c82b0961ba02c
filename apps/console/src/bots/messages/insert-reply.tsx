import { Button, Popover, Stack, TextInput } from '@mantine/core';
import { MAX_TAP_TITLE } from '@baton/contracts';
import { IconMessageReply } from '@tabler/icons-react';
import { useState } from 'react';
import { payloadFrom } from './draft.js';

/** Adds a tap below the message. */
export function InsertReply({
  disabled,
  onInsert,
}: {
  readonly disabled: boolean;
  readonly onInsert: (reply: { readonly title: string; readonly payload: string }) => void;
}) {
  const [opened, setOpened] = useState(false);
  const [title, setTitle] = useState('');
  const [payload, setPayload] = useState<string>();
  const heard = payload ?? payloadFrom(title);
  const isReady = title.trim() !== '' && heard.trim() !== '';
  const insert = () => {
    if (!isReady) return;
    onInsert({ title: title.trim(), payload: heard.trim() });
    setOpened(false);
    setTitle('');
    setPayload(undefined);
  };
  return (
    <Popover opened={opened} onChange={setOpened} trapFocus returnFocus shadow="md" width={300}>
      <Popover.Target>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconMessageReply size={15} />}
          disabled={disabled}
          onClick={() => setOpened((before) => !before)}
        >
          Quick reply
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="New quick reply">
        <Stack
          gap="sm"
          component="form"
          onSubmit={(event) => {
            event.preventDefault();
            insert();
          }}
        >
          <TextInput
            label="Title"
            data-autofocus
            maxLength={80}
            description={
              title.trim().length > MAX_TAP_TITLE
                ? `Messenger cuts it: ${title.trim().length} of ${MAX_TAP_TITLE} characters.`
                : 'What visitors tap.'
            }
            value={title}
            onChange={(event) => setTitle(event.currentTarget.value)}
          />
          <TextInput
            label="Payload"
            maxLength={1_000}
            description="What your bot hears when it is tapped."
            value={heard}
            onChange={(event) => setPayload(event.currentTarget.value)}
          />
          <Button type="submit" size="xs" disabled={!isReady}>
            Add the reply
          </Button>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
