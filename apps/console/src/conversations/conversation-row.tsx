import { Badge, Group, Text } from '@mantine/core';
import type { ConversationEntry } from '@baton/control-api';
import { Link } from 'react-router';
import { atTime, fromNow } from '../kit/when.js';
import { CHANNEL_WORDS, visitorName } from './standings.js';
import { StandingBadge } from './standing-badge.js';
import { lasting } from './timeline/lasting.js';

/** One conversation of the list, a link to its timeline. */
export function ConversationRow({
  conversation,
  botName,
  now,
}: {
  readonly conversation: ConversationEntry;
  readonly botName: string;
  readonly now: Date;
}) {
  const { id, standing, channel, agent, category, lastActivityAt, waitingSince, mutedUntil, present, handovers, visitor } = conversation;
  const name = visitorName(conversation);
  const about = [
    botName,
    CHANNEL_WORDS[channel],
    category,
    agent && `with ${agent}`,
    handovers > 0 && `${handovers} ${handovers === 1 ? 'handover' : 'handovers'}`,
  ];
  return (
    <Link to={id} className="conversation-row">
      <Group justify="space-between" wrap="nowrap" align="flex-start" gap="sm">
        <div style={{ minWidth: 0 }}>
          <Group gap={8} style={{ rowGap: 4 }}>
            <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
              {name}
            </Text>
            <StandingBadge standing={standing} />
            {waitingSince && (
              <Badge variant="outline" color="orange" tt="none" flex="none">
                waits for {lasting(Math.max(0, now.getTime() - Date.parse(waitingSince)))}
              </Badge>
            )}
            {mutedUntil && standing === 'bot' && (
              <Badge variant="outline" color="gray" tt="none" flex="none">
                bot muted
              </Badge>
            )}
            {present && (
              <Badge variant="dot" color="teal" tt="none" flex="none">
                in the chat
              </Badge>
            )}
          </Group>
          <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
            {[...about, visitor.name && visitor.email].filter(Boolean).join(' · ')}
          </Text>
        </div>
        <Text size="sm" c="dimmed" flex="none" component="time" dateTime={lastActivityAt} title={atTime(lastActivityAt)}>
          {fromNow(lastActivityAt, now)}
        </Text>
      </Group>
    </Link>
  );
}
