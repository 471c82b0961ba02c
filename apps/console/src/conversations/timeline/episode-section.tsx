import { Badge, Group, Text, Title } from '@mantine/core';
import type { HandoverFacts } from '@baton/control-api';
import type { ReactNode } from 'react';
import type { Episode } from './episodes.js';
import { timesOf } from './episodes.js';
import { clockTime, dayOf, lasting } from './lasting.js';

/** The heading of an episode, and what happened in it. */
export function EpisodeSection({
  episode,
  isInbox,
  children,
}: {
  readonly episode: Episode;
  readonly isInbox: boolean;
  readonly children: ReactNode;
}) {
  const { handover, entries } = episode;
  const first = entries[0];
  const title = handover
    ? `Handover ${handover.number}${handover.category ? ` · ${handover.category}` : ''}`
    : isInbox
      ? 'In the Crisp inbox'
      : 'With the bot';
  return (
    <section
      aria-label={first ? `${title}, ${clockTime(first.at)}` : title}
      className="timeline-episode"
      data-handover={handover ? true : undefined}
    >
      <Group gap="xs" mb={4} align="baseline">
        <Title order={2} size="h5">
          {title}
        </Title>
        {first && (
          <Text size="xs" c="dimmed">
            {dayOf(first.at)}, {clockTime(first.at)}
          </Text>
        )}
      </Group>
      {handover && <HandoverSummary handover={handover} />}
      <ol className="timeline">{children}</ol>
    </section>
  );
}

function HandoverSummary({ handover }: { readonly handover: HandoverFacts }) {
  const { accepted, firstWord, lasted } = timesOf(handover);
  const facts = [
    accepted === null ? null : `Handed over after ${lasting(accepted)}`,
    firstWord === null ? null : `First human word after ${lasting(firstWord)}`,
    lasted === null ? null : `Over after ${lasting(lasted)}`,
  ].filter((fact) => fact !== null);
  return (
    <Group gap={6} mb="xs">
      <Text size="sm" c="dimmed" w="100%">
        {handover.cause}
        {handover.agent ? ` · with ${handover.agent}` : ''}
      </Text>
      {facts.map((fact) => (
        <Badge key={fact} variant="light" color="gray" tt="none" fw={500}>
          {fact}
        </Badge>
      ))}
      <Badge variant="light" color={handover.end === null ? 'orange' : handover.outcome === 'resolved' ? 'teal' : 'gray'} tt="none">
        {handover.end ?? 'open'}
      </Badge>
    </Group>
  );
}
