import { ActionIcon, Alert, Badge, Box, Button, Grid, Group, Loader, Paper, Select, Stack, Text, Textarea, Tooltip } from '@mantine/core';
import { tryOutBot } from '@baton/control-api';
import { IconEraser, IconMessageCircleSearch, IconSend } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { Link, useSearchParams } from 'react-router';
import { api } from '../api/client.js';
import { wordsOf } from '../api/problems.js';
import { useWorkspace } from '../app/session.js';
import { useBot } from '../bots/use-bot.js';
import { Empty } from '../kit/empty.js';
import { Evidence } from './evidence.js';
import { begin, end, forget, useKeptQuestions } from './kept-questions.js';
import type { KeptQuestion } from './kept-questions.js';
import { talkOf } from './talk-of.js';
import { liveWords, outcomeWords } from './verdict-words.js';

const LANGUAGES = [
  ['', 'As it is written'],
  ['en', 'English'],
  ['de', 'German'],
  ['fr', 'French'],
  ['es', 'Spanish'],
  ['it', 'Italian'],
  ['nl', 'Dutch'],
  ['pt', 'Portuguese'],
  ['pl', 'Polish'],
  ['sv', 'Swedish'],
  ['tr', 'Turkish'],
].map(([value, label]) => ({ value: value!, label: label! }));

/** Asks the assistant as a visitor would, and shows why it answers as it does. */
export default function PlaygroundTab() {
  return useWorkspace().mayEdit ? <Asking /> : <OnlyEditorsAsk />;
}

function OnlyEditorsAsk() {
  const { workspaceId, botId } = useBot().bot;
  return (
    <Empty
      Icon={IconMessageCircleSearch}
      title="Editors and owners can try the assistant out"
      action={
        <Button component={Link} to={`/${workspaceId}/bots/${botId}/answers`} variant="default">
          See what it answered visitors
        </Button>
      }
    >
      Each question may cost tokens of the model, and you are a viewer in this workspace. Ask one of its owners if you should be able to.
    </Empty>
  );
}

function Asking() {
  const { bot } = useBot();
  const questions = useKeptQuestions(bot.botId);
  const [query, setQuery] = useSearchParams();
  const linked = query.get('q') ?? '';
  const [text, setText] = useState(questions.length === 0 ? linked : '');
  const [language, setLanguage] = useState('');
  const [chosen, setChosen] = useState<number>();
  const box = useRef<HTMLTextAreaElement>(null);
  const isThinking = questions.some(({ answer, error }) => !answer && !error);
  const open = questions.find(({ id }) => id === chosen) ?? questions.at(-1);

  const ask = async (question: string) => {
    const id = begin(bot.botId, question);
    setChosen(undefined);
    setText('');
    setQuery((before) => new URLSearchParams([...[...before].filter(([name]) => name !== 'q'), ['q', question]]), { replace: true });
    const body = { question, ...talkOf(questions), ...(language !== '' && { language }) };
    try {
      const { answer } = await api.call(tryOutBot, { params: { workspaceId: bot.workspaceId, botId: bot.botId }, body });
      end(bot.botId, id, { answer });
    } catch (error) {
      end(bot.botId, id, { error: error instanceof Error ? error : new Error(String(error)) });
    }
  };
  const send = () => {
    const question = text.trim();
    if (question !== '' && !isThinking) void ask(question);
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  };
  // A link to a question asks it, once.
  const askedLink = useRef(false);
  useEffect(() => {
    if (askedLink.current || linked === '' || questions.length > 0) return;
    askedLink.current = true;
    void ask(linked);
  });

  return (
    <Grid gap="lg">
      <Grid.Col span={{ base: 12, lg: 5 }}>
        <Stack gap="md">
          {questions.length === 0 ? (
            <Empty Icon={IconMessageCircleSearch} title="Ask what a visitor would ask">
              You see the answer, the passages it rests on and what every check said. It is the same way that visitors are answered. Nothing
              is sent, kept or counted against your plan.
            </Empty>
          ) : (
            <Stack gap="md" role="log" aria-label="Conversation">
              {questions.map((one) => (
                <Turn key={one.id} turn={one} isOpen={one.id === open?.id} onOpen={() => setChosen(one.id)} />
              ))}
            </Stack>
          )}
          <Paper
            component="form"
            withBorder
            p="sm"
            radius="lg"
            pos="sticky"
            bottom={8}
            onSubmit={(event) => {
              event.preventDefault();
              send();
            }}
          >
            <Textarea
              ref={box}
              aria-label="Question"
              placeholder="How long does shipping take?"
              autosize
              minRows={2}
              maxRows={6}
              maxLength={4_000}
              variant="unstyled"
              value={text}
              onChange={(event) => setText(event.currentTarget.value)}
              onKeyDown={onKey}
            />
            <Group justify="space-between" gap="xs" wrap="nowrap">
              <Select
                size="xs"
                w={150}
                aria-label="Language of the visitor’s browser"
                allowDeselect={false}
                data={LANGUAGES}
                value={language}
                onChange={(value) => setLanguage(value ?? '')}
              />
              <Group gap="xs" wrap="nowrap">
                {questions.length > 0 && (
                  <Tooltip label="Begin a new conversation" withArrow>
                    <ActionIcon
                      variant="default"
                      size="lg"
                      aria-label="Begin a new conversation"
                      onClick={() => {
                        forget(bot.botId);
                        setQuery(new URLSearchParams(), { replace: true });
                        box.current?.focus();
                      }}
                    >
                      <IconEraser size={18} />
                    </ActionIcon>
                  </Tooltip>
                )}
                <Button type="submit" loading={isThinking} disabled={text.trim() === ''} leftSection={<IconSend size={16} />}>
                  Ask
                </Button>
              </Group>
            </Group>
          </Paper>
        </Stack>
      </Grid.Col>
      <Grid.Col span={{ base: 12, lg: 7 }}>
        {open?.answer && (
          <Stack gap="md" component="section" aria-label="Why it answers so">
            <Evidence
              trace={open.answer.trace}
              text={open.answer.text}
              citations={open.answer.citations}
              outcome={liveWords(open.answer, bot.assistant)}
            />
            {open.answer.kind === 'unknown' && (
              <Alert variant="light" title="A gap in its knowledge">
                Should it know this?{' '}
                <Link
                  to={`/${bot.workspaceId}/bots/${bot.botId}/knowledge?add=pairs&question=${encodeURIComponent(open.answer.trace.question)}`}
                >
                  Add the question with its answer
                </Link>
                .
              </Alert>
            )}
            {open.answer.note !== undefined && (
              <Paper withBorder p="md" radius="lg">
                <Text fw={600} size="sm" mb={4}>
                  What the agent reads
                </Text>
                <Text size="sm" style={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere' }}>
                  {open.answer.note}
                </Text>
              </Paper>
            )}
          </Stack>
        )}
      </Grid.Col>
    </Grid>
  );
}

function Turn({ turn, isOpen, onOpen }: { readonly turn: KeptQuestion; readonly isOpen: boolean; readonly onOpen: () => void }) {
  const { question, answer, error } = turn;
  return (
    <Stack gap="xs">
      <Paper p="sm" radius="lg" maw="85%" style={{ alignSelf: 'flex-end' }} bg="var(--mantine-primary-color-light)">
        <Text size="sm" style={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere' }}>
          {question}
        </Text>
      </Paper>
      {!answer && !error && (
        <Group gap="xs" role="status">
          <Loader size="sm" type="dots" />
          <Text size="sm" c="dimmed">
            Looking it up …
          </Text>
        </Group>
      )}
      {error && (
        <Alert color="red" variant="light" role="alert" title={wordsOf(error).title}>
          {wordsOf(error).detail}
        </Alert>
      )}
      {answer && (
        <Paper withBorder p="sm" radius="lg" maw="92%" style={{ borderColor: isOpen ? 'var(--mantine-primary-color-filled)' : undefined }}>
          <Badge variant="light" color={outcomeWords(answer.kind).color} mb={6}>
            {outcomeWords(answer.kind).label}
          </Badge>
          <Text size="sm" style={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere' }}>
            {answer.text}
          </Text>
          <Box mt={6}>
            <Button
              size="compact-xs"
              variant="transparent"
              ml={-6}
              aria-pressed={isOpen}
              aria-label={`${isOpen ? 'Shown' : 'Why?'} ${question.slice(0, 80)}`}
              onClick={onOpen}
            >
              {isOpen ? 'Shown' : 'Why?'}
            </Button>
          </Box>
        </Paper>
      )}
    </Stack>
  );
}
