import { AreaChart } from '@mantine/charts';
import { Group, Paper, SimpleGrid, Table, Text, Title } from '@mantine/core';
import type { Operations } from '@baton/control-api';
import { clockWords, lastingWords } from '../kit/when.js';
import { serviceWords } from './words.js';

type Installation = NonNullable<Operations['installation']>;

/** Lag and outboxes of the whole installation, for administrators. */
export function InstallationPart({ installation }: { readonly installation: Installation }) {
  const { course, lag, outboxes } = installation;
  const total = lag?.filter(({ isOurs }) => isOurs).reduce((sum, one) => sum + one.lag, 0);
  const oldest = Math.max(0, ...outboxes.map(({ ageSeconds }) => ageSeconds));
  const waiting = lag?.filter((one) => one.lag > 0) ?? [];
  return (
    <section aria-labelledby="installation">
      <Title order={2} size="h4" id="installation">
        Whole installation
      </Title>
      <Text size="sm" c="dimmed" mb="sm">
        Only administrators see this.
      </Text>
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        <Course
          title="Records that wait"
          now={total === undefined ? 'not known' : String(total)}
          points={course.flatMap(({ at, lag: value }) => (value === null ? [] : [{ time: Date.parse(at), value }]))}
        />
        <Course
          title="Oldest in an outbox"
          now={lastingWords(oldest * 1_000)}
          unit=" s"
          points={course.flatMap(({ at, outboxAgeSeconds: value }) =>
            value === null ? [] : [{ time: Date.parse(at), value: Math.round(value) }],
          )}
        />
      </SimpleGrid>
      {lag === null && <Text mt="sm">Kafka could not be asked at the last look.</Text>}
      {waiting.length > 0 && (
        <Paper withBorder radius="md" mt="md">
          <Table verticalSpacing="xs" layout="fixed">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Group and topic</Table.Th>
                <Table.Th w={90}>Waits</Table.Th>
                <Table.Th w={100}>Stands still</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {waiting.map((one) => (
                <Table.Tr key={`${one.group} ${one.topic}`}>
                  <Table.Td style={{ overflowWrap: 'anywhere' }}>
                    {one.group}
                    <Text size="sm" c="dimmed">
                      {one.topic}
                    </Text>
                  </Table.Td>
                  <Table.Td>{one.lag}</Table.Td>
                  <Table.Td>{one.stuckSeconds < 15 ? 'no' : lastingWords(one.stuckSeconds * 1_000)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Paper>
      )}
      {outboxes.some(({ waiting: rows }) => rows > 0) && (
        <Text mt="sm" size="sm">
          {outboxes
            .filter(({ waiting: rows }) => rows > 0)
            .map(({ service, waiting: rows }) => `${serviceWords(service).name}: ${rows} in its outbox`)
            .join(', ')}
        </Text>
      )}
    </section>
  );
}

function Course({
  title,
  now,
  unit = '',
  points,
}: {
  readonly title: string;
  readonly now: string;
  readonly unit?: string;
  readonly points: readonly { readonly time: number; readonly value: number }[];
}) {
  return (
    <Paper withBorder p="md" radius="md">
      <Group justify="space-between">
        <Title order={3} size="h5">
          {title}
        </Title>
        <Text fw={600}>{now}</Text>
      </Group>
      <div role="img" aria-label={`${title} in the last hour; now ${now}`}>
        <AreaChart
          h={120}
          mt="xs"
          data={points.map((point) => ({ ...point }))}
          dataKey="time"
          series={[{ name: 'value', color: 'indigo.6' }]}
          withDots={false}
          withTooltip={false}
          curveType="linear"
          unit={unit}
          xAxisProps={{ type: 'number', domain: ['dataMin', 'dataMax'], tickFormatter: (time: number) => clockWords(new Date(time)) }}
          yAxisProps={{ width: 44, allowDecimals: false }}
        />
      </div>
      <Text size="xs" c="dimmed">
        The last hour
      </Text>
    </Paper>
  );
}
