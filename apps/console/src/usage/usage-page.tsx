import { Alert, Anchor, Box, Button, Grid, Group, Progress, Select, SimpleGrid, Skeleton, Stack, Table, Text } from '@mantine/core';
import { getUsage, listBots } from '@baton/control-api';
import type { Usage } from '@baton/control-api';
import { IconAlertTriangle, IconChartBar } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import { Link, useSearchParams } from 'react-router';
import { useRead } from '../api/client.js';
import { useWorkspace } from '../app/session.js';
import { Section } from '../kit/section.js';
import { Empty } from '../kit/empty.js';
import { Loading } from '../kit/loading.js';
import { PageHead } from '../kit/page-head.js';
import { Trouble } from '../kit/trouble.js';
import { PlanForm } from './plan-form.js';
import { dayWords, daysOfMonth, monthWords, shares, standWords } from './series.js';

const DailyAnswers = lazy(() => import('./usage-charts.js'));
/** The ledger keeps more than a year, and older months as sums. */
const MONTHS = 13;
const COLORS = { unlimited: 'indigo', fine: 'teal', near: 'yellow', ended: 'red' } as const;

/** What the assistants used of the plan: this month, day by day, by bot; and where it leads. */
export default function UsagePage() {
  const { workspaceId } = useWorkspace();
  const usage = useRead(getUsage, { params: { workspaceId }, query: { months: MONTHS } }, { refetchInterval: 60_000 });
  const bots = useRead(listBots, { params: { workspaceId } });
  const [query, setQuery] = useSearchParams();
  if (usage.error && !usage.data) return <Trouble error={usage.error} onRetry={() => void usage.refetch()} />;
  if (!usage.data) return <Loading what="Reading what was used" />;
  const { months } = usage.data;
  const month = months.find(({ period }) => period === query.get('month')) ?? months[0]!;
  const nameOf = (botId: string) => bots.data?.items.find((bot) => bot.botId === botId)?.name ?? botId;
  const { points, botIds } = daysOfMonth(usage.data.days, month.period, new Date().toISOString().slice(0, 10));
  const hasAny = months.some(({ used, turnedAway }) => used + turnedAway > 0);
  return (
    <>
      <PageHead
        title="Usage"
        about="What your assistants answered, and what is left of the plan. An answer counts when it was said to a visitor."
      />
      <Stack gap="lg">
        <ThisMonth usage={usage.data} />
        {hasAny ? (
          <Section
            title="Answers by day"
            aside={
              <Select
                size="xs"
                w={170}
                aria-label="Month"
                allowDeselect={false}
                data={months
                  .filter(({ used }, at) => at === 0 || used > 0)
                  .map(({ period }) => ({ value: period, label: monthWords(period) }))}
                value={month.period}
                onChange={(value) => setQuery(value === null || value === months[0]!.period ? {} : { month: value }, { replace: true })}
              />
            }
          >
            {botIds.length === 0 ? (
              <Text c="dimmed" size="sm">
                {month.used === 0 ? 'Nothing was answered in this month yet.' : 'So long ago the single days are not kept any more.'}
              </Text>
            ) : (
              <>
                <Suspense fallback={<Skeleton h={260} />}>
                  <DailyAnswers points={points} bots={botIds.map((botId) => ({ botId, name: nameOf(botId) }))} />
                </Suspense>
                <details>
                  <summary>As a table</summary>
                  <Table.ScrollContainer minWidth={0} type="native">
                    <Table mt="sm" captionSide="top">
                      <Table.Caption>Answers in {monthWords(month.period)}, by day</Table.Caption>
                      <Table.Thead>
                        <Table.Tr>
                          <Table.Th>Day</Table.Th>
                          {botIds.map((botId) => (
                            <Table.Th key={botId} ta="right">
                              {nameOf(botId)}
                            </Table.Th>
                          ))}
                        </Table.Tr>
                      </Table.Thead>
                      <Table.Tbody>
                        {points.map(({ day, ...answers }) => (
                          <Table.Tr key={day}>
                            <Table.Th scope="row" fw={400}>
                              {dayWords(day)}
                            </Table.Th>
                            {botIds.map((botId) => (
                              <Table.Td key={botId} ta="right">
                                {answers[botId]}
                              </Table.Td>
                            ))}
                          </Table.Tr>
                        ))}
                      </Table.Tbody>
                    </Table>
                  </Table.ScrollContainer>
                </details>
                <ByBot month={month} nameOf={nameOf} workspaceId={workspaceId} />
              </>
            )}
          </Section>
        ) : (
          <Empty
            Icon={IconChartBar}
            title="Nothing was answered yet"
            action={
              <Button component={Link} to={`/${workspaceId}/bots`} variant="default">
                To your bots
              </Button>
            }
          >
            As soon as an assistant answers visitors, you see here how much, by which bot and where. Trying it out in the playground never
            counts.
          </Empty>
        )}
        <Section title="Plan" about="Holds for all bots of this workspace together, by calendar month (UTC).">
          <PlanForm />
        </Section>
      </Stack>
    </>
  );
}

function ThisMonth({ usage }: { readonly usage: Usage }) {
  const { limit, state, forecast, warnAt, months } = usage;
  const { used, reserved, turnedAway, period } = months[0]!;
  const facts: [string, string][] = [
    ['Answered', used.toLocaleString('en')],
    ['Left', limit === null ? 'no limit' : Math.max(0, limit - used).toLocaleString('en')],
    ['Expected by the month’s end', forecast === null ? 'too early to say' : forecast.atMonthsEnd.toLocaleString('en')],
    ['Turned away', turnedAway.toLocaleString('en')],
  ];
  return (
    <Section title={monthWords(period)}>
      {(state === 'near' || state === 'ended') && (
        <Alert
          color={COLORS[state]}
          variant="light"
          icon={<IconAlertTriangle />}
          title={state === 'ended' ? 'The plan is used up' : 'The plan comes to its end'}
        >
          {standWords(usage)}
        </Alert>
      )}
      <SimpleGrid cols={{ base: 2, md: 4 }}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <Text size="sm" c="dimmed">
              {name}
            </Text>
            <Text fz="xl" fw={650}>
              {value}
            </Text>
          </div>
        ))}
      </SimpleGrid>
      {limit !== null && limit > 0 && (
        <div>
          <Box pos="relative" py={4}>
            <Progress.Root size="xl">
              <Progress.Section
                value={Math.min(100, (used / limit) * 100)}
                color={COLORS[state]}
                aria-label={`${used} of ${limit} answers used`}
              />
              {forecast && forecast.atMonthsEnd > used && (
                <Progress.Section
                  value={Math.min(100 - Math.min(100, (used / limit) * 100), ((forecast.atMonthsEnd - used) / limit) * 100)}
                  color="gray.5"
                  striped
                  aria-label={`${forecast.atMonthsEnd} expected by the month’s end`}
                />
              )}
            </Progress.Root>
            <Box
              pos="absolute"
              top={0}
              bottom={0}
              left={`${warnAt}%`}
              w={2}
              bg="var(--mantine-color-text)"
              title={`Warned at ${warnAt} %`}
            />
          </Box>
          <Group justify="space-between" gap="xs">
            <Text size="xs" c="dimmed">
              {used > 0 && used * 100 < limit ? 'less than 1' : Math.floor((used / limit) * 100)} % used
              {reserved > 0 && `, ${reserved} being answered`}; the line is where it warns ({warnAt} %)
            </Text>
            <Text size="xs" c="dimmed">
              {limit.toLocaleString('en')} a month
            </Text>
          </Group>
        </div>
      )}
      {state !== 'near' && state !== 'ended' && <Text size="sm">{standWords(usage)}</Text>}
    </Section>
  );
}

function ByBot({
  month,
  nameOf,
  workspaceId,
}: {
  readonly month: Usage['months'][number];
  readonly nameOf: (botId: string) => string;
  readonly workspaceId: string;
}) {
  const most = Math.max(1, ...shares(month).map(({ all }) => all));
  return (
    <Stack gap="sm" component="section" aria-label="By bot">
      {shares(month).map(({ botId, inbox, webchat, messenger, all }) => (
        <Grid key={botId} gap="xs" align="center">
          <Grid.Col span={{ base: 12, sm: 3 }}>
            <Anchor size="sm" fw={500} component={Link} to={`/${workspaceId}/bots/${botId}/answers`} style={{ overflowWrap: 'anywhere' }}>
              {nameOf(botId)}
            </Anchor>
          </Grid.Col>
          <Grid.Col span={{ base: 12, sm: 5 }}>
            <Progress value={(all / most) * 100} aria-label={`Answers of ${nameOf(botId)}`} />
          </Grid.Col>
          <Grid.Col span={{ base: 12, sm: 4 }}>
            <Text size="sm" c="dimmed">
              {all.toLocaleString('en')}: inbox {inbox}, webchat {webchat}, Messenger {messenger}
            </Text>
          </Grid.Col>
        </Grid>
      ))}
    </Stack>
  );
}
