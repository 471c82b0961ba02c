import { PartitionAssigners } from 'kafkajs';
import type { Consumer, EachBatchPayload, KafkaMessage } from 'kafkajs';
import type { ConsumerOptions, KafkaConfig, KafkaConsumer, KafkaRecord, MessagingLog, Partition, PartitionOffset } from './kafka.js';
import { newKafkajs } from './kafkajs-client.js';
import { withMembership } from './kafkajs-repairs.js';
import type { ConsumerGroup } from './kafkajs-repairs.js';

/** Group member over kafkajs. It hands records over and never waits for them: what was handed over counts as read, not as done. */
export class KafkajsConsumer implements KafkaConsumer {
  private readonly client: Consumer;
  /** The membership of this moment; undefined while partitions are being given anew. */
  private group: ConsumerGroup | undefined;
  private stopping = false;
  member: string | undefined;

  constructor(
    config: KafkaConfig,
    private readonly options: ConsumerOptions,
    log?: MessagingLog,
  ) {
    const sessionTimeout = options.sessionTimeoutMs ?? 6_000;
    this.client = newKafkajs(config, log).consumer({
      groupId: options.groupId,
      sessionTimeout,
      heartbeatInterval: Math.floor(sessionTimeout / 3.5),
      // How long a rebalance waits for the members that are still at work.
      rebalanceTimeout: Math.max(10_000, sessionTimeout),
      maxWaitTimeInMs: options.maxWaitMs ?? 250,
      maxBytesPerPartition: 512 * 1_024,
      maxBytes: 8 * 1_024 * 1_024,
      allowAutoTopicCreation: false,
      partitionAssigners: [
        withMembership(PartitionAssigners.roundRobin, {
          former: options.former,
          leaving: () => this.leaving(),
          joined: (group) => this.joined(group),
        }),
      ],
      // Whoever holds this consumer builds a new one: kafkajs' own restart waits up to 30 s and keeps a client that may be broken.
      retry: { retries: 5, initialRetryTime: 100, maxRetryTime: 500, restartOnFailure: async () => false },
    });
  }

  async start(): Promise<void> {
    const { client, options } = this;
    client.on(client.events.FETCH, () => options.events.onAlive());
    client.on(client.events.CRASH, ({ payload }) => {
      if (!this.stopping) options.events.onCrash(payload.error);
    });
    await client.connect();
    await client.subscribe({ topics: [...options.topics], fromBeginning: true });
    await client.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      // More than a fetch usually brings, so that partitions are handed over together and not one after the other.
      partitionsConsumedConcurrently: 32,
      eachBatch: async (payload) => this.handOver(payload),
    });
  }

  pause(partitions: readonly Partition[]): void {
    if (this.group) this.client.pause(grouped(partitions));
  }

  resume(partitions: readonly Partition[]): void {
    if (this.group) this.client.resume(grouped(partitions));
  }

  async commit(offsets: readonly PartitionOffset[]): Promise<void> {
    if (!this.group) throw new Error('not a member of the group at this moment');
    // Not `client.commitOffsets`: that one repeats a failed commit under a later generation, when the partition may be another member's.
    await this.group.commitOffsets({
      topics: grouped(offsets).map(({ topic, partitions }) => ({
        topic,
        partitions: partitions.map((partition) => ({
          partition,
          offset: offsets.find((one) => one.topic === topic && one.partition === partition)!.offset.toString(),
        })),
      })),
    });
  }

  async stop(): Promise<void> {
    this.stopping = true;
    await this.client.disconnect();
    this.group = undefined;
  }

  private async leaving(): Promise<void> {
    if (this.group) await this.options.events.onRevoking();
    this.group = undefined;
  }

  private joined(group: ConsumerGroup): void {
    this.group = group;
    this.member = group.memberId ?? undefined;
    // kafkajs keeps a partition paused that comes back to it; the new assignment starts afresh.
    this.client.resume(this.client.paused());
    const { events } = this.options;
    events.onAssigned(group.assigned().flatMap(({ topic, partitions }) => partitions.map((partition) => ({ topic, partition }))));
    events.onAlive();
  }

  private handOver({ batch, resolveOffset }: EachBatchPayload): void | Promise<void> {
    const { topic, partition, messages } = batch;
    const { fetchedOffset } = batch as unknown as { fetchedOffset: string };
    // A fetch that was under way while the partitions were given anew brings records from where reading no longer stands.
    const position = this.group?.assigned().some((one) => one.topic === topic && one.partitions.includes(partition))
      ? this.group.offsetManager?.nextOffset(topic, partition).toString()
      : undefined;
    if (this.stopping || position !== fetchedOffset.toString()) return;
    const records = messages.map((message) => recordOf(topic, partition, message));
    resolveOffset(messages.at(-1)!.offset);
    return this.options.events.onRecords(records, { topic, partition });
  }
}

function recordOf(topic: string, partition: number, { offset, timestamp, key, value, headers }: KafkaMessage): KafkaRecord {
  return { topic, partition, offset: BigInt(offset), timestamp: Number(timestamp), key, value, headers: headers ?? {} };
}

function grouped(partitions: readonly Partition[]): { topic: string; partitions: number[] }[] {
  const topics = new Map<string, number[]>();
  for (const { topic, partition } of partitions) {
    const found = topics.get(topic);
    if (found) found.push(partition);
    else topics.set(topic, [partition]);
  }
  return [...topics].map(([topic, numbers]) => ({ topic, partitions: numbers }));
}
