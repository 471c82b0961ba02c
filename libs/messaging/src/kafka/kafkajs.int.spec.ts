import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@baton/testing';
import { TOPICS, topicOnTheWire } from '@baton/contracts';
import { GatheringProducer } from '../producing/gathering-producer.js';
import { aDelivery } from '../testkit/a-delivery.js';
import { kafkaCorner } from '../testkit/kafka-kit.js';
import type { KafkaCorner } from '../testkit/kafka-kit.js';
import { createKafka } from './create-kafka.js';
import { ensureTopics } from '../topics/survey.js';
import type { KafkaRecord, Partition } from './kafka.js';

const require = createRequire(import.meta.url);

describe('kafkajs behind the port', () => {
  let corner: KafkaCorner;
  let topic: string;
  let producer: GatheringProducer;
  beforeAll(async () => {
    corner = await kafkaCorner(['deliveries'], 4);
    topic = topicOnTheWire('deliveries', corner.prefix);
    producer = new GatheringProducer(corner.kafka);
  });
  afterAll(async () => {
    await producer.close();
    await corner.clear();
  });

  it('still has inside what is repaired there', () => {
    const queue = require('kafkajs/src/network/requestQueue') as { prototype: Record<string, unknown> };
    const group = require('kafkajs/src/consumer/consumerGroup') as { prototype: Record<string, unknown> };
    expect((require('kafkajs/package.json') as { version: string }).version).toBe('2.2.4');
    expect([
      typeof queue.prototype['scheduleCheckPendingRequests'],
      typeof group.prototype['joinAndSync'],
      typeof group.prototype['fetch'],
    ]).toEqual(['function', 'function', 'function']);
  });

  /** A member of a group that writes down what it is told. */
  function member(groupId: string) {
    const told: string[] = [];
    const records: KafkaRecord[] = [];
    let partitions: readonly Partition[] = [];
    const consumer = createKafka(corner.kafka.config).consumer({
      groupId,
      topics: [topic],
      events: {
        onAssigned: (given) => {
          partitions = given;
          told.push('assigned');
        },
        onRevoking: async () => {
          told.push('revoking');
          await new Promise((resolve) => setTimeout(resolve, 200));
          told.push('ready to go');
        },
        onRecords: (batch) => void records.push(...batch),
        onAlive: () => undefined,
        onCrash: (error) => void told.push(`crash: ${error.message}`),
      },
    });
    return { consumer, told, records, partitions: () => partitions };
  }

  it('waits for a member that is still at work before partitions move, and takes its commit', async () => {
    const group = `${corner.prefix}-wait`;
    await producer.send([aDelivery('a', 1)]);
    const first = member(group);
    await first.consumer.start();
    await eventually(() => first.records.length === 1);
    const { partition, offset } = first.records[0]!;
    await first.consumer.commit([{ topic, partition, offset: offset + 1n }]);
    const second = member(group);
    await second.consumer.start();
    await eventually(() => first.partitions().length + second.partitions().length === 4, { within: 20_000 });
    expect(first.told).toEqual(['assigned', 'revoking', 'ready to go', 'assigned']);
    await first.consumer.stop();
    await eventually(() => second.partitions().length === 4, { within: 20_000 });
    expect(second.records).toEqual([]);
    await second.consumer.stop();
    await expect(second.consumer.commit([{ topic, partition, offset: 0n }])).rejects.toThrow('not a member');
  }, 60_000);

  it('takes only partitions to its workers that brought something', async () => {
    const { prototype } = require('kafkajs/src/consumer/runner') as {
      prototype: { handleBatch(batch: { isEmpty(): boolean }): Promise<void> };
    };
    const handle = prototype.handleBatch;
    const taken: boolean[] = [];
    prototype.handleBatch = function (batch) {
      taken.push(batch.isEmpty());
      return handle.call(this, batch);
    };
    const reader = member(`${corner.prefix}-full`);
    await reader.consumer.start();
    await producer.send([aDelivery('full', 1), aDelivery('full', 2)]);
    await eventually(() => reader.records.length >= 2);
    await reader.consumer.stop();
    prototype.handleBatch = handle;
    expect(new Set(taken)).toEqual(new Set([false]));
  });

  it('asks for the acknowledgement of all in-sync replicas, on the wire', async () => {
    const Encoder = require('kafkajs/src/protocol/encoder') as { prototype: { writeEncoder(one: { buf: Buffer }): unknown } };
    const { writeEncoder } = Encoder.prototype;
    const sent: Buffer[] = [];
    Encoder.prototype.writeEncoder = function (one) {
      sent.push(Buffer.from(one.buf));
      return writeEncoder.call(this, one);
    };
    await producer.send([aDelivery('acks', 1)]).finally(() => (Encoder.prototype.writeEncoder = writeEncoder));
    const produce = sent.find((bytes) => bytes.includes('baton.delivery'))!;
    // No transactional id (-1), then acks: -1 is all.
    expect([produce.readInt16BE(0), produce.readInt16BE(2)]).toEqual([-1, -1]);
  });

  it('creates the topics of Baton once, the settings compacted and in one partition', async () => {
    const config = { ...corner.kafka.config, topicPrefix: `${corner.prefix}-all` };
    await ensureTopics(config, { partitions: 3, replication: 1 });
    await ensureTopics(config, { partitions: 5, replication: 1 });
    const admin = corner.kafka.admin();
    await admin.connect();
    const names = (await admin.topics()).filter((name) => name.startsWith(config.topicPrefix));
    // With the dead letters, which carry no events.
    expect(names).toHaveLength(TOPICS.length + 1);
    expect(await admin.bounds(topicOnTheWire('settings', config.topicPrefix))).toHaveLength(1);
    expect(await admin.bounds(topicOnTheWire('deliveries', config.topicPrefix))).toHaveLength(3);
    await admin.deleteTopics(names);
    await admin.disconnect();
  });
});
