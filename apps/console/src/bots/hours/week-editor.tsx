import { ActionIcon, Box, Grid, Group, Menu, Paper, Text } from '@mantine/core';
import type { BusinessHours, OpenSpan, Weekday } from '@baton/contracts';
import { IconCopy, IconPlus } from '@tabler/icons-react';
import { SpanFields } from './span-fields.js';
import { copiedTo, nextSpan, overMidnight, WEEK, withDay, WORKDAYS } from './week.js';

/** The hours of each weekday. */
export function WeekEditor({
  hours,
  mayEdit,
  onChange,
}: {
  readonly hours: BusinessHours;
  readonly mayEdit: boolean;
  readonly onChange: (hours: BusinessHours) => void;
}) {
  return (
    <Paper withBorder radius="md">
      {WEEK.map(({ day, name }, nth) => (
        <Box
          key={day}
          role="group"
          aria-label={name}
          px="md"
          py="sm"
          style={nth > 0 ? { borderTop: '1px solid var(--mantine-color-default-border)' } : {}}
        >
          <Grid gap="xs">
            <Grid.Col span={{ base: 8, sm: 3 }} order={1}>
              <Text fw={600} size="sm" lh="36px">
                {name}
              </Text>
            </Grid.Col>
            <Grid.Col span={{ base: 12, sm: 7 }} order={{ base: 3, sm: 2 }}>
              <SpanFields
                of={name}
                spans={hours.weekly[day]}
                mayEdit={mayEdit}
                onChange={(spans) => onChange(withDay(hours, day, spans))}
                onPastMidnight={(span) => onChange(overMidnight(hours, day, span))}
              />
            </Grid.Col>
            {mayEdit && (
              <Grid.Col span={{ base: 4, sm: 2 }} order={{ base: 2, sm: 3 }}>
                <Group gap={4} wrap="nowrap" justify="flex-end">
                  <AddSpan name={name} spans={hours.weekly[day]} onAdd={(spans) => onChange(withDay(hours, day, spans))} />
                  <CopyDay day={day} name={name} onCopy={(days) => onChange(copiedTo(hours, day, days))} />
                </Group>
              </Grid.Col>
            )}
          </Grid>
        </Box>
      ))}
      <Text size="sm" c="dimmed" px="md" py="sm" style={{ borderTop: '1px solid var(--mantine-color-default-border)' }}>
        An end at 00:00 is midnight. Hours past midnight are two: until midnight, and from midnight on the next day.
      </Text>
    </Paper>
  );
}

function AddSpan({
  name,
  spans,
  onAdd,
}: {
  readonly name: string;
  readonly spans: readonly OpenSpan[];
  readonly onAdd: (spans: readonly OpenSpan[]) => void;
}) {
  const next = nextSpan(spans);
  return (
    <ActionIcon
      variant="subtle"
      size="lg"
      aria-label={`Add hours on ${name}`}
      disabled={next === undefined}
      onClick={() => next && onAdd([...spans, next])}
    >
      <IconPlus size={17} />
    </ActionIcon>
  );
}

function CopyDay({
  day,
  name,
  onCopy,
}: {
  readonly day: Weekday;
  readonly name: string;
  readonly onCopy: (days: readonly Weekday[]) => void;
}) {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label={`Copy the hours of ${name} to other days`}>
          <IconCopy size={17} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Copy {name} to</Menu.Label>
        <Menu.Item onClick={() => onCopy(WORKDAYS)}>Monday to Friday</Menu.Item>
        <Menu.Item onClick={() => onCopy(WEEK.map((one) => one.day))}>Every day</Menu.Item>
        <Menu.Divider />
        {WEEK.filter((one) => one.day !== day).map((one) => (
          <Menu.Item key={one.day} onClick={() => onCopy([one.day])}>
            {one.name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
