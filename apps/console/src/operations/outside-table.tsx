import { Badge, Paper, Table, Text, Title } from '@mantine/core';
import type { Operations } from '@baton/control-api';
import { lastingWords } from '../kit/when.js';

const KINDS: Readonly<Record<string, string>> = { crisp: 'Crisp', messenger: 'Messenger' };

/** What waits to be done at Crisp and Messenger. */
export function OutsideTable({ outside }: { readonly outside: Operations['outside'] }) {
  const busy = outside.filter(({ open, inDoubt, isSick }) => open > 0 || inDoubt > 0 || isSick);
  return (
    <section aria-labelledby="outside">
      <Title order={2} size="h4" mb="sm" id="outside">
        Work at Crisp and Messenger
      </Title>
      <Paper withBorder radius="md" p={busy.length === 0 ? 'md' : 0}>
        {busy.length === 0 ? (
          <Text>Nothing waits: everything that people said has gone out.</Text>
        ) : (
          <Table verticalSpacing="sm" layout="fixed">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Where</Table.Th>
                <Table.Th w={80}>Waits</Table.Th>
                <Table.Th w={90}>Oldest</Table.Th>
                <Table.Th w={90}>In doubt</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {busy.map((one) => (
                <Table.Tr key={`${one.service} ${one.kind} ${one.id}`}>
                  <Table.Td style={{ overflowWrap: 'anywhere' }}>
                    {KINDS[one.kind] ?? one.kind}{' '}
                    {one.isSick && (
                      <Badge color="red" variant="light">
                        calls fail
                      </Badge>
                    )}
                    <Text size="sm" c="dimmed">
                      {one.id}
                    </Text>
                  </Table.Td>
                  <Table.Td>{one.open}</Table.Td>
                  <Table.Td>{one.open === 0 ? '–' : lastingWords(one.oldestSeconds * 1_000)}</Table.Td>
                  <Table.Td>{one.inDoubt}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        )}
      </Paper>
    </section>
  );
}
