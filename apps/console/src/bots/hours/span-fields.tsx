import { ActionIcon, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import type { OpenSpan } from '@baton/contracts';
import { IconTrash } from '@tabler/icons-react';
import { MIDNIGHT, spanProblem } from './week.js';

const HALF = { flex: '1 1 0', minWidth: 0, maxWidth: 140 };

export interface SpanFieldsProps {
  /** Whose hours they are, as it is spoken: "Monday". */
  readonly of: string;
  readonly spans: readonly OpenSpan[];
  readonly mayEdit: boolean;
  readonly onChange: (spans: readonly OpenSpan[]) => void;
  /** Where there is a next day: makes two spans of one that ends on it. */
  readonly onPastMidnight?: (nth: number) => void;
}

/** The hours of one day, one span after the other; none is closed. */
export function SpanFields({ of, spans, mayEdit, onChange, onPastMidnight }: SpanFieldsProps) {
  const replace = (nth: number, span: OpenSpan | undefined) =>
    onChange(span === undefined ? spans.filter((_, at) => at !== nth) : spans.map((one, at) => (at === nth ? span : one)));
  return (
    <Stack gap="xs">
      {spans.length === 0 && (
        <Text size="sm" c="dimmed" lh="36px">
          Closed
        </Text>
      )}
      {spans.map((span, nth) => {
        const problem = spanProblem(span);
        const count = spans.length > 1 ? `, ${nth + 1}` : '';
        return (
          <div key={nth}>
            <Group gap="xs" wrap="nowrap">
              <TextInput
                type="time"
                style={HALF}
                aria-label={`${of} from${count}`}
                readOnly={!mayEdit}
                value={span.from}
                error={problem !== undefined}
                onChange={(event) => replace(nth, { ...span, from: event.currentTarget.value })}
              />
              <Text size="sm" aria-hidden>
                –
              </Text>
              <TextInput
                type="time"
                style={HALF}
                aria-label={`${of} to${count}`}
                readOnly={!mayEdit}
                value={span.to === MIDNIGHT ? '00:00' : span.to}
                error={problem !== undefined}
                onChange={({ currentTarget: { value } }) => replace(nth, { ...span, to: value === '00:00' ? MIDNIGHT : value })}
              />
              {mayEdit && (
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  size="lg"
                  aria-label={`Remove ${of} ${span.from} to ${span.to}`}
                  onClick={() => replace(nth, undefined)}
                >
                  <IconTrash size={17} />
                </ActionIcon>
              )}
            </Group>
            {problem !== undefined && (
              <Text size="sm" c="red" mt={4} role="alert">
                {problem === 'empty' ? 'A beginning and a later end are needed.' : 'It ends before it begins.'}{' '}
                {problem === 'past-midnight' && onPastMidnight && (
                  <Button size="compact-xs" variant="default" onClick={() => onPastMidnight(nth)}>
                    It ends on the next day
                  </Button>
                )}
              </Text>
            )}
          </div>
        );
      })}
    </Stack>
  );
}
