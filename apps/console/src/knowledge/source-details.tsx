import { Accordion, Anchor, Blockquote, Group, Skeleton, Stack, Table, Text } from '@mantine/core';
import { getSource, listSourcePages, listSourcePassages } from '@baton/control-api';
import type { Source } from '@baton/control-api';
import { IconAlertTriangle, IconCheck, IconClock } from '@tabler/icons-react';
import { useRead } from '../api/client.js';
import { Trouble } from '../kit/trouble.js';
import { atTime } from '../kit/when.js';
import { problemWords } from './problem-words.js';
import { counted, freshnessWords, isInWork } from './source-words.js';
import { useOfBot } from './use-sources.js';

const SHOWN_PASSAGES = 5;
const SHOWN_PAGES = 100;

/** All of a source: what went wrong, its pages, and what was made of it. */
export function SourceDetails({ source }: { readonly source: Source }) {
  const facts: [string, string][] = [
    ['Added', atTime(source.createdAt)],
    ['Last read', source.takenInAt === null ? 'not yet' : atTime(source.takenInAt)],
    ...(source.web ? ([['Visited again', freshnessWords(source.everyHours)]] as [string, string][]) : []),
    ['Version', source.version === 0 ? 'none yet' : String(source.version)],
  ];
  return (
    <Stack gap="md" pt="sm">
      <Group gap="xl" align="flex-start">
        {facts.map(([name, value]) => (
          <div key={name}>
            <Text size="xs" c="dimmed">
              {name}
            </Text>
            <Text size="sm">{value}</Text>
          </div>
        ))}
        {source.url !== null && (
          <div style={{ minWidth: 0 }}>
            <Text size="xs" c="dimmed">
              Address
            </Text>
            <Anchor size="sm" href={source.url} target="_blank" rel="noreferrer" style={{ overflowWrap: 'anywhere' }}>
              {source.url}
            </Anchor>
          </div>
        )}
      </Group>
      {source.problemCount > 0 && <Problems source={source} />}
      <Accordion multiple variant="separated" defaultValue={['passages']}>
        {source.web && (
          <Accordion.Item value="pages">
            <Accordion.Control>Pages</Accordion.Control>
            <Accordion.Panel>
              <Pages source={source} />
            </Accordion.Panel>
          </Accordion.Item>
        )}
        <Accordion.Item value="passages">
          <Accordion.Control>What the assistant read</Accordion.Control>
          <Accordion.Panel>
            <Passages source={source} />
          </Accordion.Panel>
        </Accordion.Item>
      </Accordion>
    </Stack>
  );
}

function Problems({ source }: { readonly source: Source }) {
  const whole = useRead(getSource, { params: { ...useOfBot(), sourceId: source.id } }, { placeholderData: { source } });
  const { problems, problemCount } = whole.data?.source ?? source;
  return (
    <Stack gap="xs" component="section" aria-label="Problems">
      {problems.map(({ where, code }, at) => {
        const { what, next } = problemWords(code);
        return (
          <Group key={`${at} ${where}`} gap="xs" wrap="nowrap" align="flex-start">
            <IconAlertTriangle size={18} color="var(--mantine-color-orange-7)" aria-hidden style={{ flex: 'none', marginTop: 2 }} />
            <div style={{ minWidth: 0 }}>
              <Text size="sm" fw={500} style={{ overflowWrap: 'anywhere' }}>
                {where}
              </Text>
              <Text size="sm">
                {what} {next}
              </Text>
            </div>
          </Group>
        );
      })}
      {problemCount > problems.length && (
        <Text size="sm" c="dimmed">
          and {counted(problemCount - problems.length, 'more problem')}
        </Text>
      )}
    </Stack>
  );
}

function Pages({ source }: { readonly source: Source }) {
  const pages = useRead(
    listSourcePages,
    { params: { ...useOfBot(), sourceId: source.id }, query: { limit: SHOWN_PAGES } },
    { refetchInterval: isInWork(source) ? 2_000 : false },
  );
  if (pages.error) return <Trouble error={pages.error} onRetry={() => void pages.refetch()} />;
  if (!pages.data) return <Skeleton h={80} />;
  if (pages.data.items.length === 0) return <Text size="sm">No page is known yet.</Text>;
  return (
    <Table.ScrollContainer minWidth={0} type="native">
      <Table verticalSpacing={6} layout="fixed">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Page</Table.Th>
            <Table.Th w={150}>State</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {pages.data.items.map(({ url, done, chunks, problems: [problem] }) => (
            <Table.Tr key={url}>
              <Table.Td style={{ overflowWrap: 'anywhere' }}>
                <Anchor size="sm" href={url} target="_blank" rel="noreferrer">
                  {url}
                </Anchor>
                {problem && <Text size="xs">{problemWords(problem.code).what}</Text>}
              </Table.Td>
              <Table.Td>
                <Group gap={6} wrap="nowrap">
                  {!done ? (
                    <IconClock size={16} aria-hidden />
                  ) : problem ? (
                    <IconAlertTriangle size={16} color="var(--mantine-color-orange-7)" aria-hidden />
                  ) : (
                    <IconCheck size={16} color="var(--mantine-color-teal-7)" aria-hidden />
                  )}
                  <Text size="sm">{!done ? 'waits' : problem && chunks === 0 ? 'not read' : counted(chunks, 'passage')}</Text>
                </Group>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {pages.data.next !== null && (
        <Text size="sm" c="dimmed" mt="xs">
          The first {SHOWN_PAGES} pages are shown.
        </Text>
      )}
    </Table.ScrollContainer>
  );
}

function Passages({ source }: { readonly source: Source }) {
  const passages = useRead(listSourcePassages, { params: { ...useOfBot(), sourceId: source.id }, query: { limit: SHOWN_PASSAGES } });
  if (passages.error) return <Trouble error={passages.error} onRetry={() => void passages.refetch()} />;
  if (!passages.data) return <Skeleton h={80} />;
  if (passages.data.items.length === 0)
    return <Text size="sm">{isInWork(source) ? 'It is still being read.' : 'Nothing could be read from it.'}</Text>;
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">
        The assistant looks for passages, not for whole documents. These are the first ones; if they read well to you, they read well to it.
      </Text>
      {passages.data.items.map(({ chunkId, titlePath, question, text }) => (
        <Blockquote key={chunkId} p="sm" m={0} radius="md">
          {titlePath.length > 0 && (
            <Text size="xs" c="dimmed">
              {titlePath.join(' › ')}
            </Text>
          )}
          {question !== undefined && <Text fw={500}>{question}</Text>}
          <Text size="sm" style={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere' }} lineClamp={8}>
            {text}
          </Text>
        </Blockquote>
      ))}
      {passages.data.next !== null && (
        <Text size="sm" c="dimmed">
          and {counted(source.progress.chunks - passages.data.items.length, 'more passage')}
        </Text>
      )}
    </Stack>
  );
}
