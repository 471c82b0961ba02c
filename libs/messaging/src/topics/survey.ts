import { createKafka } from '../kafka/create-kafka.js';
import type { KafkaAdmin, KafkaConfig, MessagingLog, TopicToBe } from '../kafka/kafka.js';
import { driftOf } from './drift.js';
import type { Finding } from './drift.js';
import { topicsToBe } from './topic-shape.js';
import type { TopicShape } from './topic-shape.js';
import type { TopicRow } from './topic-table.js';

export interface Survey {
  readonly wanted: readonly TopicToBe[];
  readonly findings: readonly Finding[];
  /** Topics that are there and whose settings this user may not see. */
  readonly unseen: readonly string[];
}

/** Holds the topics that are there against those that should be; changes nothing. */
export async function survey(admin: KafkaAdmin, prefix: string, shape: TopicShape, rows?: readonly TopicRow[]): Promise<Survey> {
  const wanted = topicsToBe(prefix, shape, await admin.brokers(), rows);
  const names = wanted.flatMap(({ settings }) => Object.keys(settings));
  const there = await admin.describe(
    wanted.map(({ topic }) => topic),
    [...new Set(names)],
  );
  return {
    wanted,
    findings: driftOf(wanted, there, { saidPartitions: shape.partitions !== undefined, saidMinInSync: shape.minInSync !== undefined }),
    unseen: there.filter(({ settings }) => settings === undefined).map(({ topic }) => topic),
  };
}

/** Does something with a connection of its own, and closes it. */
export async function withAdmin<T>(config: KafkaConfig, work: (admin: KafkaAdmin) => Promise<T>, log?: MessagingLog): Promise<T> {
  const admin = createKafka(config, log).admin();
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.disconnect();
  }
}

/** Creates every topic of Baton that is missing; those that exist are left as they are. */
export async function ensureTopics(config: KafkaConfig, shape: TopicShape): Promise<void> {
  await withAdmin(config, async (admin) => {
    const brokers = shape.replication === undefined ? await admin.brokers() : 1;
    await admin.createTopics(topicsToBe(config.topicPrefix, shape, brokers));
  });
}
