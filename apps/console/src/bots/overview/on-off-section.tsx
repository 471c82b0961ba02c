import { Group, Switch, Text } from '@mantine/core';
import { useEffect } from 'react';
import { isChangedMeanwhile } from '../../api/problems.js';
import { getBot } from '@baton/control-api';
import { queries } from '../../api/client.js';
import { useWorkspace } from '../../app/session.js';
import { tellSaved } from '../../kit/save-bar.js';
import { Trouble } from '../../kit/trouble.js';
import { fromNow } from '../../kit/when.js';
import { Section } from '../../kit/section.js';
import { useBot, useSaveBot } from '../use-bot.js';

/** Switches the bot on and off, at once. */
export function OnOffSection() {
  const { bot, changedAt, changedBy } = useBot();
  const { mayEdit } = useWorkspace();
  const { save, isSaving, error } = useSaveBot();
  const isLate = isChangedMeanwhile(error);
  useEffect(() => {
    if (isLate) void queries.invalidateQueries({ queryKey: [getBot.id] });
  }, [isLate]);
  return (
    <Section
      title={bot.enabled ? 'The bot is on' : 'The bot is off'}
      about={bot.enabled ? 'Visitors meet it in its channels.' : 'Its channels are closed, and nothing is said for it.'}
      aside={
        <Switch
          size="md"
          label="Switched on"
          labelPosition="left"
          disabled={!mayEdit || isSaving}
          checked={bot.enabled}
          onChange={(event) => save({ enabled: event.currentTarget.checked }, tellSaved)}
        />
      }
    >
      {error && <Trouble error={error} />}
      <Group gap={4}>
        <Text size="sm" c="dimmed">
          Last changed {fromNow(changedAt, new Date())} by {changedBy.name}.
        </Text>
      </Group>
    </Section>
  );
}
