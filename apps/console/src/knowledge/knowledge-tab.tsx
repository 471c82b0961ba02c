import { Alert, Button, Group, SegmentedControl, Stack, Text, VisuallyHidden } from '@mantine/core';
import { IconSchool } from '@tabler/icons-react';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { useWorkspace } from '../app/session.js';
import { Empty } from '../kit/empty.js';
import { Loading } from '../kit/loading.js';
import { Trouble } from '../kit/trouble.js';
import { AddMenu } from './add-menu.js';
import { DropFiles } from './drop-files.js';
import { SourceDialogs } from './dialogs/source-dialogs.js';
import { SourceCard } from './source-card.js';
import { counted, isInWork } from './source-words.js';
import { useSources } from './use-sources.js';
import { useUploads } from './use-uploads.js';

type Filter = 'all' | 'problems';

/** What the bot knows, and where from: read, refreshed, switched, deleted. */
export default function KnowledgeTab() {
  const { mayEdit } = useWorkspace();
  const sources = useSources();
  const uploads = useUploads();
  const [query, setQuery] = useSearchParams();
  const [filter, setFilter] = useState<Filter>('all');
  const openDialog = (add: string) => setQuery((before) => queryWith(before, 'add', add), { replace: true });
  if (sources.isPending) return <Loading what="Reading what the bot knows" />;
  if (sources.error && !sources.data) return <Trouble error={sources.error} onRetry={() => void sources.refetch()} />;
  const all = sources.data?.items ?? [];
  const troubled = all.filter(({ problemCount, state }) => problemCount > 0 || state === 'failed');
  const shown = filter === 'problems' && troubled.length > 0 ? troubled : all;
  const passages = all.reduce((sum, { progress, enabled }) => sum + (enabled ? progress.chunks : 0), 0);
  const busy = all.filter(isInWork).length;
  return (
    <DropFiles disabled={!mayEdit} onFiles={uploads.send}>
      <Group justify="space-between" mb="md" gap="sm">
        <Text c="dimmed" role="status">
          {all.length === 0
            ? 'The assistant answers only from what you give it here.'
            : `${counted(passages, 'passage')} from ${counted(all.length, 'source')}`}
          {busy > 0 && `; ${counted(busy, 'source')} being read`}
        </Text>
        <Group gap="xs">
          {troubled.length > 0 && (
            <SegmentedControl
              size="xs"
              aria-label="Which sources are shown"
              value={filter}
              onChange={(value) => setFilter(value as Filter)}
              data={[
                { value: 'all', label: 'All' },
                { value: 'problems', label: `With problems (${troubled.length})` },
              ]}
            />
          )}
          {mayEdit && all.length > 0 && <AddMenu onAdd={openDialog} onFiles={uploads.send} />}
        </Group>
      </Group>
      {sources.error && (
        <Alert color="yellow" mb="md" title="This may not be the newest state">
          The AI does not answer just now. What you see is what it said last.
        </Alert>
      )}
      {uploads.list}
      {all.length === 0 ? (
        <Empty
          Icon={IconSchool}
          title="Teach the assistant its first subject"
          action={mayEdit ? <AddMenu onAdd={openDialog} onFiles={uploads.send} /> : undefined}
        >
          <Stack gap="xs" align="center">
            <Text c="dimmed">
              It answers only from what stands here, word for word or with its source, and says so when it does not know.
            </Text>
            <Text c="dimmed" size="sm" component="ul" ta="left" m={0} pl="md">
              <li>Begin with the ten questions your visitors ask most: question and answer, in your own words.</li>
              <li>One subject a page, with headings a stranger understands.</li>
              <li>Write numbers, prices and times where they are meant to be read; the assistant never makes any up.</li>
              <li>Leave out what agents alone may know: whatever stands here can be told to any visitor.</li>
            </Text>
            {mayEdit && (
              <Text c="dimmed" size="sm">
                You can also drop files anywhere on this page.
              </Text>
            )}
          </Stack>
        </Empty>
      ) : (
        <Stack gap="sm" component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
          {shown.map((source) => (
            <SourceCard
              key={source.id}
              source={source}
              isOpen={query.get('open') === source.id}
              onToggle={() =>
                setQuery((before) => queryWith(before, 'open', before.get('open') === source.id ? undefined : source.id), { replace: true })
              }
              onEdit={() => setQuery((before) => queryWith(before, 'edit', source.id), { replace: true })}
            />
          ))}
        </Stack>
      )}
      <VisuallyHidden aria-live="polite">{busy > 0 ? `${counted(busy, 'source')} being read` : ''}</VisuallyHidden>
      <SourceDialogs
        add={mayEdit ? (query.get('add') ?? undefined) : undefined}
        edit={mayEdit ? all.find(({ id }) => id === query.get('edit')) : undefined}
        question={query.get('question') ?? undefined}
        onClose={() =>
          setQuery((before) => ['add', 'edit', 'question'].reduce((rest, name) => queryWith(rest, name, undefined), before), {
            replace: true,
          })
        }
      />
      {filter === 'problems' && troubled.length === 0 && (
        <Button variant="subtle" onClick={() => setFilter('all')}>
          Show all
        </Button>
      )}
    </DropFiles>
  );
}

/** The query with one of its values changed. */
function queryWith(query: URLSearchParams, name: string, value: string | undefined): URLSearchParams {
  const changed = new URLSearchParams(query);
  if (value === undefined) changed.delete(name);
  else changed.set(name, value);
  return changed;
}
