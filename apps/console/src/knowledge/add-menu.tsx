import { Button, FileButton, Menu, Text } from '@mantine/core';
import {
  IconChevronDown,
  IconFileUpload,
  IconMessageQuestion,
  IconPlus,
  IconSitemap,
  IconTypography,
  IconWorld,
} from '@tabler/icons-react';
import { useRef } from 'react';
import { FILE_ENDINGS } from './check-file.js';

const ACCEPTED = FILE_ENDINGS.map((ending) => `.${ending}`).join(',');

const KINDS = [
  { kind: 'pairs', label: 'Questions and answers', about: 'What visitors ask most, in your words', Icon: IconMessageQuestion },
  { kind: 'text', label: 'Text', about: 'Write it here, or paste it', Icon: IconTypography },
  { kind: 'page', label: 'Web pages', about: 'Some addresses of your website', Icon: IconWorld },
  { kind: 'sitemap', label: 'Website', about: 'All pages that a sitemap names', Icon: IconSitemap },
] as const;

/** Adds a source of one kind. */
export function AddMenu({ onAdd, onFiles }: { readonly onAdd: (kind: string) => void; readonly onFiles: (files: File[]) => void }) {
  const pick = useRef<() => void>(() => undefined);
  return (
    <FileButton multiple accept={ACCEPTED} onChange={onFiles} inputProps={{ 'aria-label': 'Files to be read' }}>
      {({ onClick }) => {
        pick.current = onClick;
        return (
          <Menu position="bottom-end" withinPortal={false}>
            <Menu.Target>
              <Button leftSection={<IconPlus size={16} />} rightSection={<IconChevronDown size={14} />}>
                Add knowledge
              </Button>
            </Menu.Target>
            <Menu.Dropdown ta="left">
              {KINDS.map(({ kind, label, about, Icon }) => (
                <Menu.Item key={kind} leftSection={<Icon size={20} stroke={1.6} />} onClick={() => onAdd(kind)}>
                  <Item label={label} about={about} />
                </Menu.Item>
              ))}
              <Menu.Item leftSection={<IconFileUpload size={20} stroke={1.6} />} onClick={() => pick.current()}>
                <Item label="Files" about="PDF, Word, HTML, Markdown, text, CSV; 20 MB each" />
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        );
      }}
    </FileButton>
  );
}

function Item({ label, about }: { readonly label: string; readonly about: string }) {
  return (
    <>
      <Text size="sm" fw={500}>
        {label}
      </Text>
      <Text size="xs" c="dimmed">
        {about}
      </Text>
    </>
  );
}
