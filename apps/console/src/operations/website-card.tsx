import { LineChart } from '@mantine/charts';
import { Anchor, Badge, Group, Paper, Progress, Stack, Text, Title } from '@mantine/core';
import type { Operations } from '@baton/control-api';
import { Link } from 'react-router';
import { useWorkspace } from '../app/session.js';
import { ago, clockWords } from '../kit/when.js';
import { leftOutWords, quotaColor, quotaPoints, tokenWords } from './words.js';

type Website = Operations['websites'][number];

/** One website of Crisp: its token, its web hooks, its calls of today. */
export function WebsiteCard({ website }: { readonly website: Website }) {
  const { workspaceId } = useWorkspace();
  const token = tokenWords(website.token);
  const now = Date.now();
  return (
    <Paper withBorder p="md" radius="md">
      <Group justify="space-between" align="flex-start" gap="xs">
        <div style={{ minWidth: 0 }}>
          <Title order={3} size="h5">
            {website.bots.map(({ botId, name }, n) => (
              <span key={botId}>
                {n > 0 && ', '}
                <Anchor component={Link} to={`/${workspaceId}/bots/${botId}`} inherit>
                  {name}
                </Anchor>
              </span>
            ))}
          </Title>
          <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
            Website {website.websiteId}
          </Text>
        </div>
        <Badge variant="light" color={token.color}>
          {token.label}
        </Badge>
      </Group>
      <Stack gap={4} mt="sm">
        <Text size="sm">
          {website.lastHookAt === null ? 'No web hook has come yet' : `Last web hook: ${ago(website.lastHookAt, now)}`}
          {website.lastMissedAt !== null && `. A message that no web hook told was found ${ago(website.lastMissedAt, now)}`}.
        </Text>
        {website.tokenTriedAt !== null && <Text size="sm">Token tried {ago(website.tokenTriedAt, now)}.</Text>}
      </Stack>
      {website.quota ? (
        <Quota quota={website.quota} now={now} />
      ) : (
        <Text size="sm" c="dimmed" mt="sm">
          Its calls of today are not known at this moment.
        </Text>
      )}
    </Paper>
  );
}

function Quota({ quota, now }: { readonly quota: NonNullable<Website['quota']>; readonly now: number }) {
  const { used, limit, endsAt, lanes, quietUntil } = quota;
  const points = quotaPoints(quota, now);
  const part = limit === null ? undefined : Math.round((used / limit) * 100);
  const summary =
    limit === null
      ? `${used} calls today, no limit is known`
      : `${used} of ${limit} calls today (${part}%), ${Math.max(0, limit - used)} left`;
  return (
    <Stack gap={6} mt="sm">
      <Text size="sm" fw={600}>
        {summary}
      </Text>
      {limit !== null && (
        <Progress value={Math.min(100, (used / limit) * 100)} color={quotaColor(used, limit)} aria-label="Calls used today" />
      )}
      <Text size="sm">
        {limit !== null &&
          (endsAt === null ? 'At this pace they last until midnight UTC. ' : `At this pace they end at ${clockWords(endsAt)}. `)}
        {leftOutWords(lanes)}
        {quietUntil !== null && ` Crisp asked for a pause until ${clockWords(quietUntil)}: only what people say goes on.`}
      </Text>
      <div role="img" aria-label={`Calls of today and how they go on: ${summary}`}>
        <LineChart
          h={130}
          data={points.map((point) => ({ ...point }))}
          dataKey="time"
          series={[
            { name: 'used', label: 'Used', color: 'indigo.6' },
            { name: 'forecast', label: 'At this pace', color: 'gray.6', strokeDasharray: '4 4' },
          ]}
          withDots={false}
          curveType="linear"
          xAxisProps={{ type: 'number', domain: ['dataMin', 'dataMax'], tickFormatter: (time: number) => clockWords(new Date(time)) }}
          yAxisProps={{ width: 44 }}
          withTooltip={false}
          {...(limit !== null && { referenceLines: [{ y: limit, label: 'Limit', color: 'red.7', ifOverflow: 'extendDomain' }] })}
        />
      </div>
    </Stack>
  );
}
