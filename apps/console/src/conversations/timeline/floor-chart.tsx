import { Group, Paper, Text, Tooltip, UnstyledButton } from '@mantine/core';
import type { Conversation } from '@baton/control-api';
import { STANDING_WORDS } from '../standings.js';
import { floorPicture } from './floor-picture.js';
import { clockTime, lasting } from './lasting.js';

/** Who had the conversation when, as a picture; a press leads to that moment. */
export function FloorChart({
  floors,
  now,
  onGo,
}: {
  readonly floors: Conversation['floors'];
  readonly now: Date;
  readonly onGo: (at: string) => void;
}) {
  const picture = floorPicture(floors, now);
  const standings = [...new Set(picture.map(({ standing }) => standing))];
  return (
    <Paper withBorder p="sm" radius="md" mb="md" component="section" aria-label="Who had the conversation">
      <Group justify="space-between" mb={6} gap="xs">
        <Text size="sm" fw={600}>
          Who had the conversation
        </Text>
        <Group gap="sm">
          {standings.map((standing) => (
            <Group key={standing} gap={6} wrap="nowrap">
              <span className="floor-dot" data-standing={standing} aria-hidden />
              <Text size="xs">{STANDING_WORDS[standing].label}</Text>
            </Group>
          ))}
        </Group>
      </Group>
      <div className="floor-bar">
        {picture.map(({ standing, from, to, lasts, share }) => {
          const words = `${STANDING_WORDS[standing].label}, ${clockTime(from)}${to === null ? ' until now' : ` to ${clockTime(to)}`}, ${lasting(lasts)}`;
          return (
            <Tooltip key={from} label={words} withArrow>
              <UnstyledButton
                className="floor-part"
                data-standing={standing}
                style={{ width: `${share}%` }}
                onClick={() => onGo(from)}
                aria-label={words}
              >
                {share > 9 && <span aria-hidden>{lasting(lasts)}</span>}
              </UnstyledButton>
            </Tooltip>
          );
        })}
      </div>
    </Paper>
  );
}
