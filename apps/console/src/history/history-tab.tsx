import { Accordion, Badge, Button, Group, Stack, Text } from '@mantine/core';
import { botVersions } from '@baton/control-api';
import type { DocumentVersion } from '@baton/control-api';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { useRead } from '../api/client.js';
import { useWorkspace } from '../app/session.js';
import { useBot } from '../bots/use-bot.js';
import { Loading } from '../kit/loading.js';
import { Trouble } from '../kit/trouble.js';
import { atTime, fromNow } from '../kit/when.js';
import { GoBack } from './go-back.js';
import { VersionChangesPanel } from './version-changes.js';
import { causeWords, whereWords } from './words.js';

const PAGE = 30;

/** All versions of the bot: who changed what when, and the way back. The opened version and the page stand in the address. */
export default function HistoryTab() {
  const { workspaceId, mayEdit } = useWorkspace();
  const { bot, version: current } = useBot();
  const [search, setSearch] = useSearchParams();
  const [backTo, setBackTo] = useState<number>();
  const params = { workspaceId, botId: bot.botId };
  const before = Number(search.get('before')) || undefined;
  const read = useRead(botVersions.list, { params, query: { limit: PAGE, ...(before !== undefined && { before }) } });
  const put = (name: string, value: string | null) =>
    setSearch(
      (now) => {
        const next = new URLSearchParams(now);
        if (value === null) next.delete(name);
        else next.set(name, value);
        return next;
      },
      { replace: name === 'version' },
    );
  if (read.error && !read.data) return <Trouble error={read.error} onRetry={() => void read.refetch()} />;
  if (!read.data) return <Loading what="Reading the history" />;
  return (
    <Stack gap="md" maw={860}>
      <Text c="dimmed">
        Every change is kept, whoever made it: in this console, over the API or in a settings file. Going back makes a new version, so
        nothing is ever lost.
      </Text>
      <Accordion variant="separated" value={search.get('version')} onChange={(to) => put('version', to)}>
        {read.data.items.map((version) => (
          <Accordion.Item key={version.version} value={String(version.version)}>
            <Accordion.Control>
              <VersionHead version={version} isCurrent={version.version === current} />
            </Accordion.Control>
            <Accordion.Panel>
              {search.get('version') === String(version.version) && (
                <VersionChangesPanel version={version.version} current={current}>
                  {mayEdit && !version.isGone && version.version !== current && (
                    <Button variant="light" onClick={() => setBackTo(version.version)}>
                      Go back to this version
                    </Button>
                  )}
                </VersionChangesPanel>
              )}
            </Accordion.Panel>
          </Accordion.Item>
        ))}
      </Accordion>
      <Group justify="flex-end">
        {before !== undefined && (
          <Button variant="default" onClick={() => put('before', null)}>
            Newest
          </Button>
        )}
        {read.data.next !== null && (
          <Button variant="default" onClick={() => put('before', read.data.next)}>
            Older
          </Button>
        )}
      </Group>
      {backTo !== undefined && <GoBack version={backTo} onClose={() => setBackTo(undefined)} />}
    </Stack>
  );
}

function VersionHead({ version, isCurrent }: { readonly version: DocumentVersion; readonly isCurrent: boolean }) {
  const where = whereWords(version.paths, version.more);
  return (
    <Stack gap={2}>
      <Group gap="xs">
        <Text fw={600}>
          {version.version}. {causeWords(version)}
        </Text>
        {isCurrent && (
          <Badge size="sm" variant="light" color="teal">
            Holds now
          </Badge>
        )}
      </Group>
      {where !== '' && (
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          {where}
        </Text>
      )}
      <Text size="sm" c="dimmed">
        {version.changedBy.name.charAt(0).toUpperCase() + version.changedBy.name.slice(1)} ·{' '}
        <time dateTime={version.changedAt}>{atTime(version.changedAt)}</time> ({fromNow(version.changedAt, new Date())})
      </Text>
    </Stack>
  );
}
