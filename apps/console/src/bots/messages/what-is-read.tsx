import { Alert, Anchor, List, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react';
import { Link } from 'react-router';
import { useWorkspace } from '../../app/session.js';
import { limitsOf } from '../../kit/preview/limits.js';
import { MessengerPreview } from '../../kit/preview/messenger-preview.js';
import { WebchatPreview } from '../../kit/preview/webchat-preview.js';
import { useBot } from '../use-bot.js';
import { saidWhenNobody, whoseLine } from './said.js';
import { slotName } from './slots.js';
import type { Slot } from './slots.js';
import type { WritingPlace } from './writing-place.js';

/** What a visitor would read: whose line it is and why, in each channel, and what the channels change about it. */
export function WhatIsRead({ place, slot }: { readonly place: WritingPlace; readonly slot: Slot }) {
  const { bot } = useBot();
  const { workspaceId } = useWorkspace();
  const { language, draft } = place;
  const { message, line, passedOver, leftOut } = saidWhenNobody(place.bot, language.tag, slot.reason, Date.now());
  const isBroken = slotName(slot) in draft.value.broken;
  const previewed = { text: message.text, quickReplies: message.quick_replies ?? [] };
  const limits = limitsOf(previewed, leftOut);
  const by = { name: bot.name, avatar: bot.avatar };
  const toHours = (
    <Anchor component={Link} to={`/${workspaceId}/bots/${bot.botId}/hours`} size="sm" c="inherit" underline="always">
      Set business hours
    </Anchor>
  );
  return (
    <Stack gap="sm" component="section" aria-label="Preview">
      <Title order={2} size="h4">
        What visitors read
      </Title>
      <Text size="sm" role="status">
        {isBroken ? 'The last version without errors. ' : ''}A visitor who speaks {language.name} reads{' '}
        <b>{whoseLine(line.speaker, line.isGeneral)}</b>.
      </Text>
      {slot.reason === 'closed' && !bot.handover.hours && (
        <Alert icon={<IconInfoCircle />} color="blue" variant="light">
          This bot has no business hours, so it is never closed and this is not said yet; the time is an example. {toHours}
        </Alert>
      )}
      {passedOver.length > 0 && (
        <Alert icon={<IconAlertTriangle />} color="yellow" variant="light">
          “{passedOver[0]!.text}” is passed over: when the team is back ({'{time}'}) is known only outside business hours.
        </Alert>
      )}
      <SimpleGrid cols={{ base: 1, sm: 2, lg: 1 }} spacing="md">
        <Stack gap={6}>
          <Text size="sm" fw={600}>
            Web chat
          </Text>
          <WebchatPreview message={previewed} by={by} accent={bot.webchat?.accent ?? '#2f6fed'} />
        </Stack>
        <Stack gap={6}>
          <Text size="sm" fw={600}>
            Messenger{!bot.messenger && <span style={{ fontWeight: 400 }}> (this bot is not on it)</span>}
          </Text>
          <MessengerPreview message={previewed} by={by} />
        </Stack>
      </SimpleGrid>
      {limits.length > 0 && (
        <Alert icon={<IconAlertTriangle />} color="yellow" variant="light" title="Not shown as it was written">
          <List size="sm" spacing={4}>
            {limits.map(({ channel, says }) => (
              <List.Item key={says}>
                {channel === 'Messenger' ? <b>Messenger: </b> : null}
                {says}
              </List.Item>
            ))}
          </List>
        </Alert>
      )}
    </Stack>
  );
}
