import { Anchor, Badge, Group, Paper, Progress, Stack, Text } from '@mantine/core';
import type { TimelineEntry } from '@baton/control-api';
import { Link } from 'react-router';

type Trace = NonNullable<TimelineEntry['answer']>;

const percent = (share: number): string => `${Math.round(share * 100)} %`;
const BY: Readonly<Record<Trace['by'], string>> = {
  extract: 'word for word from the best passage',
  model: 'written by the model',
  none: 'a fixed line',
};

/** What an answer rests on: the question as it was looked up, the passages with their scores, what was checked. */
export function AnswerTrace({ trace, playground }: { readonly trace: Trace; readonly playground: string }) {
  const { question, support, threshold, by, model, passages, verdicts, milliseconds } = trace;
  return (
    <Stack gap="xs" my="xs">
      {question && (
        <Text size="sm">
          Looked up: <q>{question}</q> ·{' '}
          <Anchor component={Link} to={`${playground}?q=${encodeURIComponent(question)}`} size="sm" underline="always">
            ask it in the playground
          </Anchor>
        </Text>
      )}
      <Text size="sm" c="dimmed">
        {BY[by]}
        {model ? ` ${model}` : ''} · looking up {Math.round(milliseconds.retrieve)} ms · model {Math.round(milliseconds.model)} ms
      </Text>
      {passages.length > 0 && (
        <Text size="sm">
          Support {percent(support)}, needed {percent(threshold)}
        </Text>
      )}
      {passages.map((passage, place) => (
        <Paper key={place} withBorder p="xs" radius="sm">
          <Group justify="space-between" gap="xs" wrap="nowrap" align="flex-start">
            <Text size="sm" fw={600} style={{ overflowWrap: 'anywhere' }}>
              {passage.url ? (
                <Anchor href={passage.url} target="_blank" rel="noreferrer" inherit>
                  {passage.title}
                </Anchor>
              ) : (
                passage.title
              )}
            </Text>
            <Badge variant="light" color={passage.cited ? 'teal' : 'gray'} flex="none" tt="none">
              {passage.cited ? 'used' : 'not used'}
            </Badge>
          </Group>
          <Progress
            value={passage.score * 100}
            size="xs"
            my={4}
            aria-label={`Score ${percent(passage.score)}`}
            color={passage.cited ? 'teal' : 'gray'}
          />
          <Text size="xs" c="dimmed">
            score {percent(passage.score)}
            {passage.lexical !== null && ` · words ${passage.lexical.toFixed(2)}`}
            {passage.dense !== null && ` · meaning ${passage.dense.toFixed(2)}`} · version {passage.sourceVersion}
          </Text>
          <Text size="sm" lineClamp={4} style={{ whiteSpace: 'pre-line' }}>
            {passage.text}
          </Text>
        </Paper>
      ))}
      {verdicts.length > 0 && (
        <Group gap={6}>
          {verdicts.map(({ rule, passed, detail }) => (
            <Badge key={rule} variant="light" color={passed ? 'teal' : 'red'} tt="none" title={detail ?? undefined}>
              {passed ? '✓' : '✗'} {rule.replace(/-/g, ' ')}
            </Badge>
          ))}
        </Group>
      )}
    </Stack>
  );
}
