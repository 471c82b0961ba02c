import { DEAD_LETTERS, TOPICS } from '@baton/contracts';
import type { TopicName } from '@baton/contracts';

/** The parts of Baton that have a user of their own at Kafka. */
export type KafkaUser =
  | 'webhook-ingress'
  | 'escalation-orchestrator'
  | 'channel-dispatcher'
  | 'ai-auto-reply'
  | 'control-plane'
  /** A bot of yours; it writes and reads what is public. */
  | 'bot';

/** Who reads a topic as a consumer group, `group` being its name after the prefix. */
export interface TopicReader {
  readonly user: KafkaUser;
  readonly group: string;
}

/** A topic as Baton needs it: what makes it, what may be in it, who writes and who reads. */
export interface TopicRow {
  readonly name: TopicName;
  readonly says: string;
  /** What the records of one partition key have in common; they keep their order. */
  readonly key: string;
  /** `many`: as many as the installation chose; else exactly so many. */
  readonly partitions: 'many' | 1;
  /** `words`: people's words, kept for the installation's days; a number: so many days; `compacted`: the last of each key for ever. */
  readonly kept: 'words' | 'compacted' | number;
  /** The largest batch of records in bytes (`max.message.bytes`). */
  readonly maxMessageBytes: number;
  readonly writers: readonly KafkaUser[];
  readonly readers: readonly TopicReader[];
  /** Who reads it wholly at each start, in a group of its own that commits nothing. */
  readonly followers: readonly KafkaUser[];
}

/** What the producer refuses before Kafka does must fit with room for the batch around it. */
const MAX_MESSAGE_BYTES = 1_048_588;
/** A dead letter carries the original, as large as a record can be, and its own headers on top. */
const MAX_DEAD_LETTER_BYTES = MAX_MESSAGE_BYTES + 64 * 1_024;
/** A dead letter waits for a person; people go on holiday. */
const DEAD_LETTER_DAYS = 30;

/** A service reads in one group, which is called like it. */
const by = (...users: KafkaUser[]): TopicReader[] => users.map((user) => ({ user, group: user }));

/** What is public is for bots, too. */
const BOTS: readonly TopicReader[] = [{ user: 'bot', group: 'bot.<botId>' }];

const CONVERSATION = 'conversation';

type Facts = Omit<TopicRow, 'name' | 'says' | 'partitions' | 'kept' | 'maxMessageBytes' | 'followers'> & Partial<TopicRow>;

const FACTS: Readonly<Record<TopicName, Facts>> = {
  'crisp-webhooks': {
    key: 'Crisp session, or the website where there is none',
    writers: ['webhook-ingress'],
    readers: by('escalation-orchestrator', 'ai-auto-reply'),
  },
  'messenger-webhooks': { key: 'page and person', writers: ['webhook-ingress'], readers: by('channel-dispatcher') },
  'visitor-messages': { key: CONVERSATION, writers: ['channel-dispatcher'], readers: by('escalation-orchestrator') },
  'bot-turns': {
    key: CONVERSATION,
    writers: ['escalation-orchestrator'],
    readers: [...by('ai-auto-reply'), ...BOTS],
  },
  'bot-events': { key: CONVERSATION, writers: ['ai-auto-reply', 'bot'], readers: by('escalation-orchestrator') },
  deliveries: { key: CONVERSATION, writers: ['escalation-orchestrator'], readers: by('channel-dispatcher') },
  'delivery-receipts': { key: CONVERSATION, writers: ['channel-dispatcher'], readers: by('escalation-orchestrator') },
  handovers: {
    key: CONVERSATION,
    writers: ['escalation-orchestrator'],
    readers: [...by('ai-auto-reply'), ...BOTS],
  },
  settings: {
    key: 'setting',
    partitions: 1,
    kept: 'compacted',
    writers: ['control-plane'],
    readers: [],
    followers: ['webhook-ingress', 'escalation-orchestrator', 'channel-dispatcher', 'ai-auto-reply', 'control-plane'],
  },
  usage: { key: 'workspace', writers: ['ai-auto-reply'], readers: [] },
  'dead-letters': {
    says: 'What could not be handled, with the reason.',
    key: 'that of the original',
    kept: DEAD_LETTER_DAYS,
    maxMessageBytes: MAX_DEAD_LETTER_BYTES,
    writers: ['escalation-orchestrator', 'channel-dispatcher', 'ai-auto-reply', 'control-plane'],
    readers: [{ user: 'control-plane', group: 'control-plane.dead-letters' }],
  },
};

/** Every topic of Baton, in the order of the contract. */
export const TOPIC_TABLE: readonly TopicRow[] = [...TOPICS.map(({ name, summary }) => row(name, summary)), row(DEAD_LETTERS, '')];

function row(name: TopicName, says: string): TopicRow {
  return { name, says, partitions: 'many', kept: 'words', maxMessageBytes: MAX_MESSAGE_BYTES, followers: [], ...FACTS[name] };
}

/** The topics that a part of Baton cannot do without: those that it reads, follows or writes. */
export function topicsOf(user: KafkaUser): readonly TopicRow[] {
  return TOPIC_TABLE.filter(
    ({ writers, readers, followers }) =>
      writers.includes(user) || followers.includes(user) || readers.some((reader) => reader.user === user),
  );
}
