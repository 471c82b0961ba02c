import { randomUUID } from 'node:crypto';
import { groupOnTheWire } from '@baton/contracts';
import type { Kafka, KafkaRecord, MessagingLog } from './kafka.js';
import { SupervisedConsumer } from './supervised-consumer.js';

export interface FollowOptions {
  readonly kafka: Kafka;
  /** As it is called on the wire. */
  readonly topic: string;
  /** Each record once, in order within its partition. */
  readonly onRecord: (record: KafkaRecord) => void;
  /** Called once, when everything that was there at the start has been handed over. */
  readonly onCaughtUp?: () => void;
  readonly log?: MessagingLog;
}

export interface Following {
  readonly caughtUp: boolean;
  /** How long nothing came, in milliseconds, and what went wrong last. */
  readonly silence: { readonly ms: number; readonly reason: string };
  /** Undefined while all is well, else why the process should be replaced, in words. Kafka away is no such reason. */
  health(): string | undefined;
  stop(): Promise<void>;
}

/** Its group has no other member who waits for it, and it has nothing to commit. */
const STOP_WITHIN_MS = 300;
/** A compacted topic may end in offsets that no longer exist; so many fetches that bring nothing (two seconds) say that it has been read, too. */
const EMPTY_FETCHES = 8;

/**
 * Reads a whole topic from its beginning and goes on with what comes, in a group of its own; commits nothing.
 * @throws when Kafka is away or has no such topic at the start; later troubles are waited out
 */
export async function followTopic(options: FollowOptions): Promise<Following> {
  const { kafka, topic } = options;
  const behind = await endsOf(kafka, topic);
  /** The offset of the next record of each partition: a consumer that was rebuilt reads from the beginning again. */
  const next = new Map<number, bigint>();
  let caughtUp = false;
  let member = false;
  let emptyFetches = 0;

  const look = () => {
    if (caughtUp || behind.size > 0) return;
    caughtUp = true;
    options.onCaughtUp?.();
  };

  const consumer = new SupervisedConsumer(
    kafka,
    {
      groupId: groupOnTheWire(`${kafka.config.clientId}.reader-${randomUUID()}`, kafka.config.topicPrefix),
      topics: [topic],
      stopWithinMs: STOP_WITHIN_MS,
      events: {
        onAssigned: () => {
          member = true;
          look();
        },
        onRevoking: async () => undefined,
        onLost: () => (member = false),
        onFetch: () => {
          if (caughtUp || !member || ++emptyFetches < EMPTY_FETCHES) return;
          behind.clear();
          look();
        },
        onRecords: (records, { partition }) => {
          emptyFetches = 0;
          for (const record of records) {
            if (record.offset < (next.get(partition) ?? 0n)) continue;
            next.set(partition, record.offset + 1n);
            options.onRecord(record);
          }
          const end = behind.get(partition);
          if (end !== undefined && (next.get(partition) ?? 0n) >= end) behind.delete(partition);
          look();
        },
      },
    },
    options.log,
  );
  consumer.start();
  return {
    get caughtUp() {
      return caughtUp;
    },
    get silence() {
      return consumer.silence;
    },
    health: () => consumer.stuck,
    stop: () => consumer.stop(),
  };
}

/** Where the partitions end that hold something. */
async function endsOf(kafka: Kafka, topic: string): Promise<Map<number, bigint>> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    const bounds = await admin.bounds(topic);
    return new Map(bounds.filter(({ begin, end }) => end > begin).map(({ partition, end }) => [partition, end]));
  } finally {
    await admin.disconnect();
  }
}

/**
 * Reads a topic to the end it has at this moment.
 * @throws when Kafka is away or has no such topic
 */
export async function readTopic(kafka: Kafka, topic: string, onRecord: (record: KafkaRecord) => void): Promise<void> {
  let caughtUp = (): void => undefined;
  const end = new Promise<void>((resolve) => (caughtUp = resolve));
  const following = await followTopic({ kafka, topic, onRecord, onCaughtUp: () => caughtUp() });
  try {
    await end;
  } finally {
    await following.stop();
  }
}
