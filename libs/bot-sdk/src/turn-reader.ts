import type { Consumer, EachBatchPayload, Kafka, KafkaMessage } from 'kafkajs';
import type { ConversationLanes } from './conversation-lanes.js';
import { Unfinished } from './unfinished.js';

const COMMIT_EVERY_MS = 500;
/** Rebuilding the consumer after a crash: 0.5 s, doubled up to this. */
const LONGEST_PAUSE_MS = 10_000;

export interface TurnReaderOptions {
  kafka: Kafka;
  topic: string;
  groupId: string;
  lanes: ConversationLanes;
  /** Must not reject: what cannot be handled is reported, not retried for ever. */
  handle: (message: KafkaMessage) => Promise<void>;
  onError: (error: unknown) => void;
}

/**
 * Reads a topic at least once: each record goes to the lane of its key, and offsets are committed up to the oldest
 * record whose work is not done. A consumer that crashed for good is built anew.
 */
export class TurnReader {
  private consumer: Consumer | undefined;
  private unfinished = new Unfinished();
  private stopping = false;
  private committing: Promise<void> = Promise.resolve();
  private timer: NodeJS.Timeout | undefined;
  private crashes = 0;
  private tellJoined: () => void = () => undefined;
  /** The first time; a consumer that crashes before it joined is followed by another one. */
  private readonly joined = new Promise<void>((resolve) => (this.tellJoined = resolve));

  constructor(private readonly options: TurnReaderOptions) {}

  /** Resolves when the group was joined. */
  async start(): Promise<void> {
    await this.connect();
    this.timer = setInterval(() => void this.commit(), COMMIT_EVERY_MS).unref();
    await this.joined;
  }

  /** Takes no more, lets the lanes finish, commits and leaves the group. */
  async stop(): Promise<void> {
    this.stopping = true;
    clearInterval(this.timer);
    this.takeNoMore();
    await this.options.lanes.empty();
    await this.commit();
    await this.consumer?.disconnect();
  }

  private takeNoMore(): void {
    try {
      this.consumer?.pause([{ topic: this.options.topic }]);
    } catch {
      // It is only being built anew, because Kafka is away: it has taken nothing yet.
    }
  }

  private async connect(): Promise<void> {
    const consumer = this.options.kafka.consumer({
      groupId: this.options.groupId,
      // The least that brokers allow: so long nobody answers after a member vanished.
      sessionTimeout: 6_000,
      heartbeatInterval: 1_500,
      maxWaitTimeInMs: 250,
    });
    this.consumer = consumer;
    consumer.on(consumer.events.GROUP_JOIN, () => {
      // What was in work before a rebalance comes again, here or elsewhere.
      this.unfinished = new Unfinished();
      this.crashes = 0;
      this.tellJoined();
    });
    consumer.on(consumer.events.CRASH, ({ payload }) => {
      this.options.onError(payload.error);
      if (!payload.restart && !this.stopping) void this.rebuild(consumer);
    });
    await consumer.connect();
    await consumer.subscribe({ topic: this.options.topic, fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: 4,
      eachBatch: (batch) => this.take(batch),
    });
  }

  private async rebuild(broken: Consumer): Promise<void> {
    await broken.disconnect().catch(this.options.onError);
    while (!this.stopping) {
      await new Promise((resolve) => setTimeout(resolve, Math.min(LONGEST_PAUSE_MS, 500 * 2 ** this.crashes++)));
      if (this.stopping) return;
      try {
        await this.connect();
        if (this.stopping) await this.consumer?.disconnect();
        return;
      } catch (error) {
        this.options.onError(error);
        await this.consumer?.disconnect().catch(this.options.onError);
      }
    }
  }

  private async take({ batch, resolveOffset, heartbeat, isRunning, isStale }: EachBatchPayload): Promise<void> {
    const { lanes, handle } = this.options;
    const { unfinished } = this;
    for (const message of batch.messages) {
      while ((await Promise.race([lanes.room().then(() => 'room'), pause(1_000)])) !== 'room') await heartbeat();
      if (this.stopping || !isRunning() || isStale()) return;
      unfinished.take(batch.partition, message.offset);
      lanes.run(message.key?.toString() ?? '', async () => {
        await handle(message);
        unfinished.done(batch.partition, message.offset);
      });
      resolveOffset(message.offset);
    }
    await heartbeat();
  }

  /** A refused commit is no commit: the next round tries again, and whoever is away is told by the consumer. */
  private commit(): Promise<void> {
    const { unfinished, consumer } = this;
    this.committing = this.committing.then(async () => {
      const due = unfinished.toCommit();
      if (due.length === 0 || !consumer) return;
      try {
        await consumer.commitOffsets(due.map((one) => ({ topic: this.options.topic, ...one })));
        for (const { partition, offset } of due) unfinished.committed(partition, offset);
      } catch {
        return;
      }
    });
    return this.committing;
  }
}

function pause(ms: number): Promise<'waited'> {
  return new Promise((resolve) => setTimeout(() => resolve('waited'), ms).unref());
}
