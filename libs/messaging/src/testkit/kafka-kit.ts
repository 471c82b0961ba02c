import { randomBytes } from 'node:crypto';
import { topicOnTheWire } from '@baton/contracts';
import type { TopicName } from '@baton/contracts';
import { eventually } from '@baton/testing';
import { createKafka } from '../kafka/create-kafka.js';
import type { Kafka, KafkaRecord, PartitionBounds, PartitionOffset } from '../kafka/kafka.js';
import { followTopic } from '../kafka/topic-reader.js';

/** A corner of the test Kafka with topics of its own. */
export interface KafkaCorner {
  readonly kafka: Kafka;
  readonly prefix: string;
  /** Everything that lies in a topic at this moment, in order within each partition. */
  read(topic: TopicName): Promise<KafkaRecord[]>;
  committed(groupId: string, topic: TopicName): Promise<PartitionOffset[]>;
  ends(topic: TopicName): Promise<PartitionBounds[]>;
  /** Resolves when a group has committed everything in a topic. */
  doneBy(groupId: string, topic: TopicName): Promise<void>;
  clear(): Promise<void>;
}

export async function kafkaCorner(topics: readonly TopicName[], partitions = 6): Promise<KafkaCorner> {
  const brokers = process.env['KAFKA_BROKERS']?.split(',');
  if (!brokers) throw new Error('KAFKA_BROKERS must name the Kafka to test with');
  const prefix = `messaging-${randomBytes(4).toString('hex')}`;
  const kafka = createKafka({ brokers, clientId: 'messaging-test', topicPrefix: prefix });
  const admin = kafka.admin();
  await admin.connect();
  const names = topics.map((topic) => topicOnTheWire(topic, prefix));
  await admin.createTopics(names.map((topic) => ({ topic, partitions, replication: 1, settings: {} })));

  const committed = (groupId: string, topic: TopicName) => admin.committed(groupId, topicOnTheWire(topic, prefix));
  return {
    kafka,
    prefix,
    committed,
    ends: (topic) => admin.bounds(topicOnTheWire(topic, prefix)),
    read: async (topic) => {
      const records: KafkaRecord[] = [];
      const following = await followTopic({ kafka, topic: topicOnTheWire(topic, prefix), onRecord: (record) => records.push(record) });
      await eventually(() => following.caughtUp, { what: `reading ${topic} to its end` });
      await following.stop();
      return records;
    },
    doneBy: (groupId, topic) =>
      eventually(
        async () => {
          const [offsets, bounds] = await Promise.all([committed(groupId, topic), admin.bounds(topicOnTheWire(topic, prefix))]);
          const missing = bounds.filter(({ partition, end }) => end > (offsets.find((one) => one.partition === partition)?.offset ?? 0n));
          if (missing.length > 0) throw new Error(`not committed to the end in ${missing.length} of ${bounds.length} partitions`);
          return true;
        },
        { within: 60_000, what: `${groupId} having committed all of ${topic}` },
      ).then(() => undefined),
    clear: async () => {
      await admin.deleteTopics(names).catch(() => undefined);
      await admin.disconnect();
    },
  };
}
