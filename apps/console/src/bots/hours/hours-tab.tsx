import { Anchor, Grid, Paper, Radio, Select, Stack, Text, Title } from '@mantine/core';
import type { BusinessHours } from '@baton/contracts';
import { useState } from 'react';
import { Link } from 'react-router';
import { useWorkspace } from '../../app/session.js';
import { SaveBar, tellSaved } from '../../kit/save-bar.js';
import { useDraft } from '../../kit/use-draft.js';
import { useReadAgainOnConflict } from '../read-again.js';
import { useBot, useSaveBot } from '../use-bot.js';
import { Exceptions } from './exceptions.js';
import { timeZones } from './moment.js';
import { NowAndThen } from './now-and-then.js';
import { sortedExceptions, usualHours, whatIsWrong } from './week.js';
import { WeekEditor } from './week-editor.js';
import { WeekPicture } from './week-picture.js';

/** When humans answer. */
export default function HoursTab() {
  const { bot } = useBot();
  const { workspaceId, mayEdit } = useWorkspace();
  const saving = useSaveBot();
  useReadAgainOnConflict(saving.error);
  const draft = useDraft<{ readonly hours: BusinessHours | undefined }>(`hours ${workspaceId} ${bot.botId}`, { hours: bot.handover.hours });
  const { hours } = draft.value;
  const [before, setBefore] = useState<BusinessHours>();
  const set = (next: BusinessHours | undefined) => draft.set(() => ({ hours: next }));
  const wrong = draft.isOutdated
    ? 'Somebody else changed the hours meanwhile. Take back to see theirs.'
    : draft.isDirty && hours
      ? whatIsWrong(hours)
      : undefined;
  return (
    <Stack gap="xl">
      <Grid gap="xl">
        <Grid.Col span={{ base: 12, md: 7 }}>
          <Stack gap="lg">
            <Radio.Group
              label="When does your team answer?"
              description={
                <>
                  Outside of these hours nobody is promised: visitors who ask for a human read{' '}
                  <Anchor size="xs" underline="always" component={Link} to={`/${workspaceId}/bots/${bot.botId}/messages?reason=closed`}>
                    your message for closed hours
                  </Anchor>
                  .
                </>
              }
              readOnly={!mayEdit}
              value={hours ? 'hours' : 'always'}
              onChange={(to) => {
                if (to === 'always') setBefore(hours);
                set(to === 'always' ? undefined : (before ?? bot.handover.hours ?? usualHours(ownTimeZone())));
              }}
            >
              <Stack gap="xs" mt="sm">
                <Radio
                  value="always"
                  label="Always"
                  description="Whoever is online in Crisp answers."
                  disabled={!mayEdit && hours !== undefined}
                />
                <Radio
                  value="hours"
                  label="In business hours"
                  description="Even when agents are online at other times."
                  disabled={!mayEdit && hours === undefined}
                />
              </Stack>
            </Radio.Group>
            {hours && (
              <Select
                label="Time zone"
                description="All times below are on this clock, also when it changes to summer time."
                searchable
                allowDeselect={false}
                limit={200}
                readOnly={!mayEdit}
                value={hours.timeZone}
                onChange={(timeZone) => timeZone !== null && set({ ...hours, timeZone })}
                data={timeZones(hours.timeZone, Date.now())}
                nothingFoundMessage="No such time zone"
              />
            )}
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 5 }}>
          <NowAndThen hours={hours} />
        </Grid.Col>
      </Grid>
      {hours && (
        <>
          <section aria-labelledby="week">
            <Title order={2} size="h4" id="week" mb="sm">
              Every week
            </Title>
            <Grid gap="xl">
              <Grid.Col span={{ base: 12, lg: 7 }}>
                <WeekEditor hours={hours} mayEdit={mayEdit} onChange={set} />
              </Grid.Col>
              <Grid.Col span={{ base: 12, lg: 5 }}>
                <Paper withBorder radius="md" p="md">
                  <WeekPicture hours={hours} />
                </Paper>
              </Grid.Col>
            </Grid>
          </section>
          <section aria-labelledby="exceptions">
            <Title order={2} size="h4" id="exceptions">
              Holidays and other exceptions
            </Title>
            <Text size="sm" c="dimmed" mb="sm">
              On these days the hours of the weekday do not count. A date with its year wins over the same day of every year.
            </Text>
            <Exceptions hours={hours} mayEdit={mayEdit} onChange={set} />
          </section>
        </>
      )}
      {mayEdit && (
        <SaveBar
          isDirty={draft.isDirty}
          isSaving={saving.isSaving}
          wrong={wrong}
          error={saving.error}
          onReset={() => {
            draft.reset();
            saving.reset();
          }}
          onSave={() =>
            saving.save({ handover: { ...bot.handover, hours: hours && sortedExceptions(hours) } }, (saved) => {
              draft.reset();
              tellSaved(saved);
            })
          }
        />
      )}
    </Stack>
  );
}

function ownTimeZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}
