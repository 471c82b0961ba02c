import { Button, Popover, Stack, TextInput } from '@mantine/core';
import { safeHref } from '@baton/contracts';
import { IconLink } from '@tabler/icons-react';
import { useState } from 'react';

/** Puts a link into the text, as web chat shows it; Messenger shows its words and its address. */
export function InsertLink({ disabled, onInsert }: { readonly disabled: boolean; readonly onInsert: (markdown: string) => void }) {
  const [opened, setOpened] = useState(false);
  const [words, setWords] = useState('');
  const [address, setAddress] = useState('');
  const isWrong = address.trim() !== '' && (safeHref(address.trim()) === undefined || /[\s()<>]/.test(address.trim()));
  const label = words.trim().replaceAll(/[[\]\n]/g, '');
  const isReady = label !== '' && address.trim() !== '' && !isWrong;
  return (
    <Popover opened={opened} onChange={setOpened} trapFocus returnFocus shadow="md" width={300}>
      <Popover.Target>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconLink size={15} />}
          disabled={disabled}
          onClick={() => setOpened((before) => !before)}
        >
          Link
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="New link">
        <Stack
          gap="sm"
          component="form"
          onSubmit={(event) => {
            event.preventDefault();
            if (!isReady) return;
            onInsert(`[${label}](${address.trim()})`);
            setOpened(false);
            setWords('');
            setAddress('');
          }}
        >
          <TextInput
            label="Words"
            data-autofocus
            maxLength={300}
            placeholder="Our help centre"
            value={words}
            onChange={(event) => setWords(event.currentTarget.value)}
          />
          <TextInput
            label="Address"
            maxLength={2_048}
            placeholder="https://…"
            value={address}
            error={isWrong ? 'A whole address is needed, such as https://shop.example/help.' : undefined}
            onChange={(event) => setAddress(event.currentTarget.value)}
          />
          <Button type="submit" size="xs" disabled={!isReady}>
            Add the link
          </Button>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
