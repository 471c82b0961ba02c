import { randomUUID } from 'node:crypto';
import type { Consumer, EachBatchPayload } from 'kafkajs';
import { groupOnTheWire } from '@baton/contracts';
import type { KafkaConfig, KafkaRecord, MessagingLog, PartitionOffset } from './kafka.js';
import { KafkajsAdmin } from './kafkajs-admin.js';
import { newKafkajs } from './kafkajs-client.js';

export interface ReadPlacesOptions {
  readonly config: KafkaConfig;
  readonly places: readonly PartitionOffset[];
  /** Each record once; in order within its partition. */
  readonly onRecord: (record: KafkaRecord) => void;
  readonly log?: MessagingLog;
}

/** So many records in between are cheaper read than leapt over. */
const LEAP = 500n;
/** Nothing came for so long (ms): Kafka is away. */
const SILENCE = 30_000;

/**
 * Reads the records at these places, leaping over what lies between them, in a group of its own that commits nothing.
 * @returns the places whose records are gone
 * @throws when Kafka is away, has no such topic, or brings nothing for half a minute
 */
export async function readPlaces({ config, places, onRecord, log }: ReadPlacesOptions): Promise<readonly PartitionOffset[]> {
  const { wanted, gone } = await withinBounds(config, places, log);
  if (wanted.size === 0) return gone;
  const consumer = newKafkajs(config, log).consumer({
    groupId: groupOnTheWire(`${config.clientId}.reader-${randomUUID()}`, config.topicPrefix),
    maxWaitTimeInMs: 100,
    maxBytesPerPartition: 1_024 * 1_024,
    allowAutoTopicCreation: false,
    retry: { retries: 5, initialRetryTime: 100, maxRetryTime: 500, restartOnFailure: async () => false },
  });
  try {
    gone.push(...(await readAll(consumer, wanted, onRecord)));
  } finally {
    await consumer.disconnect();
  }
  return gone;
}

interface Wanted {
  readonly topic: string;
  readonly partition: number;
  /** Ascending. */
  readonly offsets: bigint[];
}

async function withinBounds(config: KafkaConfig, places: readonly PartitionOffset[], log: MessagingLog | undefined) {
  const wanted = new Map<string, Wanted>();
  const gone: PartitionOffset[] = [];
  const admin = new KafkajsAdmin(config, log);
  await admin.connect();
  try {
    for (const topic of new Set(places.map((place) => place.topic))) {
      const bounds = new Map((await admin.bounds(topic)).map((one) => [one.partition, one]));
      for (const place of places) {
        if (place.topic !== topic) continue;
        const there = bounds.get(place.partition);
        if (!there || place.offset < there.begin || place.offset >= there.end) {
          gone.push(place);
          continue;
        }
        const name = nameOf(topic, place.partition);
        const one = wanted.get(name) ?? { topic, partition: place.partition, offsets: [] };
        one.offsets.push(place.offset);
        wanted.set(name, one);
      }
    }
  } finally {
    await admin.disconnect();
  }
  for (const [name, one] of wanted) {
    const offsets = [...new Set(one.offsets)].sort((a, b) => (a < b ? -1 : 1));
    wanted.set(name, { ...one, offsets });
  }
  return { wanted, gone };
}

async function readAll(
  consumer: Consumer,
  wanted: Map<string, Wanted>,
  onRecord: (record: KafkaRecord) => void,
): Promise<PartitionOffset[]> {
  const gone: PartitionOffset[] = [];
  let end: () => void = () => undefined;
  let fail: (error: Error) => void = () => undefined;
  const ended = new Promise<void>((resolve, reject) => {
    end = resolve;
    fail = reject;
  });
  // It may fail before anybody waits for it: then the consumer does not run, which is told.
  ended.catch(() => undefined);
  let silence: NodeJS.Timeout | undefined;
  const alive = () => {
    clearTimeout(silence);
    silence = setTimeout(() => fail(new Error(`Kafka brought nothing for ${SILENCE / 1_000} s`)), SILENCE);
  };
  consumer.on(consumer.events.CRASH, ({ payload }) => fail(payload.error));
  const seek = ({ topic, partition, offsets }: Wanted) => consumer.seek({ topic, partition, offset: offsets[0]!.toString() });

  const take = ({ batch, resolveOffset }: EachBatchPayload): void => {
    alive();
    const { topic, partition, messages } = batch;
    const name = nameOf(topic, partition);
    const one = wanted.get(name);
    if (!one) return consumer.pause([{ topic, partitions: [partition] }]);
    const from = BigInt((batch as unknown as { fetchedOffset: string | number }).fetchedOffset);
    for (const message of messages) {
      const offset = BigInt(message.offset);
      // What was asked for and is not there was deleted.
      while (one.offsets.length > 0 && one.offsets[0]! < offset && from <= one.offsets[0]!)
        gone.push({ topic, partition, offset: one.offsets.shift()! });
      if (one.offsets[0] !== offset) continue;
      one.offsets.shift();
      const { key, value, headers = {}, timestamp } = message;
      onRecord({ topic, partition, offset, timestamp: Number(timestamp), key, value, headers });
    }
    const last = BigInt(batch.lastOffset());
    if (one.offsets.length === 0) {
      wanted.delete(name);
      consumer.pause([{ topic, partitions: [partition] }]);
      if (wanted.size === 0) end();
    } else if (one.offsets[0]! <= last || one.offsets[0]! - last > LEAP) seek(one);
    else resolveOffset(last.toString());
  };

  try {
    await consumer.connect();
    await consumer.subscribe({ topics: [...new Set([...wanted.values()].map(({ topic }) => topic))], fromBeginning: true });
    alive();
    await consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: 8,
      eachBatch: async (payload) => take(payload),
    });
    for (const one of wanted.values()) seek(one);
    await ended;
    return gone;
  } finally {
    clearTimeout(silence);
  }
}

function nameOf(topic: string, partition: number): string {
  return `${topic}/${partition}`;
}
