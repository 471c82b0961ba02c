import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { freePort } from '@baton/testing';
import { createKafka } from '../kafka/create-kafka.js';
import type { Kafka, KafkaProducer, WireRecord } from '../kafka/kafka.js';
import { KafkaRefusal } from '../kafka/kafka.js';
import { aDelivery } from '../testkit/a-delivery.js';
import { kafkaCorner } from '../testkit/kafka-kit.js';
import type { KafkaCorner } from '../testkit/kafka-kit.js';
import { GatheringProducer } from './gathering-producer.js';
import { ProduceError } from './produce-error.js';

/** The real Kafka, with a look at what is asked of it. */
function watched(kafka: Kafka, before: (records: readonly WireRecord[]) => Promise<void> = async () => undefined) {
  const requests: number[] = [];
  const producer = (): KafkaProducer => {
    const real = kafka.producer();
    return {
      connect: () => real.connect(),
      disconnect: () => real.disconnect(),
      send: async (records) => {
        requests.push(records.length);
        await before(records);
        await real.send(records);
      },
    };
  };
  return { kafka: { ...kafka, producer } satisfies Kafka, requests };
}

const codeOf = (call: Promise<void>) =>
  call.then(
    () => 'acknowledged',
    (error: unknown) => (error instanceof ProduceError ? error.code : String(error)),
  );

describe('the gathering producer', () => {
  let corner: KafkaCorner;
  const producers: GatheringProducer[] = [];
  const open = (kafka: Kafka, options?: ConstructorParameters<typeof GatheringProducer>[1]) => {
    const producer = new GatheringProducer(kafka, options);
    producers.push(producer);
    return producer;
  };
  beforeEach(async () => {
    corner = await kafkaCorner(['deliveries', 'bot-turns']);
  });
  afterEach(async () => {
    await Promise.all(producers.splice(0).map((producer) => producer.close()));
    await corner.clear();
  });

  it('sends what is asked for while a request is under way in one request, and keeps the order of a key', async () => {
    const { kafka, requests } = watched(corner.kafka);
    const producer = open(kafka);
    await producer.send([aDelivery('a', 1)]);
    const calls = Array.from({ length: 200 }, (_, n) =>
      new Promise((resolve) => setTimeout(resolve, n / 20)).then(() => producer.send([aDelivery('a', n + 2)])),
    );
    await Promise.all(calls);
    expect(requests.reduce((sum, n) => sum + n, 0)).toBe(201);
    expect(requests.length).toBeLessThan(50);
    const numbers = (await corner.read('deliveries')).map(
      ({ value }) => (JSON.parse(value!.toString()) as { deliverySequence: number }).deliverySequence,
    );
    expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
    expect(numbers).toHaveLength(201);
  });

  it('carries bytes, absent keys and values, and several values of a header as they are', async () => {
    const odd = {
      topic: 'deliveries',
      key: Buffer.from([0xff, 0]),
      value: null,
      headers: { one: Buffer.from([0xfe]), two: ['a', 'b'], none: undefined },
    } as const;
    await open(corner.kafka).send([odd, { ...odd, key: null, value: '' }]);
    // A record may come twice where a busy broker answered late.
    const records = await corner.read('deliveries');
    const first = records.find(({ key }) => key?.length);
    const second = records.find(({ key }) => !key?.length);
    expect(first).toMatchObject({ key: odd.key, value: null, headers: { one: odd.headers.one } });
    expect(first!.headers['two']?.toString()).toBe('a,b');
    expect(second).toMatchObject({ key: null, value: Buffer.alloc(0) });
  });

  it('refuses only the call that Kafka will not take, and the others of its batch arrive', async () => {
    const { kafka } = watched(corner.kafka);
    const producer = open(kafka);
    await producer.send([aDelivery('warm', 1)]);
    const calls = [1, 2, 3, 4, 5].map((n) =>
      codeOf(producer.send([n === 3 ? { ...aDelivery('a', n), topic: 'handovers' } : aDelivery('a', n)])),
    );
    expect(await Promise.all(calls)).toEqual(['acknowledged', 'acknowledged', 'kafka.record-refused', 'acknowledged', 'acknowledged']);
    const values = new Set((await corner.read('deliveries')).map(({ value }) => value!.toString()));
    expect(values.size).toBe(5);
    expect(producer.healthy).toBe(true);
  });

  it('refuses a record that is too large at once, and takes one that is just small enough', async () => {
    const producer = open(corner.kafka);
    const sized = (bytes: number) => ({ ...aDelivery('a', 1), value: Buffer.alloc(bytes, 'x') });
    expect(await codeOf(producer.send([sized(1_000_000)]))).toBe('kafka.record-refused');
    expect(await codeOf(producer.send([sized(999_000)]))).toBe('acknowledged');
    expect(await codeOf(producer.send(Array.from({ length: 5 }, () => sized(600_000))))).toBe('acknowledged');
  });

  it('splits a batch by halves until the guilty call stands alone, whatever the reason', async () => {
    const { kafka, requests } = watched(corner.kafka, async (records) => {
      if (records.some(({ key }) => key === aDelivery('bad', 1).key)) throw new KafkaRefusal('INVALID_RECORD');
    });
    const producer = open(kafka);
    const first = producer.send([aDelivery('warm', 1)]);
    const calls = Array.from({ length: 32 }, (_, n) => codeOf(producer.send([aDelivery(n === 20 ? 'bad' : `k${n}`, 1)])));
    await first;
    const outcomes = await Promise.all(calls);
    expect(outcomes.filter((outcome) => outcome !== 'acknowledged')).toEqual(['kafka.record-refused']);
    expect(outcomes[20]).toBe('kafka.record-refused');
    expect(requests.length).toBeLessThan(14);
  });

  it('says that Kafka is away at the deadline, and is healthy again when it answers', async () => {
    let away = true;
    const { kafka } = watched(corner.kafka, async () => {
      if (away) throw new Error('connection closed');
    });
    const producer = open(kafka);
    const before = performance.now();
    expect(await codeOf(producer.send([aDelivery('a', 1)], { deadlineMs: 300 }))).toBe('kafka.unavailable');
    expect(performance.now() - before).toBeLessThan(700);
    expect(producer.healthy).toBe(false);
    const waiting = codeOf(producer.send([aDelivery('a', 2)], { deadlineMs: 5_000 }));
    away = false;
    expect(await waiting).toBe('acknowledged');
    expect(producer.healthy).toBe(true);
  });

  it('never hangs when there is no Kafka at all', async () => {
    const nowhere = createKafka({ brokers: [`127.0.0.1:${await freePort()}`], clientId: 'nowhere', topicPrefix: 'none' });
    const producer = open(nowhere);
    const calls = Array.from({ length: 50 }, () => codeOf(producer.send([aDelivery('a', 1)], { deadlineMs: 1_000 })));
    const before = performance.now();
    expect(new Set(await Promise.all(calls))).toEqual(new Set(['kafka.unavailable']));
    expect(performance.now() - before).toBeLessThan(2_000);
  });

  it('refuses what is over its bound instead of growing', async () => {
    const { kafka } = watched(corner.kafka, () => new Promise((resolve) => setTimeout(resolve, 200)));
    const producer = open(kafka, { maxQueuedRecords: 10 });
    const calls = Array.from({ length: 15 }, () => codeOf(producer.send([aDelivery('a', 1)])));
    const outcomes = await Promise.all(calls);
    expect(outcomes.filter((outcome) => outcome === 'kafka.queue-full')).toHaveLength(5);
    expect(outcomes.filter((outcome) => outcome === 'acknowledged')).toHaveLength(10);
  });

  it('sends what waits before it closes, and takes nothing afterwards', async () => {
    const producer = open(corner.kafka);
    const calls = [1, 2, 3].map((n) => codeOf(producer.send([aDelivery('a', n)])));
    await producer.close();
    expect(await Promise.all(calls)).toEqual(['acknowledged', 'acknowledged', 'acknowledged']);
    expect(await codeOf(producer.send([aDelivery('a', 4)]))).toBe('kafka.unavailable');
  });
});
