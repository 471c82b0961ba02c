import { topicOnTheWire } from '@baton/contracts';
import type { TopicToBe } from '../kafka/kafka.js';
import { TOPIC_TABLE } from './topic-table.js';
import type { TopicRow } from './topic-table.js';

/** What an installation chooses for its topics; what it leaves out follows from the number of its brokers and the defaults. */
export interface TopicShape {
  /** How many partitions a topic with keys gets (default 24). Keys move when it grows: choose once. */
  readonly partitions?: number | undefined;
  /** How many brokers keep each record; default 3, or as many as there are. */
  readonly replication?: number | undefined;
  /** How many of them must have a record before it counts as taken; by default what `minInSyncOf` says. */
  readonly minInSync?: number | undefined;
  /** How long people's words are kept, in milliseconds (default 7 days): also the time after which erased words are gone from Kafka. */
  readonly retentionMs?: number | undefined;
}

/** The variables of the topics as `topicVariables` of `@baton/telemetry` reads them. */
export interface TopicVariables {
  readonly TOPIC_PARTITIONS?: number | undefined;
  readonly TOPIC_REPLICATION?: number | undefined;
  readonly TOPIC_MIN_INSYNC?: number | undefined;
  readonly TOPIC_RETENTION_DAYS?: number | undefined;
}

export const DEFAULT_PARTITIONS = 24;
export const DEFAULT_RETENTION_DAYS = 7;
const MOST_REPLICAS = 3;
/** How many replicas must have a record before it counts as taken. */
export const MIN_IN_SYNC = 'min.insync.replicas';
const DAY_MS = 24 * 60 * 60 * 1_000;

export function topicShapeFrom(variables: TopicVariables): TopicShape {
  const days = variables.TOPIC_RETENTION_DAYS;
  return {
    partitions: variables.TOPIC_PARTITIONS,
    replication: variables.TOPIC_REPLICATION,
    minInSync: variables.TOPIC_MIN_INSYNC,
    retentionMs: days === undefined ? undefined : days * DAY_MS,
  };
}

/** How many replicas of a topic must have a record where nobody said a number: with one down it still takes records. */
export function minInSyncOf(replication: number): number {
  return replication >= MOST_REPLICAS ? 2 : 1;
}

/** Every topic of Baton (or those given) as it would be made on a Kafka of so many brokers. */
export function topicsToBe(prefix: string, shape: TopicShape, brokers = 1, rows: readonly TopicRow[] = TOPIC_TABLE): TopicToBe[] {
  const replication = shape.replication ?? Math.max(1, Math.min(MOST_REPLICAS, brokers));
  const minInSync = shape.minInSync ?? minInSyncOf(replication);
  return rows.map((row) => ({
    topic: topicOnTheWire(row.name, prefix),
    partitions: row.partitions === 'many' ? (shape.partitions ?? DEFAULT_PARTITIONS) : row.partitions,
    replication,
    settings: {
      'max.message.bytes': String(row.maxMessageBytes),
      [MIN_IN_SYNC]: String(minInSync),
      ...keeping(row, shape),
    },
  }));
}

function keeping({ kept }: TopicRow, shape: TopicShape): Record<string, string> {
  if (kept === 'compacted') return { 'cleanup.policy': 'compact' };
  const ms = kept === 'words' ? (shape.retentionMs ?? DEFAULT_RETENTION_DAYS * DAY_MS) : kept * DAY_MS;
  // Kafka deletes whole segments: by its own default of seven days a quiet topic would keep each record for twice its time.
  return { 'cleanup.policy': 'delete', 'retention.ms': String(ms), 'segment.ms': String(Math.min(ms, DAY_MS)) };
}
