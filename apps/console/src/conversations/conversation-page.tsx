import { Alert, Button, Chip, Group, Text } from '@mantine/core';
import { ENTRY_GROUPS, listBots } from '@baton/control-api';
import type { EntryGroup } from '@baton/control-api';
import { IconArrowDown, IconWifiOff } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useLocation, useParams, useSearchParams } from 'react-router';
import { useRead } from '../api/client.js';
import { wordsOf } from '../api/problems.js';
import { useWorkspace } from '../app/session.js';
import { Loading } from '../kit/loading.js';
import { KillSwitchButton } from '../kill-switch/kill-switch-button.js';
import { PageHead } from '../kit/page-head.js';
import { Trouble } from '../kit/trouble.js';
import { ConversationHead } from './conversation-head.js';
import { MissingParts } from './missing-parts.js';
import { visitorName } from './standings.js';
import { EntryRow } from './timeline/entry-row.js';
import { EpisodeSection } from './timeline/episode-section.js';
import { episodesOf } from './timeline/episodes.js';
import { FloorChart } from './timeline/floor-chart.js';
import { GROUP_WORDS } from './timeline/lanes.js';
import { useAtEnd } from './timeline/use-at-end.js';
import { useTimeline } from './timeline/use-timeline.js';
import { useNow } from './use-now.js';

/** What most people look for; where lines went on their way is for a second look. */
const AT_FIRST: readonly EntryGroup[] = ['messages', 'decisions', 'answers', 'promises', 'effects'];

/** One conversation: what happened, why, and what happens now. */
export default function ConversationPage() {
  const { workspaceId } = useWorkspace();
  const { conversationId = '' } = useParams();
  const timeline = useTimeline(workspaceId, conversationId);
  const bots = useRead(listBots, { params: { workspaceId } });
  const now = useNow(1_000);
  const meant = decodeURIComponent(useLocation().hash.slice(1));
  const [search, setSearch] = useSearchParams();
  const [opened, setOpened] = useState<ReadonlySet<string>>(() => new Set(meant ? [meant] : []));
  const shownGroups = groupsOf(search);
  const { data } = timeline;
  const meantEntry = data?.entries.find(({ id }) => id === meant);
  const entries = (data?.entries ?? []).filter((one) => shownGroups.includes(one.group) || one.id === meant);
  const { end, isAtEnd, toEnd } = useAtEnd(entries.at(-1)?.id);

  const isFound = meantEntry !== undefined;
  useEffect(() => {
    if (isFound) document.getElementById(meant)?.scrollIntoView({ block: 'center' });
  }, [isFound, meant]);

  if (timeline.error && !data) return <Trouble error={timeline.error} onRetry={() => void timeline.refetch()} />;
  if (!data) return <Loading what="Reading the conversation" />;
  const { conversation } = data;
  const botName = bots.data?.items.find(({ botId }) => botId === conversation.botId)?.name ?? conversation.botId;
  const toggle = (id: string) =>
    setOpened((open) => (open.has(id) ? new Set([...open].filter((one) => one !== id)) : new Set([...open, id])));
  const goTo = (at: string) => {
    const first = entries.find((one) => one.at >= at) ?? entries.at(-1);
    if (first) document.getElementById(first.id)?.scrollIntoView({ block: 'center' });
  };
  return (
    <>
      <PageHead title={visitorName(conversation)} trail={[{ label: 'Conversations', to: `/${workspaceId}/conversations` }]}>
        <KillSwitchButton scope="conversation" id={conversation.id} name={visitorName(conversation)} />
      </PageHead>
      <ConversationHead conversation={conversation} botName={botName} now={now} />
      <MissingParts missing={data.missing} />
      {timeline.error && (
        <Alert color="red" variant="light" icon={<IconWifiOff />} title="Not live at the moment" mb="md" role="status">
          {wordsOf(timeline.error).detail} What you see is from before; it goes on by itself.
        </Alert>
      )}
      {conversation.floors.length > 1 && <FloorChart floors={conversation.floors} now={now} onGo={goTo} />}
      <Chip.Group multiple value={[...shownGroups]} onChange={(groups) => setSearch(withGroups(search, groups), { replace: true })}>
        <Group gap={6} mb="md" role="group" aria-label="What is shown">
          {ENTRY_GROUPS.map((group) => (
            <Chip key={group} value={group} size="xs" variant="light">
              {GROUP_WORDS[group]}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
      {data.older && (
        <Group justify="center" mb="md">
          <Button variant="default" size="xs" loading={timeline.isReadingOlder} onClick={() => void timeline.readOlder()}>
            Show what was before
          </Button>
        </Group>
      )}
      {entries.length === 0 && (
        <Text c="dimmed" py="xl" ta="center">
          {data.entries.length === 0 ? 'Nothing has happened yet.' : 'Nothing of what you chose has happened here. Choose more above.'}
        </Text>
      )}
      {episodesOf(entries, conversation.handovers).map((episode) => (
        <EpisodeSection key={episode.key} episode={episode} isInbox={conversation.kind === 'crisp-inbox'}>
          {episode.entries.map((entry) => (
            <EntryRow
              key={entry.id}
              entry={entry}
              isOpen={opened.has(entry.id)}
              isNew={data.arrived.has(entry.id)}
              isMeant={entry.id === meant}
              onToggle={() => toggle(entry.id)}
              playground={`/${workspaceId}/bots/${conversation.botId}/playground`}
            />
          ))}
        </EpisodeSection>
      ))}
      <div ref={end} />
      {!isAtEnd && (
        <div className="timeline-latest">
          <Button size="compact-md" radius="xl" leftSection={<IconArrowDown size={16} />} onClick={toEnd}>
            Jump to latest
          </Button>
        </div>
      )}
    </>
  );
}

function groupsOf(search: URLSearchParams): readonly EntryGroup[] {
  const asked = search.get('show')?.split(' ');
  return asked ? ENTRY_GROUPS.filter((group) => asked.includes(group)) : AT_FIRST;
}

function withGroups(search: URLSearchParams, groups: readonly string[]): URLSearchParams {
  const next = new URLSearchParams(search);
  next.set('show', ENTRY_GROUPS.filter((group) => groups.includes(group)).join(' '));
  return next;
}
