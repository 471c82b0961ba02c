import { Anchor, Badge, Checkbox, Table, Text } from '@mantine/core';
import type { DeadLetterEntry } from '@baton/control-api';
import { ago, atSecond } from '../kit/when.js';
import { reasonWords, serviceWords, STATES, topicWords } from './words.js';

/** The letters, one row each; what does not fit on a phone stands below the first column there. */
export function LettersTable({
  letters,
  chosen,
  onChoose,
  onOpen,
  mayEdit,
}: {
  readonly letters: readonly DeadLetterEntry[];
  readonly chosen: ReadonlySet<string>;
  readonly onChoose: (chosen: ReadonlySet<string>) => void;
  readonly onOpen: (letterId: string) => void;
  readonly mayEdit: boolean;
}) {
  const now = Date.now();
  const all = letters.length > 0 && letters.every(({ letterId }) => chosen.has(letterId));
  const flip = (letterId: string) => {
    const next = new Set(chosen);
    if (!next.delete(letterId)) next.add(letterId);
    onChoose(next);
  };
  return (
    <Table verticalSpacing="sm" highlightOnHover layout="fixed">
      <Table.Thead>
        <Table.Tr>
          {mayEdit && (
            <Table.Th w={44}>
              <Checkbox
                aria-label="Choose all on this page"
                checked={all}
                indeterminate={!all && chosen.size > 0}
                onChange={() => onChoose(all ? new Set() : new Set(letters.map(({ letterId }) => letterId)))}
              />
            </Table.Th>
          )}
          <Table.Th>What was wrong</Table.Th>
          <Table.Th visibleFrom="sm" w="26%">
            Where
          </Table.Th>
          <Table.Th w={96}>When</Table.Th>
          <Table.Th visibleFrom="sm" w={118}>
            State
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {letters.map((letter) => (
          <Table.Tr key={letter.letterId}>
            {mayEdit && (
              <Table.Td>
                <Checkbox
                  aria-label={`Choose: ${reasonWords(letter.reason).title}, ${atSecond(letter.at)}`}
                  checked={chosen.has(letter.letterId)}
                  onChange={() => flip(letter.letterId)}
                />
              </Table.Td>
            )}
            <Table.Td>
              <Anchor component="button" type="button" fw={600} ta="left" onClick={() => onOpen(letter.letterId)}>
                {reasonWords(letter.reason).title}
              </Anchor>
              <Text size="sm" c="dimmed" lineClamp={2} style={{ overflowWrap: 'anywhere' }}>
                {letter.error}
              </Text>
              <Text size="sm" hiddenFrom="sm">
                {serviceWords(letter.service)} · {STATES[letter.state].label}
              </Text>
            </Table.Td>
            <Table.Td visibleFrom="sm">
              {serviceWords(letter.service)}
              <Text size="sm" c="dimmed">
                {topicWords(letter.topic)}
                {letter.botId !== null && ` · ${letter.botId}`}
              </Text>
            </Table.Td>
            <Table.Td title={atSecond(letter.at)}>{ago(letter.at, now)}</Table.Td>
            <Table.Td visibleFrom="sm">
              <Badge color={STATES[letter.state].color} variant="light">
                {STATES[letter.state].label}
              </Badge>
              {letter.cameBackFrom !== null && (
                <Text size="xs" c="dimmed" mt={2}>
                  came back
                </Text>
              )}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
