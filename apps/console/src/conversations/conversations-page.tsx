import { Anchor, Button, Group, Paper, Text } from '@mantine/core';
import { listBots, listConversations } from '@baton/control-api';
import type { ConversationEntry } from '@baton/control-api';
import { IconArrowUp, IconMessages } from '@tabler/icons-react';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { useRead } from '../api/client.js';
import { useWorkspace } from '../app/session.js';
import { Empty } from '../kit/empty.js';
import { Loading } from '../kit/loading.js';
import { PageHead } from '../kit/page-head.js';
import { Trouble } from '../kit/trouble.js';
import { ConversationFilters } from './conversation-filters.js';
import { ConversationRow } from './conversation-row.js';
import { filtersOf, withFilter } from './filters.js';
import { keepOrder } from './keep-order.js';
import { MissingParts } from './missing-parts.js';
import { useNow } from './use-now.js';

const REFRESH_MS = 2_500;

/** Conversations of the workspace, the newest activity first; filters and page stand in the address. */
export default function ConversationsPage() {
  const { workspaceId } = useWorkspace();
  const [search, setSearch] = useSearchParams();
  const { standing, ...filters } = filtersOf(search);
  const before = search.get('before');
  const read = useRead(
    listConversations,
    { params: { workspaceId }, query: { ...filters, ...(standing && { standing }), ...(before && { before }) } },
    { refetchInterval: REFRESH_MS, placeholderData: (known) => known },
  );
  const isFiltered = search.size > 0;
  return (
    <>
      <PageHead
        title="Conversations"
        about="Everything visitors and your bots, assistant and agents say to each other. Open one to see what happened and why."
      />
      <ConversationFilters
        workspaceId={workspaceId}
        filters={filtersOf(search)}
        onChange={(name, value) => setSearch((now) => withFilter(now, name, value), { replace: name === 'q' })}
      />
      {read.isPending && <Loading what="Reading the conversations" />}
      {read.error && <Trouble error={read.error} onRetry={() => void read.refetch()} />}
      {read.data && <MissingParts missing={read.data.missing} />}
      {read.data?.items.length === 0 && <None isFiltered={isFiltered} onReset={() => setSearch(new URLSearchParams())} />}
      {read.data && read.data.items.length > 0 && <Rows key={search.toString()} items={read.data.items} />}
      {read.data && (before || read.data.next) && (
        <Group justify="space-between" mt="md">
          <Button
            variant="default"
            size="xs"
            disabled={!before}
            onClick={() => setSearch((now) => withFilter(now, 'q', filters.q ?? null))}
          >
            Newest
          </Button>
          <Button
            variant="default"
            size="xs"
            disabled={!read.data.next}
            onClick={() =>
              setSearch((now) => {
                const next = new URLSearchParams(now);
                next.set('before', read.data.next ?? '');
                return next;
              })
            }
          >
            Older
          </Button>
        </Group>
      )}
    </>
  );
}

/** Stays as it is while somebody points at it or has the focus in it; what is new waits behind a button. */
function Rows({ items }: { readonly items: readonly ConversationEntry[] }) {
  const { workspaceId } = useWorkspace();
  const bots = useRead(listBots, { params: { workspaceId } });
  const names = new Map(bots.data?.items.map(({ botId, name }) => [botId, name]));
  const now = useNow(1_000);
  const [shownIds, setShownIds] = useState<readonly string[]>(() => items.map(({ id }) => id));
  const { shown, news } = keepOrder(shownIds, items);
  const [isPointed, setIsPointed] = useState(false);
  const show = () => setShownIds(items.map(({ id }) => id));
  if ((news > 0 || shown.length < shownIds.length) && !isPointed) show();
  return (
    <>
      {news > 0 && isPointed && (
        <Group justify="center" pos="sticky" top={64} style={{ zIndex: 1 }} h={0}>
          <Button size="compact-sm" radius="xl" leftSection={<IconArrowUp size={14} />} onClick={show}>
            {news} with news
          </Button>
        </Group>
      )}
      <Paper
        withBorder
        onPointerEnter={() => setIsPointed(true)}
        onPointerLeave={() => setIsPointed(false)}
        onFocus={() => setIsPointed(true)}
        onBlur={() => setIsPointed(false)}
      >
        <ul style={{ listStyle: 'none', margin: 0, padding: 0 }} aria-label="Conversations">
          {shown.map((conversation) => (
            <li key={conversation.id}>
              <ConversationRow conversation={conversation} botName={names.get(conversation.botId) ?? conversation.botId} now={now} />
            </li>
          ))}
        </ul>
      </Paper>
    </>
  );
}

function None({ isFiltered, onReset }: { readonly isFiltered: boolean; readonly onReset: () => void }) {
  if (isFiltered) {
    return (
      <Empty
        Icon={IconMessages}
        title="Nothing fits"
        action={
          <Button variant="default" onClick={onReset}>
            Show all conversations
          </Button>
        }
      >
        No conversation fits what you look for. Names and e-mail addresses are known once the visitor or the bot told them.
      </Empty>
    );
  }
  return (
    <Empty Icon={IconMessages} title="Nobody has written yet">
      As soon as a visitor writes to one of your bots, the conversation appears here by itself. To try it, open the{' '}
      <Anchor component={Link} to="../bots" relative="path" underline="always">
        bot’s channels
      </Anchor>{' '}
      and write to it from your own site.
      <Text size="sm" mt="xs">
        You will see each message, each decision with its reason, and what reached the visitor.
      </Text>
    </Empty>
  );
}
