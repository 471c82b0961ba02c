import { setTimeout as sleep } from 'node:timers/promises';
import type { Admin } from 'kafkajs';
import type { KafkaAdmin, KafkaConfig, MessagingLog, PartitionBounds, PartitionOffset, TopicThere, TopicToBe } from './kafka.js';
import { newKafkajs } from './kafkajs-client.js';
import { alterSettings, describeTopics } from './kafkajs-topics.js';

export class KafkajsAdmin implements KafkaAdmin {
  private readonly client: Admin;

  constructor(config: KafkaConfig, log?: MessagingLog) {
    this.client = newKafkajs(config, log).admin({ retry: { retries: 5, initialRetryTime: 100, maxRetryTime: 1_000 } });
  }

  connect(): Promise<void> {
    return this.client.connect();
  }

  async brokers(): Promise<number> {
    return (await this.client.describeCluster()).brokers.length;
  }

  topics(): Promise<string[]> {
    return patiently(async () => {
      try {
        return await this.client.listTopics();
      } catch (error) {
        // When no broker answered, kafkajs goes on with nothing in its hands.
        if (error instanceof TypeError) throw Object.assign(new Error('no broker told its topics', { cause: error }), { retriable: true });
        throw error;
      }
    });
  }

  describe(topics: readonly string[], settings: readonly string[]): Promise<TopicThere[]> {
    return describeTopics(this.client, topics, settings);
  }

  alterSettings(topic: string, settings: Readonly<Record<string, string>>): Promise<void> {
    return alterSettings(this.client, topic, settings);
  }

  async growPartitions(topic: string, partitions: number): Promise<void> {
    await this.client.createPartitions({ topicPartitions: [{ topic, count: partitions }] });
  }

  async createTopics(topics: readonly TopicToBe[]): Promise<void> {
    const there = new Set(await this.topics());
    const missing = topics.filter(({ topic }) => !there.has(topic));
    if (missing.length === 0) return;
    // Existing topics are no error: somebody else may have been faster. The waiting is ours: `waitForLeaders` gives up when
    // the broker that is asked has not heard of a topic yet, and a leader is named a moment before it takes records.
    await this.client.createTopics({
      waitForLeaders: false,
      topics: missing.map(({ topic, partitions, replication, settings }) => ({
        topic,
        numPartitions: partitions,
        replicationFactor: replication,
        configEntries: Object.entries(settings).map(([name, value]) => ({ name, value })),
      })),
    });
    await Promise.all(missing.map(({ topic }) => patiently(() => this.client.fetchTopicOffsets(topic), ATTEMPTS_AFTER_CREATION)));
  }

  async deleteTopics(topics: readonly string[]): Promise<void> {
    await this.client.deleteTopics({ topics: [...topics] });
  }

  async bounds(topic: string): Promise<PartitionBounds[]> {
    const offsets = await patiently(() => this.client.fetchTopicOffsets(topic));
    return offsets.map(({ partition, low, high }) => ({ topic, partition, begin: BigInt(low), end: BigInt(high) }));
  }

  async committed(groupId: string, topic: string): Promise<PartitionOffset[]> {
    return offsetsOf(await this.client.fetchOffsets({ groupId, topics: [topic] }));
  }

  async committedOf(groupId: string): Promise<PartitionOffset[]> {
    return offsetsOf(await this.client.fetchOffsets({ groupId }));
  }

  async groups(): Promise<string[]> {
    const { groups } = await this.client.listGroups();
    return groups.filter(({ protocolType }) => protocolType === 'consumer' || protocolType === '').map(({ groupId }) => groupId);
  }

  async deleteGroup(groupId: string): Promise<void> {
    await this.client.deleteGroups([groupId]);
  }

  disconnect(): Promise<void> {
    return this.client.disconnect();
  }
}

type FetchedOffsets = Awaited<ReturnType<Admin['fetchOffsets']>>;

/** Where a group committed something; -1 says that it did not. */
function offsetsOf(found: FetchedOffsets): PartitionOffset[] {
  return found
    .flatMap(({ topic, partitions }) => partitions.map(({ partition, offset }) => ({ topic, partition, offset: BigInt(offset) })))
    .filter(({ offset }) => offset >= 0n);
}

const ATTEMPTS = 5;
const ATTEMPTS_AFTER_CREATION = 50;
const AGAIN_MS = 200;

/** A topic that was just created has no leader for a moment, which kafkajs' own retries leave out here. */
async function patiently<T>(ask: () => Promise<T>, attempts = ATTEMPTS): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await ask();
    } catch (error) {
      if (attempt === attempts || (error as { retriable?: unknown }).retriable !== true) throw error;
      await sleep(AGAIN_MS);
    }
  }
}
