import { Anchor, Badge, Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { getHistoryLink } from '@baton/control-api';
import type { Conversation } from '@baton/control-api';
import { IconExternalLink, IconHistory } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { api } from '../api/client.js';
import { wordsOf } from '../api/problems.js';
import { useWorkspace } from '../app/session.js';
import { fromNow } from '../kit/when.js';
import { CHANNEL_WORDS } from './standings.js';
import { StandingBadge } from './standing-badge.js';
import { lasting } from './timeline/lasting.js';

/** Who it is, who has him, what happens next, and the ways to where agents read. */
export function ConversationHead({
  conversation,
  botName,
  now,
}: {
  readonly conversation: Conversation;
  readonly botName: string;
  readonly now: Date;
}) {
  const { workspaceId } = useWorkspace();
  const { standing, botId, channel, visitor, waitingSince, mutedUntil, present, crisp, next, handovers } = conversation;
  const coming = next[0];
  return (
    <Group gap="xs" mb="md" style={{ rowGap: 6 }}>
      <StandingBadge standing={standing} />
      {waitingSince && (
        <Badge variant="outline" color="orange" tt="none">
          waits for {lasting(Math.max(0, now.getTime() - Date.parse(waitingSince)))}
        </Badge>
      )}
      {mutedUntil && (
        <Badge variant="outline" color="gray" tt="none">
          bot muted
        </Badge>
      )}
      {present && (
        <Badge variant="dot" color="teal" tt="none">
          in the chat
        </Badge>
      )}
      <Text size="sm" c="dimmed">
        <Anchor component={Link} to={`/${workspaceId}/bots/${botId}`} inherit underline="always">
          {botName}
        </Anchor>{' '}
        · {CHANNEL_WORDS[channel]}
        {visitor.locale ? ` · ${visitor.locale}` : ''}
        {visitor.name && visitor.email ? ` · ${visitor.email}` : ''}
      </Text>
      {crisp && (
        <Button
          component="a"
          href={crisp.url}
          target="_blank"
          rel="noreferrer"
          size="compact-sm"
          variant="subtle"
          leftSection={<IconExternalLink size={14} aria-hidden />}
        >
          Open in Crisp
        </Button>
      )}
      {handovers.length > 0 && <HistoryLink conversationId={conversation.id} />}
      {coming && (
        <Text size="sm" w="100%">
          Next: {coming.words} ({fromNow(coming.dueAt, now)})
        </Text>
      )}
    </Group>
  );
}

function HistoryLink({ conversationId }: { readonly conversationId: string }) {
  const { workspaceId } = useWorkspace();
  const [isAsking, setIsAsking] = useState(false);
  const open = async () => {
    // Opened at once, as browsers want it; led on when the address is known.
    const page = globalThis.open('about:blank', '_blank');
    setIsAsking(true);
    try {
      const { url } = await api.call(getHistoryLink, { params: { workspaceId, conversationId } });
      if (page && url) page.location.replace(url);
      else page?.close();
    } catch (error) {
      page?.close();
      const { title, detail } = wordsOf(error);
      notifications.show({ color: 'red', title, message: detail });
    } finally {
      setIsAsking(false);
    }
  };
  return (
    <Button
      size="compact-sm"
      variant="subtle"
      loading={isAsking}
      leftSection={<IconHistory size={14} aria-hidden />}
      onClick={() => void open()}
    >
      History page
    </Button>
  );
}
