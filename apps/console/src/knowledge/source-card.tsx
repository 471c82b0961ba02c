import { ActionIcon, Badge, Button, Collapse, Group, Menu, Paper, Progress, Stack, Switch, Text, ThemeIcon, Tooltip } from '@mantine/core';
import type { Source, SourceKind } from '@baton/control-api';
import {
  IconChevronDown,
  IconDots,
  IconFile,
  IconMessageQuestion,
  IconPencil,
  IconRefresh,
  IconSitemap,
  IconTrash,
  IconTypography,
  IconWorld,
} from '@tabler/icons-react';
import { useState } from 'react';
import type { ComponentType } from 'react';
import { useWorkspace } from '../app/session.js';
import { wordsOf } from '../api/problems.js';
import { Confirm } from '../kit/confirm.js';
import { fromNow } from '../kit/when.js';
import { SourceDetails } from './source-details.js';
import { amountWords, counted, isInWork, KIND_WORDS, percentOf, sizeWords, stateWords } from './source-words.js';
import { useChange, useDelete, useOfBot, useRefresh } from './use-sources.js';

const ICONS: Readonly<Record<SourceKind, ComponentType<{ size?: number | string; stroke?: number | string }>>> = {
  text: IconTypography,
  markdown: IconTypography,
  pairs: IconMessageQuestion,
  file: IconFile,
  page: IconWorld,
  sitemap: IconSitemap,
};

/** One source: what it is, how it stands, and what can be done with it. */
export function SourceCard({
  source,
  isOpen,
  onToggle,
  onEdit,
}: {
  readonly source: Source;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
  readonly onEdit: () => void;
}) {
  const { mayEdit } = useWorkspace();
  const of = useOfBot();
  const change = useChange();
  const refresh = useRefresh();
  const remove = useDelete();
  const [asks, setAsks] = useState(false);
  const params = { ...of, sourceId: source.id };
  const state = stateWords(source);
  const Icon = ICONS[source.kind];
  const details = `source-${source.id}`;
  const failed = change.error ?? refresh.error;
  return (
    <Paper component="li" withBorder radius="lg" p="md">
      <Group wrap="nowrap" align="flex-start" gap="sm">
        <ThemeIcon variant="light" size={38} radius="md" visibleFrom="xs" aria-hidden>
          <Icon size={20} stroke={1.6} />
        </ThemeIcon>
        <Stack gap={4} style={{ flex: 1, minWidth: 0 }}>
          <Group gap="xs" wrap="wrap">
            <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
              {source.title}
            </Text>
            <Badge variant="light" color={state.color}>
              {state.label}
            </Badge>
          </Group>
          <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
            {KIND_WORDS[source.kind]}
            {source.fileName !== null && ` ${source.fileName}, ${sizeWords(source.bytes)}`} · {amountWords(source)}
            {source.takenInAt !== null && ` · read ${fromNow(source.takenInAt, new Date())}`}
            {source.everyHours !== null && source.dueAt !== null && !isInWork(source) && `, next ${fromNow(source.dueAt, new Date())}`}
          </Text>
          <InWork source={source} />
          {source.problemCount > 0 && !isInWork(source) && (
            <Text size="sm" c={source.state === 'failed' ? 'red' : undefined}>
              {counted(source.problemCount, 'problem')}
              {source.state === 'failed' && source.progress.chunks > 0 ? '; what was read before still holds' : ''}
            </Text>
          )}
          {failed && (
            <Text size="sm" c="red" role="alert">
              {wordsOf(failed).detail}
            </Text>
          )}
          <div>
            <Button
              size="compact-sm"
              variant="transparent"
              ml={-8}
              aria-expanded={isOpen}
              aria-controls={details}
              aria-label={`${isOpen ? 'Hide details' : 'Details'} of ${source.title}`}
              rightSection={<IconChevronDown size={14} style={{ transform: isOpen ? 'rotate(180deg)' : undefined }} />}
              onClick={onToggle}
            >
              {isOpen ? 'Hide details' : 'Details'}
            </Button>
          </div>
        </Stack>
        {mayEdit && (
          <Group gap="xs" wrap="nowrap">
            <Tooltip label={source.enabled ? 'On: it can be cited' : 'Off: it is not cited'} withArrow>
              <div>
                <Switch
                  aria-label={`${source.title} can be cited`}
                  checked={source.enabled}
                  disabled={change.isPending}
                  onChange={({ currentTarget: { checked } }) => change.mutate({ request: { params, body: { enabled: checked } } })}
                />
              </div>
            </Tooltip>
            <Menu position="bottom-end" withinPortal={false}>
              <Menu.Target>
                <ActionIcon variant="subtle" color="gray" aria-label={`More for ${source.title}`}>
                  <IconDots size={18} />
                </ActionIcon>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Item leftSection={<IconPencil size={16} />} onClick={onEdit}>
                  Edit
                </Menu.Item>
                <Menu.Item
                  leftSection={<IconRefresh size={16} />}
                  disabled={isInWork(source)}
                  onClick={() => refresh.mutate({ request: { params } })}
                >
                  Read again
                </Menu.Item>
                <Menu.Item color="red.9" leftSection={<IconTrash size={16} />} onClick={() => setAsks(true)}>
                  Delete
                </Menu.Item>
              </Menu.Dropdown>
            </Menu>
          </Group>
        )}
      </Group>
      <Collapse expanded={isOpen} id={details}>
        {isOpen && <SourceDetails source={source} />}
      </Collapse>
      <Confirm
        opened={asks}
        title={`Delete “${source.title}”?`}
        does="Delete"
        error={remove.error}
        isBusy={remove.isPending}
        onNo={() => setAsks(false)}
        onYes={() => remove.mutate({ request: { params } }, { onSuccess: () => setAsks(false) })}
      >
        It cannot be cited any more from this moment, and {counted(source.progress.chunks, 'passage')} of it are forgotten for good. To keep
        it for later, switch it off instead.
      </Confirm>
    </Paper>
  );
}

function InWork({ source }: { readonly source: Source }) {
  if (!isInWork(source)) return null;
  const percent = percentOf(source);
  const { pagesDone, pagesTotal } = source.progress;
  return (
    <Stack gap={4} my={4}>
      <Progress.Root size="sm">
        <Progress.Section value={percent ?? 100} animated striped aria-label={`${source.title} is being read`} />
      </Progress.Root>
      <Text size="xs" c="dimmed">
        {source.state === 'queued'
          ? 'It is read as soon as it is its turn.'
          : percent === undefined
            ? 'Reading …'
            : `${pagesDone} of ${counted(pagesTotal, 'page')} read`}
      </Text>
    </Stack>
  );
}
