import { Anchor, Group, Mark, Paper, Stack, Text, Title } from '@mantine/core';
import type { Citation, FoundPassage, Trace } from '@baton/control-api';
import { IconCircleCheck, IconCircleX } from '@tabler/icons-react';
import { useState } from 'react';
import { Button } from '@mantine/core';
import { citedStretches } from './cited.js';
import { ScoreBar, SupportMeter } from './score-bar.js';
import { TimingBar } from './timing-bar.js';
import { verdictWords } from './verdict-words.js';

const SHOWN_AT_FIRST = 4;

/** Everything an answer rests on: how well it is supported, what the guards said, what was found, how long it took. */
export function Evidence({
  trace,
  text,
  citations,
  outcome,
}: {
  readonly trace: Trace;
  readonly text: string;
  readonly citations: readonly Citation[];
  /** What became of it, in a sentence. */
  readonly outcome: string;
}) {
  const [all, setAll] = useState(false);
  const cited = new Set(citations.map(({ chunkId }) => chunkId));
  const { passages, verdicts } = trace;
  const strongest = Math.max(0, ...passages.map(({ scores }) => scores.lexical ?? 0));
  const shown = all ? passages : passages.slice(0, SHOWN_AT_FIRST);
  const hasLookedUp = passages.length > 0 || verdicts.length > 0;
  return (
    <>
      <Paper withBorder p="md" radius="lg">
        <Stack gap="sm">
          <Text size="sm">{outcome}</Text>
          {hasLookedUp && (
            <>
              <SupportMeter support={trace.support} threshold={trace.threshold} />
              <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
                Looked up as “{trace.question}” ·{' '}
                {trace.by === 'model'
                  ? `written by ${trace.model ?? 'the model'}`
                  : trace.by === 'extract'
                    ? 'word for word from the source'
                    : 'nothing was written'}
                {trace.tokens &&
                  ` · ${trace.tokens.read.toLocaleString('en')} tokens read, ${trace.tokens.written.toLocaleString('en')} written`}
              </Text>
            </>
          )}
          <TimingBar ms={trace.ms} />
        </Stack>
      </Paper>
      {verdicts.length > 0 && (
        <Paper withBorder p="md" radius="lg" component="section" aria-label="Checks">
          <Title order={2} size="h5" mb="sm">
            Checks
          </Title>
          <Stack gap={8} component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
            {verdicts.map((verdict, at) => {
              const { title, reason } = verdictWords(verdict);
              return (
                <Group key={at} component="li" gap="xs" wrap="nowrap" align="flex-start">
                  {verdict.passed ? (
                    <IconCircleCheck
                      size={20}
                      color="var(--mantine-color-teal-7)"
                      role="img"
                      aria-label="passed"
                      style={{ flex: 'none' }}
                    />
                  ) : (
                    <IconCircleX size={20} color="var(--mantine-color-red-7)" role="img" aria-label="not passed" style={{ flex: 'none' }} />
                  )}
                  <Text size="sm">
                    <b>{title}.</b> {reason}
                  </Text>
                </Group>
              );
            })}
          </Stack>
        </Paper>
      )}
      {passages.length > 0 && (
        <Stack gap="sm" component="section" aria-label="Passages that were found">
          <Title order={2} size="h5">
            Passages that were found
          </Title>
          {shown.map((passage) => (
            <PassageCard
              key={passage.chunkId}
              passage={passage}
              isCited={cited.has(passage.chunkId)}
              text={text}
              by={trace.by}
              strongest={strongest}
            />
          ))}
          {passages.length > SHOWN_AT_FIRST && (
            <Button variant="default" onClick={() => setAll(!all)}>
              {all ? 'Show the best ones only' : `Show all ${passages.length}`}
            </Button>
          )}
        </Stack>
      )}
    </>
  );
}

function PassageCard({
  passage,
  isCited,
  text,
  by,
  strongest,
}: {
  readonly passage: FoundPassage;
  readonly isCited: boolean;
  readonly text: string;
  readonly by: Trace['by'];
  /** BM25 of the best passage by words: bars are drawn against it. */
  readonly strongest: number;
}) {
  const { sourceTitle, titlePath, url, question, scores } = passage;
  const place = [sourceTitle, ...titlePath.filter((heading) => heading !== sourceTitle)].join(' › ');
  return (
    <Paper withBorder p="md" radius="lg" style={{ borderColor: isCited ? 'var(--mantine-color-teal-6)' : undefined }}>
      <Stack gap="xs">
        <Group justify="space-between" gap="xs" wrap="nowrap" align="flex-start">
          {url === undefined ? (
            <Text size="sm" fw={600} style={{ overflowWrap: 'anywhere' }}>
              {place}
            </Text>
          ) : (
            <Anchor size="sm" fw={600} href={url} target="_blank" rel="noreferrer" style={{ overflowWrap: 'anywhere' }}>
              {place}
            </Anchor>
          )}
          <Text size="xs" c="dimmed" style={{ flex: 'none' }}>
            {isCited ? 'cited' : 'not used'}
          </Text>
        </Group>
        <Group gap="md" grow preventGrowOverflow={false}>
          <ScoreBar label="Words (BM25)" value={scores.lexical} share={strongest > 0 ? (scores.lexical ?? 0) / strongest : 0} />
          <ScoreBar label="Meaning (vectors)" value={scores.dense} share={Math.max(0, scores.dense ?? 0)} />
          <ScoreBar label="Both together" value={scores.fused} share={scores.fused} color="indigo" />
        </Group>
        {question !== undefined && (
          <Text size="sm" fw={500}>
            {question}
          </Text>
        )}
        <Text size="sm" style={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere' }}>
          {isCited
            ? citedStretches(passage.text, text, by).map((part, at) => (part.isCited ? <Mark key={at}>{part.text}</Mark> : part.text))
            : passage.text}
        </Text>
      </Stack>
    </Paper>
  );
}
