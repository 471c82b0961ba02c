import { DEAD_LETTERS, TOPICS, topicOnTheWire } from '@baton/contracts';
import { createKafka } from './create-kafka.js';
import type { KafkaConfig, TopicToBe } from './kafka.js';

export interface TopicShape {
  /** How many partitions a topic with keys gets. Keys move when it grows: choose once. */
  readonly partitions: number;
  readonly replication: number;
  /** How long records are kept, in milliseconds (default 7 days); compacted topics keep the last of each key for ever. */
  readonly retentionMs?: number;
}

const WEEK_MS = 7 * 24 * 60 * 60 * 1_000;
/** A dead letter waits for a person; people go on holiday. */
const DEAD_LETTERS_MS = 30 * 24 * 60 * 60 * 1_000;
/** What the producer refuses before Kafka does must fit with room for the batch around it. */
const MAX_MESSAGE_BYTES = 1_048_588;

/** Every topic of Baton as it should be created. */
export function topicsToBe(prefix: string, shape: TopicShape): TopicToBe[] {
  const common = { replication: shape.replication };
  const settings = { 'max.message.bytes': String(MAX_MESSAGE_BYTES) };
  const events = TOPICS.map((topic): TopicToBe =>
    topic.compacted
      ? { ...common, topic: topicOnTheWire(topic.name, prefix), partitions: 1, settings: { ...settings, 'cleanup.policy': 'compact' } }
      : {
          ...common,
          topic: topicOnTheWire(topic.name, prefix),
          partitions: shape.partitions,
          settings: { ...settings, 'retention.ms': String(shape.retentionMs ?? WEEK_MS) },
        },
  );
  const deadLetters = {
    ...common,
    topic: topicOnTheWire(DEAD_LETTERS, prefix),
    partitions: shape.partitions,
    // The original may be as large as a record can be; the headers of the dead letter come on top.
    settings: { 'max.message.bytes': String(MAX_MESSAGE_BYTES + 64 * 1_024), 'retention.ms': String(DEAD_LETTERS_MS) },
  };
  return [...events, deadLetters];
}

/** Creates every topic of Baton that is missing; those that exist are left as they are. */
export async function ensureTopics(config: KafkaConfig, shape: TopicShape): Promise<void> {
  const admin = createKafka(config).admin();
  await admin.connect();
  try {
    await admin.createTopics(topicsToBe(config.topicPrefix, shape));
  } finally {
    await admin.disconnect();
  }
}
