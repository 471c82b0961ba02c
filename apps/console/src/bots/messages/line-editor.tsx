import { Button, Group, List, Modal, Paper, SegmentedControl, Stack, Text, Textarea } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useId, useRef, useState } from 'react';
import { checkJson } from '../../kit/json-editor/json-problems.js';
import { JsonEditor } from '../../kit/json-editor/json-editor.js';
import { isSame } from '../../kit/use-draft.js';
import { asMessage, jsonOf, plainProblem, withReply } from './draft.js';
import { InsertLink } from './insert-link.js';
import { InsertReply } from './insert-reply.js';
import { saidWhenNobody } from './said.js';
import { lineAt, slotName, withLineAt } from './slots.js';
import type { Line, Slot } from './slots.js';
import { READABLE_PLACEHOLDER } from './readable-placeholder.js';
import { StrictMessageSchema } from './strict-message.js';
import type { WritingPlace } from './writing-place.js';

/** Writes one line: plain, or rich as JSON. Nothing written is a line, too: the next one in the chain is said. */
export function LineEditor({ place, slot }: { readonly place: WritingPlace; readonly slot: Slot }) {
  const { draft, mayWrite, language } = place;
  const name = slotName(slot);
  const line = language.is === 'ours' ? undefined : lineAt(draft.value.settings, slot);
  const broken = language.is === 'ours' ? undefined : draft.value.broken[name];
  const isRich = broken !== undefined || typeof line === 'object';
  const [asking, ask] = useDisclosure();
  const field = useRef<HTMLTextAreaElement>(null);
  const fallback = saidWhenNobody(place.bot, language.tag, slot.reason, Date.now()).line;

  const set = (next: Line | undefined, unfinished?: string) =>
    draft.set(({ settings, broken: { [name]: _, ...others } }) => ({
      settings: withLineAt(settings, slot, next),
      broken: unfinished === undefined ? others : { ...others, [name]: unfinished },
    }));
  const toPlain = () => {
    ask.close();
    set(line === undefined ? undefined : asMessage(line).text);
  };
  const base: Line = line ?? fallback.text;
  const insertText = (words: string) => {
    const { text } = asMessage(line ?? '');
    const at = isRich ? text.length : (field.current?.selectionStart ?? text.length);
    const space = at > 0 && !/\s/.test(text[at - 1] ?? '') ? ' ' : '';
    const next = `${text.slice(0, at)}${space}${words}${text.slice(at)}`;
    set(isRich ? { ...asMessage(line ?? ''), text: next } : next);
  };

  return (
    <Paper withBorder p="md" radius="md">
      <Stack gap="sm">
        <Group justify="space-between" gap="xs">
          <SegmentedControl
            aria-label="How it is written"
            size="xs"
            disabled={!mayWrite}
            value={isRich ? 'rich' : 'plain'}
            onChange={(to) => {
              if (to === 'rich') set(asMessage(base));
              else if (broken !== undefined || (typeof line === 'object' && line.quick_replies && line.quick_replies.length > 0))
                ask.open();
              else toPlain();
            }}
            data={[
              { value: 'plain', label: 'Plain text' },
              { value: 'rich', label: 'Rich (JSON)' },
            ]}
          />
          {mayWrite && (
            <Group gap="xs">
              <InsertReply disabled={broken !== undefined} onInsert={(reply) => set(withReply(base, reply))} />
              <InsertLink disabled={broken !== undefined} onInsert={insertText} />
              {slot.reason === 'closed' && (
                <Button size="xs" variant="default" disabled={broken !== undefined} onClick={() => insertText('{time}')}>
                  Insert {'{time}'}
                </Button>
              )}
            </Group>
          )}
        </Group>
        {isRich ? (
          <RichLine name={name} line={line} broken={broken} readOnly={!mayWrite} onChange={set} />
        ) : (
          <Textarea
            ref={field}
            aria-label="Message"
            description={placeholderHelp(slot)}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            autosize
            minRows={3}
            maxRows={14}
            readOnly={!mayWrite}
            placeholder={fallback.text}
            styles={READABLE_PLACEHOLDER}
            value={typeof line === 'string' ? line : ''}
            error={typeof line === 'string' ? plainProblem(line) : undefined}
            onChange={({ currentTarget: { value } }) => set(value.trim() === '' ? undefined : value)}
          />
        )}
        {mayWrite && line !== undefined && (
          <Group>
            <Button size="compact-sm" variant="subtle" onClick={() => set(undefined)}>
              Clear this line
            </Button>
          </Group>
        )}
        {mayWrite && line === undefined && broken === undefined && (
          <Group>
            <Button size="compact-sm" variant="subtle" onClick={() => set(fallback.message)}>
              Start from what is said now
            </Button>
          </Group>
        )}
      </Stack>
      <Modal opened={asking} onClose={ask.close} title="Make it plain text?" centered>
        <Text size="sm">
          Plain text has no quick replies: they are taken away, and the text stays.
          {broken !== undefined && ' What you wrote last and is no valid JSON yet is taken away, too.'}
        </Text>
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={ask.close}>
            Keep it rich
          </Button>
          <Button onClick={toPlain}>Make it plain</Button>
        </Group>
      </Modal>
    </Paper>
  );
}

function placeholderHelp({ reason }: Slot): string {
  if (reason === 'closed')
    return '{time} becomes when your team is back, such as “tomorrow at 09:00”. Leave it empty to say the next line in the chain.';
  return 'Leave it empty to say the next line in the chain.';
}

const problemsOf = (text: string) => {
  const checked = checkJson(text, StrictMessageSchema);
  return 'problems' in checked ? checked.problems : [];
};

function RichLine({
  name,
  line,
  broken,
  readOnly,
  onChange,
}: {
  readonly name: string;
  readonly line: Line | undefined;
  readonly broken: string | undefined;
  readonly readOnly: boolean;
  readonly onChange: (line: Line | undefined, unfinished?: string) => void;
}) {
  const [typed, setTyped] = useState('');
  const told = useId();
  const checked = checkJson(typed, StrictMessageSchema);
  // What was typed stays as it was typed, as long as it says what is written.
  const text = broken ?? ('value' in checked && isSame(checked.value, line) ? typed : jsonOf(line ?? ''));
  const problems = problemsOf(text);
  return (
    <>
      <JsonEditor
        label="Message as JSON"
        describedBy={told}
        value={text}
        readOnly={readOnly}
        problemsOf={problemsOf}
        onChange={(next) => {
          setTyped(next);
          const read = checkJson(next, StrictMessageSchema);
          if ('value' in read) onChange(read.value);
          else onChange(line, next);
        }}
      />
      <div id={told} role="status" data-slot={name}>
        {problems.length === 0 ? (
          <Text size="sm" c="dimmed">
            A text, and at most 13 quick replies, each with a title and the payload that your bot hears.
          </Text>
        ) : (
          <List size="sm" spacing={2}>
            {problems.map(({ line: at, message, from }) => (
              <List.Item key={`${from} ${message}`}>
                <Text size="sm" c="red" span>
                  <b>Line {at}:</b> {message}
                </Text>
              </List.Item>
            ))}
          </List>
        )}
      </div>
    </>
  );
}
