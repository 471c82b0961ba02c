import type { KafkaConfig } from './kafka.js';

export interface TopicShape {
  /** How many partitions a topic with keys gets. Keys move when it grows: choose once. */
  readonly partitions: number;
  readonly replication: number;
  /** How long records are kept, in milliseconds (default 7 days); compacted topics keep the last of each key for ever. */
  readonly retentionMs?: number;
}

/** Creates every topic of Baton that is missing; those that exist are left as they are. */
export function ensureTopics(config: KafkaConfig, shape: TopicShape): Promise<void> {
  throw new Error(`not built yet ${config.clientId} ${shape.partitions}`);
}
