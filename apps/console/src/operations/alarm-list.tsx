import { Accordion, Badge, Button, Group, Menu, Paper, SegmentedControl, Stack, Text, ThemeIcon, Title } from '@mantine/core';
import { acknowledgeAlarm, countAlarms, listAlarms, muteAlarm, unmuteAlarm } from '@baton/control-api';
import type { Alarm } from '@baton/control-api';
import { IconAlertTriangle, IconBellOff, IconCircleCheck, IconUrgent } from '@tabler/icons-react';
import { useSearchParams } from 'react-router';
import { useDo, useRead } from '../api/client.js';
import { useWorkspace } from '../app/session.js';
import { Trouble } from '../kit/trouble.js';
import { ago, lastingWords, atSecond } from '../kit/when.js';

const REFRESH_MS = 15_000;
const MUTES = [
  [60, 'For an hour'],
  [8 * 60, 'For 8 hours'],
  [24 * 60, 'For a day'],
  [7 * 24 * 60, 'For a week'],
] as const;

/** What is wrong, with what to do; or what was. The opened one stands in the address. */
export function AlarmList() {
  const { workspaceId } = useWorkspace();
  const [search, setSearch] = useSearchParams();
  const state = search.get('alarms') === 'closed' ? 'closed' : 'open';
  const read = useRead(
    listAlarms,
    { params: { workspaceId }, query: { state } },
    { refetchInterval: REFRESH_MS, placeholderData: (before) => before },
  );
  const put = (name: string, value: string | null) =>
    setSearch((now) => {
      const next = new URLSearchParams(now);
      if (value === null) next.delete(name);
      else next.set(name, value);
      return next;
    });
  const alarms = read.data?.items.filter((one) => one.state === state);
  return (
    <section aria-labelledby="alarms">
      <Group justify="space-between" mb="sm">
        <Title order={2} size="h4" id="alarms">
          Alarms
        </Title>
        <SegmentedControl
          size="xs"
          aria-label="Which alarms"
          value={state}
          onChange={(to) => put('alarms', to === 'open' ? null : to)}
          data={[
            { value: 'open', label: 'Now' },
            { value: 'closed', label: 'Over' },
          ]}
        />
      </Group>
      {read.error && !read.data && <Trouble error={read.error} onRetry={() => void read.refetch()} />}
      {alarms?.length === 0 && <None state={state} />}
      {alarms && alarms.length > 0 && (
        <Accordion variant="separated" value={search.get('alarm')} onChange={(to) => put('alarm', to)} order={3}>
          {alarms.map((alarm) => (
            <AlarmItem key={alarm.alarmId} alarm={alarm} />
          ))}
        </Accordion>
      )}
    </section>
  );
}

function None({ state }: { readonly state: 'open' | 'closed' }) {
  return (
    <Paper withBorder p="md" radius="md">
      <Group wrap="nowrap">
        <ThemeIcon variant="light" color="teal" size="lg" radius="xl">
          <IconCircleCheck size={20} />
        </ThemeIcon>
        <Text>
          {state === 'open'
            ? 'All is well. When a token, a web hook, a quota or a service is in trouble, it stands here with what to do.'
            : 'Nothing has been wrong in the last 30 days.'}
        </Text>
      </Group>
    </Paper>
  );
}

function AlarmItem({ alarm }: { readonly alarm: Alarm }) {
  const isCritical = alarm.severity === 'critical';
  const isOver = alarm.closedAt !== null;
  const Icon = isOver ? IconCircleCheck : isCritical ? IconUrgent : IconAlertTriangle;
  return (
    <Accordion.Item value={alarm.alarmId}>
      <Accordion.Control
        icon={
          <ThemeIcon variant="light" color={isOver ? 'gray' : isCritical ? 'red' : 'yellow'} size="lg" radius="xl">
            <Icon size={20} />
          </ThemeIcon>
        }
      >
        <Text component="span" fw={600} display="block" style={{ overflowWrap: 'anywhere' }}>
          {alarm.title}
        </Text>
        <Text component="span" size="sm" c="dimmed">
          {isCritical ? 'Critical' : 'Warning'}
          {isOver
            ? `, lasted ${lastingWords(Date.parse(alarm.closedAt!) - Date.parse(alarm.since))}, over ${ago(alarm.closedAt!, Date.now())}`
            : `, since ${lastingWords(Date.now() - Date.parse(alarm.since))}`}
          {alarm.workspaceId === null && ', whole installation'}
          {alarm.mutedUntil !== null && ', muted'}
          {alarm.acknowledgedBy !== null && `, ${alarm.acknowledgedBy.name} looks after it`}
        </Text>
      </Accordion.Control>
      <Accordion.Panel>
        <Stack gap="xs">
          <Text>{alarm.why}</Text>
          <Text>
            <b>What to do:</b> {alarm.todo}
          </Text>
          <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
            Since {atSecond(alarm.since)}. About {alarm.about}. For the platform team: {alarm.runbook}
          </Text>
          {!isOver && <Deeds alarm={alarm} />}
        </Stack>
      </Accordion.Panel>
    </Accordion.Item>
  );
}

function Deeds({ alarm }: { readonly alarm: Alarm }) {
  const { workspaceId, mayEdit } = useWorkspace();
  const forgets = [listAlarms, countAlarms];
  const params = { workspaceId, alarmId: alarm.alarmId };
  const acknowledge = useDo(acknowledgeAlarm, { forgets });
  const mute = useDo(muteAlarm, { forgets });
  const unmute = useDo(unmuteAlarm, { forgets });
  const error = acknowledge.error ?? mute.error ?? unmute.error;
  return (
    <>
      <Group gap="xs">
        <Button
          size="xs"
          variant="default"
          disabled={!mayEdit || alarm.acknowledgedBy !== null}
          loading={acknowledge.isPending}
          onClick={() => acknowledge.mutate({ request: { params } })}
        >
          I look after it
        </Button>
        {alarm.mutedUntil === null ? (
          <Menu withinPortal={false}>
            <Menu.Target>
              <Button size="xs" variant="default" leftSection={<IconBellOff size={14} />} disabled={!mayEdit} loading={mute.isPending}>
                Mute
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {MUTES.map(([minutes, label]) => (
                <Menu.Item key={minutes} onClick={() => mute.mutate({ request: { params, body: { minutes } } })}>
                  {label}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        ) : (
          <Button
            size="xs"
            variant="default"
            disabled={!mayEdit}
            loading={unmute.isPending}
            onClick={() => unmute.mutate({ request: { params } })}
          >
            Unmute
          </Button>
        )}
        {alarm.mutedUntil !== null && <Badge variant="light" color="gray" tt="none">{`Muted until ${atSecond(alarm.mutedUntil)}`}</Badge>}
      </Group>
      {error && <Trouble error={error} />}
    </>
  );
}
