import { Anchor, Badge, Button, Collapse, Group, Paper, SegmentedControl, Skeleton, Stack, Text } from '@mantine/core';
import { getAnswer, listAnswers } from '@baton/control-api';
import type { GivenAnswer } from '@baton/control-api';
import { IconChevronDown, IconMessages } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router';
import { api, keyOf, useRead } from '../api/client.js';
import { useWorkspace } from '../app/session.js';
import { useBot } from '../bots/use-bot.js';
import { Empty } from '../kit/empty.js';
import { Loading } from '../kit/loading.js';
import { Trouble } from '../kit/trouble.js';
import { atTime } from '../kit/when.js';
import { Evidence } from './evidence.js';
import { becameWords } from './became-words.js';
import { outcomeWords } from './verdict-words.js';

const PLACES = { inbox: 'Crisp inbox', webchat: 'Webchat', messenger: 'Messenger' } as const;

/** What the assistant answered lately, and the questions it could not answer. */
export default function AnswersTab() {
  const { mayEdit } = useWorkspace();
  const { workspaceId, botId } = useBot().bot;
  const [query, setQuery] = useSearchParams();
  const questions = query.get('questions') === 'open' ? 'open' : 'all';
  const params = { workspaceId, botId };
  const pages = useInfiniteQuery({
    queryKey: [...keyOf(listAnswers, { params, query: { questions } }), 'pages'],
    queryFn: ({ pageParam, signal }) =>
      api.call(listAnswers, { params, query: { questions, ...(pageParam !== null && { before: pageParam }) } }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  });
  const items = pages.data?.pages.flatMap((page) => page.items) ?? [];
  const set = (name: string, value: string | undefined) =>
    setQuery(
      (before) => {
        const changed = new URLSearchParams(before);
        if (value === undefined) changed.delete(name);
        else changed.set(name, value);
        return changed;
      },
      { replace: true },
    );
  return (
    <Stack gap="md">
      <Group justify="space-between" gap="sm">
        <Text c="dimmed" maw={560}>
          {questions === 'open'
            ? 'Questions that stayed without an answer: what to teach the assistant next.'
            : 'What the assistant answered, newest first. Personal data is left out of the questions.'}
        </Text>
        <SegmentedControl
          size="sm"
          aria-label="Which answers are shown"
          value={questions}
          onChange={(value) => set('questions', value === 'open' ? 'open' : undefined)}
          data={[
            { value: 'all', label: 'All answers' },
            { value: 'open', label: 'Could not answer' },
          ]}
        />
      </Group>
      {pages.isPending && <Loading what="Reading the answers" />}
      {pages.error && items.length === 0 && <Trouble error={pages.error} onRetry={() => void pages.refetch()} />}
      {pages.data && items.length === 0 && (
        <Empty
          Icon={IconMessages}
          title={questions === 'open' ? 'No question stayed without an answer' : 'It has not answered anybody yet'}
          action={
            mayEdit && (
              <Button component={Link} to={`/${workspaceId}/bots/${botId}/playground`} variant="default">
                Ask it something in the playground
              </Button>
            )
          }
        >
          {questions === 'open'
            ? 'Gaps appear here as soon as a visitor asks what the assistant does not know.'
            : 'Answers to visitors appear here, each with the passages it rests on and what every check said.'}
        </Empty>
      )}
      <Stack gap="sm" component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
        {items.map((answer) => (
          <AnswerCard
            key={answer.answerId}
            answer={answer}
            isOpen={query.get('open') === answer.answerId}
            onToggle={() => set('open', query.get('open') === answer.answerId ? undefined : answer.answerId)}
          />
        ))}
      </Stack>
      {pages.hasNextPage && (
        <Button variant="default" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          Show earlier ones
        </Button>
      )}
    </Stack>
  );
}

function AnswerCard({
  answer,
  isOpen,
  onToggle,
}: {
  readonly answer: GivenAnswer;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
}) {
  const { workspaceId, botId } = useBot().bot;
  const { mayEdit } = useWorkspace();
  const { question, text, kind, at, place, conversationId, answerId } = answer;
  const outcome = outcomeWords(kind);
  const details = `answer-${answerId}`;
  const isGap = kind === 'unknown' || (kind === 'human' && question !== null);
  return (
    <Paper component="li" withBorder radius="lg" p="md">
      <Stack gap={6}>
        <Group gap="xs">
          <Badge variant="light" color={outcome.color}>
            {outcome.label}
          </Badge>
          <Text size="sm" c="dimmed">
            {atTime(at)} · {PLACES[place]} · {becameWords(answer)}
          </Text>
        </Group>
        {question !== null && (
          <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
            {question}
          </Text>
        )}
        <Text size="sm" style={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere' }} lineClamp={isOpen ? 0 : 3}>
          {text}
        </Text>
        <Group gap="xs" ml={-8}>
          <Button
            size="compact-sm"
            variant="transparent"
            aria-expanded={isOpen}
            aria-controls={details}
            aria-label={`Why? ${(question ?? text).slice(0, 80)}`}
            rightSection={<IconChevronDown size={14} style={{ transform: isOpen ? 'rotate(180deg)' : undefined }} />}
            onClick={onToggle}
          >
            Why?
          </Button>
          {conversationId !== undefined && (
            <Anchor size="sm" component={Link} to={`/${workspaceId}/conversations/${conversationId}`}>
              Conversation
            </Anchor>
          )}
          {mayEdit && question !== null && (
            <Anchor size="sm" component={Link} to={`/${workspaceId}/bots/${botId}/playground?q=${encodeURIComponent(question)}`}>
              Try it again
            </Anchor>
          )}
          {isGap && (
            <Anchor
              size="sm"
              component={Link}
              to={`/${workspaceId}/bots/${botId}/knowledge?add=pairs&question=${encodeURIComponent(question ?? '')}`}
            >
              Teach it the answer
            </Anchor>
          )}
        </Group>
      </Stack>
      <Collapse expanded={isOpen} id={details}>
        {isOpen && <AnswerDetails answerId={answerId} />}
      </Collapse>
    </Paper>
  );
}

function AnswerDetails({ answerId }: { readonly answerId: string }) {
  const { workspaceId, botId } = useBot().bot;
  const read = useRead(getAnswer, { params: { workspaceId, botId, answerId } }, { staleTime: 60_000 });
  if (read.error) return <Trouble error={read.error} onRetry={() => void read.refetch()} />;
  if (!read.data) return <Skeleton h={160} mt="sm" />;
  const { answer, trace } = read.data;
  if (!trace) return <Text size="sm">Nothing was looked up for it.</Text>;
  return (
    <Stack gap="sm" pt="sm">
      <Evidence trace={trace} text={answer.text} citations={answer.citations} outcome={becameWords(answer)} />
    </Stack>
  );
}
