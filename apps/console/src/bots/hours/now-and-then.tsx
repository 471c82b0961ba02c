import { Badge, Divider, Group, Paper, Stack, Text, TextInput } from '@mantine/core';
import type { BusinessHours } from '@baton/contracts';
import { useInterval } from '@mantine/hooks';
import { useState } from 'react';
import { cityOf, clockIn, localTime, momentOf, standingAt } from './moment.js';

const LOOK_EVERY_MS = 15_000;

/** Whether the team is open now, and at any moment one wants to know of; by the hours as they are on this page. */
export function NowAndThen({ hours }: { readonly hours: BusinessHours | undefined }) {
  const [now, setNow] = useState(() => Date.now());
  useInterval(() => setNow(Date.now()), LOOK_EVERY_MS, { autoInvoke: true });
  const [chosen, setChosen] = useState<string>();
  const timeZone = hours?.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  const local = chosen ?? localTime(timeZone, now);
  const moment = momentOf(timeZone, local);
  return (
    <Paper withBorder radius="md" p="md" component="section" aria-label="Open or closed">
      <Stack gap="sm">
        <Stand
          hours={hours}
          at={now}
          title={hours ? `Now in ${cityOf(timeZone)}` : 'Now'}
          clock={hours ? clockIn(timeZone, now) : undefined}
        />
        {hours && (
          <>
            <Divider />
            <TextInput
              type="datetime-local"
              label="And at another time?"
              description={`On the clock of ${cityOf(timeZone)}.`}
              value={local}
              onChange={(event) => setChosen(event.currentTarget.value)}
            />
            {chosen !== undefined && moment !== undefined && (
              <Stand hours={hours} at={moment} title="Then" clock={clockIn(timeZone, moment)} />
            )}
          </>
        )}
      </Stack>
    </Paper>
  );
}

function Stand({
  hours,
  at,
  title,
  clock,
}: {
  readonly hours: BusinessHours | undefined;
  readonly at: number;
  readonly title: string;
  readonly clock: string | undefined;
}) {
  const { isOpen, inWords } = standingAt(hours, at);
  return (
    <Group gap="sm" wrap="nowrap" align="flex-start" role="status">
      <Badge color={isOpen ? 'teal' : 'gray'} variant="light" mt={2} style={{ flex: 'none' }}>
        {isOpen ? 'Open' : 'Closed'}
      </Badge>
      <div>
        <Text size="sm" fw={600}>
          {title}: {inWords}.
        </Text>
        {clock !== undefined && (
          <Text size="sm" c="dimmed">
            {clock}
          </Text>
        )}
      </div>
    </Group>
  );
}
