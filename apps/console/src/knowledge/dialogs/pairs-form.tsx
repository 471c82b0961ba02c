import { ActionIcon, Button, Fieldset, Group, Stack, Text, Textarea, TextInput } from '@mantine/core';
import type { Source } from '@baton/control-api';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { DialogFoot } from './dialog-foot.js';
import { useSubmit } from './use-submit.js';

interface Pair {
  readonly question: string;
  readonly answer: string;
  readonly url?: string | undefined;
  readonly topic?: string | undefined;
}

const EMPTY: Pair = { question: '', answer: '' };
/** Drawn at once; more come when one asks for them. */
const DRAWN = 50;

/** Questions with their answers. */
export function PairsForm({
  source,
  pairs: before,
  question,
  onDone,
}: {
  readonly source?: Source;
  readonly pairs?: readonly {
    readonly question: string;
    readonly answer: string;
    readonly url?: string;
    readonly titlePath?: readonly string[];
  }[];
  /** One to begin with. */
  readonly question?: string | undefined;
  readonly onDone: () => void;
}) {
  const [title, setTitle] = useState(source?.title ?? (question === undefined ? '' : 'Questions of visitors'));
  const [pairs, setPairs] = useState<readonly Pair[]>(
    () => before?.map(({ titlePath, ...pair }) => ({ ...pair, topic: titlePath?.[0] })) ?? [{ ...EMPTY, question: question ?? '' }],
  );
  const [drawn, setDrawn] = useState(DRAWN);
  const { submit, wrong, error, isBusy, does } = useSubmit(source, onDone);
  const given = () =>
    pairs
      .filter(({ question, answer }) => question.trim() !== '' || answer.trim() !== '')
      .map(({ question, answer, url, topic }) => ({
        question,
        answer,
        ...(url !== undefined && { url }),
        ...(topic !== undefined && { topic }),
      }));
  const change = (at: number, patch: Partial<Pair>) => setPairs(pairs.map((pair, index) => (index === at ? { ...pair, ...patch } : pair)));
  return (
    <form
      onSubmit={(event) =>
        submit(event, { add: () => ({ kind: 'pairs', title, pairs: given() }), change: () => ({ title, pairs: given() }) })
      }
    >
      <Stack>
        <TextInput
          label="Title"
          description="Visitors see it as the source of an answer."
          placeholder="Frequent questions"
          required
          data-autofocus
          maxLength={200}
          value={title}
          error={wrong('title')}
          onChange={(event) => setTitle(event.currentTarget.value)}
        />
        {wrong('pairs') !== undefined && (
          <Text size="sm" c="red" role="alert">
            {wrong('pairs')}
          </Text>
        )}
        {pairs.slice(0, drawn).map((pair, at) => (
          <Fieldset key={at} legend={`Question ${at + 1}`} radius="md">
            <Stack gap="xs">
              <TextInput
                label="Question"
                placeholder="When do you open?"
                required={pairs.length === 1}
                value={pair.question}
                error={wrong(`pairs/${at}/question`)}
                onChange={(event) => change(at, { question: event.currentTarget.value })}
              />
              <Textarea
                label="Answer"
                placeholder="We open at nine in the morning, from Monday to Saturday."
                autosize
                minRows={2}
                required={pairs.length === 1}
                value={pair.answer}
                error={wrong(`pairs/${at}/answer`)}
                onChange={(event) => change(at, { answer: event.currentTarget.value })}
              />
              {pairs.length > 1 && (
                <Group justify="flex-end">
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    aria-label={`Take question ${at + 1} away`}
                    onClick={() => setPairs(pairs.filter((_, index) => index !== at))}
                  >
                    <IconTrash size={16} />
                  </ActionIcon>
                </Group>
              )}
            </Stack>
          </Fieldset>
        ))}
        {pairs.length > drawn ? (
          <Button variant="default" onClick={() => setDrawn(drawn + DRAWN)}>
            Show {Math.min(DRAWN, pairs.length - drawn)} more
          </Button>
        ) : (
          <Button
            variant="default"
            leftSection={<IconPlus size={16} />}
            onClick={() => {
              setPairs([...pairs, EMPTY]);
              setDrawn(Math.max(drawn, pairs.length + 1));
            }}
          >
            Another question
          </Button>
        )}
      </Stack>
      <DialogFoot error={error} isBusy={isBusy} does={does} onCancel={onDone} />
    </form>
  );
}
