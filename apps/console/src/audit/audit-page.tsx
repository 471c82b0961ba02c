import { Anchor, Button, Group, Paper, Select, Stack, Text } from '@mantine/core';
import { listAudit } from '@baton/control-api';
import type { AuditEntry } from '@baton/control-api';
import { IconHistory } from '@tabler/icons-react';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { useRead } from '../api/client.js';
import { useWorkspace } from '../app/session.js';
import { Empty } from '../kit/empty.js';
import { Loading } from '../kit/loading.js';
import { PageHead } from '../kit/page-head.js';
import { Trouble } from '../kit/trouble.js';
import { atTime, fromNow } from '../kit/when.js';
import { BringBack } from './bring-back.js';
import { deedWords, detailWords, historyOf, SUBJECTS } from './words.js';

const AUTHORS = [
  { value: 'person', label: 'People' },
  { value: 'api-key', label: 'API keys' },
  { value: 'settings-file', label: 'The settings file' },
  { value: 'environment', label: 'The key of the environment' },
  { value: 'baton', label: 'Baton itself' },
];

/** Who did what in the workspace. Filters and page stand in the address. */
export default function AuditPage() {
  const { workspaceId, isOwner, mayEdit } = useWorkspace();
  const [search, setSearch] = useSearchParams();
  const [back, setBack] = useState<AuditEntry>();
  const query = Object.fromEntries(
    ['target', 'author', 'action', 'before'].flatMap((name) => (search.get(name) ? [[name, search.get(name)!]] : [])),
  );
  const read = useRead(listAudit, { params: { workspaceId }, query }, { placeholderData: (before) => before });
  const put = (name: string, value: string | null) =>
    setSearch((now) => {
      const next = new URLSearchParams(now);
      if (name !== 'before') next.delete('before');
      if (value === null) next.delete(name);
      else next.set(name, value);
      return next;
    });
  const isFiltered = Object.keys(query).length > 0;
  return (
    <>
      <PageHead title="Audit log" about="Who changed what, and when: people, API keys, settings files and Baton itself." />
      <Group mb="md" gap="sm" align="flex-end">
        <Select
          label="About"
          placeholder="Everything"
          clearable
          data={SUBJECTS}
          value={search.get('action')}
          onChange={(to) => put('action', to)}
          clearButtonProps={{ 'aria-label': 'Clear “About”' }}
        />
        <Select
          label="By"
          placeholder="Everybody"
          clearable
          data={authorsOf(read.data?.items ?? [], search.get('author'))}
          value={search.get('author')}
          onChange={(to) => put('author', to)}
          clearButtonProps={{ 'aria-label': 'Clear “By”' }}
        />
        {search.get('target') !== null && (
          <Button variant="light" onClick={() => put('target', null)}>
            Only {search.get('target')} · show all
          </Button>
        )}
      </Group>
      {read.isPending && <Loading what="Reading the audit log" />}
      {read.error && <Trouble error={read.error} onRetry={() => void read.refetch()} />}
      {read.data?.items.length === 0 && (
        <Empty
          Icon={IconHistory}
          title={isFiltered ? 'Nothing of this kind' : 'Nothing was done yet'}
          {...(isFiltered && {
            action: (
              <Button variant="light" onClick={() => setSearch({})}>
                Show everything
              </Button>
            ),
          })}
        >
          {isFiltered ? 'Nobody did anything that these filters let through.' : 'As soon as somebody changes something, it stands here.'}
        </Empty>
      )}
      {read.data && read.data.items.length > 0 && (
        <Paper withBorder radius="md" component="ul" p={0} m={0} style={{ listStyle: 'none' }} aria-label="What was done">
          {read.data.items.map((entry) => (
            <Entry key={entry.entryId} entry={entry} {...(isOwner || mayEdit ? { onBringBack: () => setBack(entry) } : {})} />
          ))}
        </Paper>
      )}
      <Group justify="flex-end" mt="sm" gap="xs">
        {search.get('before') !== null && (
          <Button variant="default" onClick={() => put('before', null)}>
            Newest
          </Button>
        )}
        {read.data?.next && (
          <Button variant="default" onClick={() => put('before', read.data.next)}>
            Older
          </Button>
        )}
      </Group>
      {back && <BringBack entry={back} onClose={() => setBack(undefined)} />}
    </>
  );
}

function Entry({ entry, onBringBack }: { readonly entry: AuditEntry; readonly onBringBack?: () => void }) {
  const details = detailWords(entry);
  const history = entry.action === 'bot.deleted' ? undefined : historyOf(entry);
  return (
    <Group
      component="li"
      px="md"
      py="sm"
      gap="md"
      justify="space-between"
      align="flex-start"
      style={{ borderBottom: '1px solid var(--mantine-color-default-border)' }}
    >
      <Stack gap={2} style={{ flex: '1 1 260px', minWidth: 0 }}>
        <Text style={{ overflowWrap: 'anywhere' }}>{deedWords(entry)}</Text>
        {details !== '' && (
          <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
            {details}
          </Text>
        )}
        <Text size="sm" c="dimmed">
          <time dateTime={entry.at}>{atTime(entry.at)}</time> ({fromNow(entry.at, new Date())})
          {entry.address !== null && ` · from ${entry.address}`}
        </Text>
      </Stack>
      {history !== undefined && (
        <Anchor component={Link} to={history} size="sm" aria-label={`What changed: ${deedWords(entry)}, ${atTime(entry.at)}`}>
          What changed
        </Anchor>
      )}
      {entry.action === 'bot.deleted' && onBringBack && (
        <Button size="xs" variant="light" onClick={onBringBack}>
          Bring it back
        </Button>
      )}
    </Group>
  );
}

/** The kinds of authors, and the people and keys that are seen. */
function authorsOf(items: readonly AuditEntry[], chosen: string | null): { value: string; label: string }[] {
  const seen = new Map(items.flatMap(({ author }) => (author.id === undefined ? [] : [[author.id, author.name]])));
  if (chosen !== null && !seen.has(chosen) && !AUTHORS.some(({ value }) => value === chosen)) seen.set(chosen, chosen);
  return [...AUTHORS, ...[...seen].map(([value, label]) => ({ value, label }))];
}
