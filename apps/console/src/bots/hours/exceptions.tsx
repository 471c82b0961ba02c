import { ActionIcon, Box, Button, Checkbox, Group, Paper, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import type { BusinessHours, ExceptionalDay } from '@baton/contracts';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { localTime } from './moment.js';
import { SpanFields } from './span-fields.js';
import { dateInWords, nextSpan, withException } from './week.js';

const MOST = 400;

/** Days that are not as their weekday. */
export function Exceptions({
  hours,
  mayEdit,
  onChange,
}: {
  readonly hours: BusinessHours;
  readonly mayEdit: boolean;
  readonly onChange: (hours: BusinessHours) => void;
}) {
  const today = localTime(hours.timeZone, Date.now()).slice(0, 10);
  const add = () => onChange({ ...hours, exceptions: [...hours.exceptions, { date: today, open: [] }] });
  return (
    <Paper withBorder radius="md">
      {hours.exceptions.length === 0 && (
        <Text size="sm" c="dimmed" p="md">
          None yet. Add the holidays of your country, or a day on which your team leaves early.
        </Text>
      )}
      {hours.exceptions.map((exception, nth) => (
        <Box
          key={nth}
          role="group"
          aria-label={`${exception.name ?? 'Exception'}, ${dateInWords(exception.date)}`}
          p="md"
          style={nth > 0 ? { borderTop: '1px solid var(--mantine-color-default-border)' } : {}}
        >
          <OneException
            exception={exception}
            today={today}
            mayEdit={mayEdit}
            onChange={(changed) => onChange(withException(hours, nth, changed))}
          />
        </Box>
      ))}
      {mayEdit && hours.exceptions.length < MOST && (
        <Box p="sm" style={{ borderTop: '1px solid var(--mantine-color-default-border)' }}>
          <Button variant="subtle" size="compact-sm" leftSection={<IconPlus size={14} />} onClick={add}>
            Add an exception
          </Button>
        </Box>
      )}
    </Paper>
  );
}

function OneException({
  exception,
  today,
  mayEdit,
  onChange,
}: {
  readonly exception: ExceptionalDay;
  readonly today: string;
  readonly mayEdit: boolean;
  readonly onChange: (exception: ExceptionalDay | undefined) => void;
}) {
  const { date, open, name } = exception;
  const next = nextSpan(open);
  const isYearly = date.length === 5;
  // A leap day is shown in a year that has one.
  const shown = isYearly ? `${date === '02-29' ? '2028' : today.slice(0, 4)}-${date}` : date;
  return (
    <Group align="flex-start" gap="md" justify="space-between">
      <Stack gap="xs" style={{ flex: '1 1 220px' }}>
        <TextInput
          type="date"
          label="Date"
          readOnly={!mayEdit}
          value={shown}
          onChange={({ currentTarget: { value } }) => onChange({ ...exception, date: isYearly ? value.slice(5) : value })}
        />
        <Checkbox
          label="Every year"
          disabled={!mayEdit}
          checked={isYearly}
          onChange={({ currentTarget: { checked } }) => onChange({ ...exception, date: checked ? shown.slice(5) : shown })}
        />
        {!isYearly && date !== '' && date < today && (
          <Text size="sm" c="dimmed">
            This day is over.
          </Text>
        )}
      </Stack>
      <TextInput
        label="Name"
        placeholder="Christmas"
        maxLength={100}
        readOnly={!mayEdit}
        style={{ flex: '1 1 160px' }}
        value={name ?? ''}
        onChange={({ currentTarget: { value } }) => onChange({ ...exception, name: value === '' ? undefined : value })}
      />
      <Stack gap="xs" style={{ flex: '1 1 280px' }}>
        <Text size="sm" fw={500} component="div">
          That day
        </Text>
        <SegmentedControl
          aria-label="Closed or open"
          disabled={!mayEdit}
          value={open.length === 0 ? 'closed' : 'open'}
          onChange={(to) => onChange({ ...exception, open: to === 'closed' ? [] : [{ from: '09:00', to: '12:00' }] })}
          data={[
            { value: 'closed', label: 'Closed' },
            { value: 'open', label: 'Other hours' },
          ]}
        />
        {open.length > 0 && (
          <SpanFields
            of={name ?? dateInWords(date)}
            spans={open}
            mayEdit={mayEdit}
            onChange={(spans) => onChange({ ...exception, open: [...spans] })}
          />
        )}
        {mayEdit && open.length > 0 && next && (
          <Group>
            <Button
              size="compact-sm"
              variant="subtle"
              leftSection={<IconPlus size={14} />}
              onClick={() => onChange({ ...exception, open: [...open, next] })}
            >
              Add hours
            </Button>
          </Group>
        )}
      </Stack>
      {mayEdit && (
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          aria-label={`Remove ${name ?? dateInWords(date)}`}
          onClick={() => onChange(undefined)}
        >
          <IconTrash size={17} />
        </ActionIcon>
      )}
    </Group>
  );
}
