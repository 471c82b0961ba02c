import { Alert, Anchor, Badge, Button, Code, Drawer, Group, ScrollArea, Stack, Table, Text, Title } from '@mantine/core';
import { dismissDeadLetter, getDeadLetter, listDeadLetters } from '@baton/control-api';
import type { DeadLetter } from '@baton/control-api';
import { IconSend } from '@tabler/icons-react';
import { Link } from 'react-router';
import { useDo, useRead } from '../api/client.js';
import { useWorkspace } from '../app/session.js';
import { Loading } from '../kit/loading.js';
import { Trouble } from '../kit/trouble.js';
import { atSecond } from '../kit/when.js';
import { ReplayFate } from './replay-fate.js';
import { useReplay } from './use-replay.js';
import { reasonWords, serviceWords, sizeWords, STATES, topicWords } from './words.js';

/** One dead letter: what was wrong, where, what it says, and what can be done. */
export function LetterDrawer({
  letterId,
  onClose,
  onOpen,
}: {
  readonly letterId: string | null;
  readonly onClose: () => void;
  readonly onOpen: (letterId: string) => void;
}) {
  return (
    <Drawer.Root opened={letterId !== null} onClose={onClose} position="right" size="lg">
      <Drawer.Overlay />
      <Drawer.Content>
        <Drawer.Header>
          <Drawer.Title fw={650}>Dead letter</Drawer.Title>
          <Drawer.CloseButton aria-label="Close" />
        </Drawer.Header>
        <Drawer.Body>{letterId !== null && <Letter key={letterId} letterId={letterId} onOpen={onOpen} />}</Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
}

function Letter({ letterId, onOpen }: { readonly letterId: string; readonly onOpen: (letterId: string) => void }) {
  const { workspaceId } = useWorkspace();
  const read = useRead(getDeadLetter, { params: { workspaceId, letterId } });
  if (read.error && !read.data) return <Trouble error={read.error} onRetry={() => void read.refetch()} />;
  if (!read.data) return <Loading what="Reading the dead letter" />;
  const letter = read.data;
  const { meaning, todo, title } = reasonWords(letter.reason);
  return (
    <Stack gap="md">
      <div>
        <Group gap="xs">
          <Title order={2} size="h4">
            {title}
          </Title>
          <Badge color={STATES[letter.state].color} variant="light">
            {STATES[letter.state].label}
          </Badge>
        </Group>
        <Text mt={4}>{meaning}</Text>
        <Text c="dimmed">{todo}</Text>
      </div>
      <Deeds letter={letter} onOpen={onOpen} />
      <Facts letter={letter} />
      <Said letter={letter} />
    </Stack>
  );
}

function Deeds({ letter, onOpen }: { readonly letter: DeadLetter; readonly onOpen: (letterId: string) => void }) {
  const { workspaceId, mayEdit } = useWorkspace();
  const replay = useReplay();
  const dismiss = useDo(dismissDeadLetter, { forgets: [listDeadLetters, getDeadLetter] });
  const wasSent = letter.state === 'replayed';
  const back = letter.cameBackAs ?? replay.cameBackAs;
  return (
    <div>
      {replay.fate && <ReplayFate fate={replay.fate} onOpen={back === null ? undefined : () => onOpen(back)} />}
      {!replay.fate && letter.changedAt !== null && (
        <Text size="sm" mb="xs">
          {STATES[letter.state].label} {letter.changedBy === null ? 'on the command line' : `by ${letter.changedBy.name}`},{' '}
          {atSecond(letter.changedAt)}.{' '}
          {back !== null && (
            <Anchor component="button" type="button" inherit onClick={() => onOpen(back)}>
              It came back as a new one
            </Anchor>
          )}
        </Text>
      )}
      {letter.cameBackFrom !== null && (
        <Text size="sm" mb="xs">
          It was replayed and came back.{' '}
          <Anchor component="button" type="button" inherit onClick={() => onOpen(letter.cameBackFrom!)}>
            Open the earlier one
          </Anchor>
        </Text>
      )}
      {letter.isIncomplete && (
        <Alert color="yellow" variant="light" mb="xs">
          It was too large to be kept whole, so it cannot be replayed.
        </Alert>
      )}
      <Group gap="xs">
        <Button
          leftSection={<IconSend size={16} />}
          disabled={!mayEdit || letter.isIncomplete || replay.isFollowing}
          loading={replay.isSending}
          variant={wasSent ? 'default' : 'filled'}
          onClick={() => void replay.send([letter.letterId], wasSent)}
        >
          {wasSent ? 'Replay once more' : 'Replay'}
        </Button>
        <Button
          variant="default"
          disabled={!mayEdit || letter.state !== 'open'}
          loading={dismiss.isPending}
          onClick={() => dismiss.mutate({ request: { params: { workspaceId, letterId: letter.letterId } } })}
        >
          Dismiss
        </Button>
      </Group>
      <Text size="sm" c="dimmed" mt={6}>
        {mayEdit
          ? 'Replay hands the record to the service once more, which decides anew: what is too late by now is not said any more. Dismiss only takes it off the list of open ones.'
          : 'Editors and owners can replay and dismiss.'}
      </Text>
      {dismiss.error && <Trouble error={dismiss.error} />}
    </div>
  );
}

function Facts({ letter }: { readonly letter: DeadLetter }) {
  const { workspaceId } = useWorkspace();
  const facts: [string, React.ReactNode][] = [
    ['What was wrong', letter.error],
    ['When', atSecond(letter.at)],
    ['Service', serviceWords(letter.service)],
    ['Topic', topicWords(letter.topic)],
    ['Kind of event', letter.eventType ?? 'could not be read'],
    [
      'Bot',
      letter.botId === null ? (
        'not known'
      ) : (
        <Anchor component={Link} inherit to={`/${workspaceId}/bots/${letter.botId}`}>
          {letter.botId}
        </Anchor>
      ),
    ],
    [
      'Conversation',
      letter.conversationId === null ? (
        'not known'
      ) : (
        <Anchor component={Link} inherit to={`/${workspaceId}/conversations/${letter.conversationId}`}>
          Show its timeline
        </Anchor>
      ),
    ],
    ...(letter.workspaceId === null
      ? [['Workspace', 'nobody could tell whose it is; only administrators see it'] as [string, string]]
      : []),
    ['In Kafka', `${letter.topicOnTheWire}, partition ${letter.partition}, offset ${letter.offset}; dead letter ${letter.place}`],
  ];
  return (
    <Table layout="fixed" verticalSpacing={6} withRowBorders={false}>
      <Table.Tbody>
        {facts.map(([name, value]) => (
          <Table.Tr key={name}>
            <Table.Th w={130} style={{ verticalAlign: 'top', fontWeight: 600 }}>
              {name}
            </Table.Th>
            <Table.Td style={{ overflowWrap: 'anywhere' }}>{value}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function Said({ letter }: { readonly letter: DeadLetter }) {
  const { content, headers, isShortened, key, size } = letter;
  return (
    <>
      <section aria-label="What it says">
        <Title order={3} size="h5" mb={4}>
          What it says
        </Title>
        <Text size="sm" c="dimmed" mb={6}>
          {sizeWords(size)}
          {content.is === 'bytes' && ', not readable as text: the first bytes'}
          {isShortened && ', shortened'}
        </Text>
        {content.is === 'nothing' ? (
          <Text>Nothing.</Text>
        ) : (
          <ScrollArea.Autosize mah={360} viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': 'The record’s content' }}>
            <Code block style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
              {content.text}
            </Code>
          </ScrollArea.Autosize>
        )}
      </section>
      <section aria-label="Headers">
        <Title order={3} size="h5" mb={4}>
          Key and headers
        </Title>
        <Code block style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
          {[`key: ${key ?? '(none)'}`, ...headers.map(({ name, value }) => `${name}: ${value}`)].join('\n')}
        </Code>
      </section>
    </>
  );
}
