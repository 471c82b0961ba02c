import { topicOnTheWire } from '@baton/contracts';
import type { TopicName } from '@baton/contracts';
import { askKafka } from '../kafka/ask-kafka.js';
import type { Headers, Kafka, KafkaProducer, WireRecord } from '../kafka/kafka.js';
import { KafkaRefusal } from '../kafka/kafka.js';
import { within } from '../kafka/within.js';
import { backOffMs } from '../lanes/back-off.js';
import { GatheringQueue, suspects } from './gathering-queue.js';
import type { Batch } from './gathering-queue.js';
import { ProduceError } from './produce-error.js';
import { inBatchSpan, sending } from '../tracing/batch-span.js';
import { Reach } from './reach.js';
import { sizeOf } from './record-size.js';

/** What can be produced: an `OutgoingRecord` of the contracts, or one whose key and headers are bytes. */
export interface ProducibleRecord {
  readonly topic: TopicName;
  readonly key: Buffer | string | null;
  readonly value: Buffer | string | null;
  readonly headers: Headers;
}

export interface GatheringProducerOptions {
  /** Records that may wait at once (default 20,000); above it a call is refused with `kafka.queue-full`. */
  readonly maxQueuedRecords?: number;
  /** The same in bytes (default 64 MiB). */
  readonly maxQueuedBytes?: number;
  /** How long a call waits for Kafka unless it says otherwise, in milliseconds (default 5,000). */
  readonly deadlineMs?: number;
  /**
   * For whoever has to know without sending that Kafka is away: from `connect` on it is asked, by a fresh connection, whenever nothing was
   * sent for so long, in milliseconds. Not asked by default.
   */
  readonly askWhenQuietMs?: number;
}

/** Below the topics' `max.message.bytes`, for all of a batch may be for one partition, and the batch has a frame. */
const BATCH = { records: 2_000, bytes: 900_000 };
const BACK_OFF = { firstMs: 50, capMs: 500 };
const LOOK_AT_DEADLINES_MS = 100;
const ANSWER_WITHIN_MS = 5_000;
const CLOSE_LIMIT_MS = 2_000;

/**
 * Sends records with `acks=all`, one request at a time: what is asked for while one is in flight goes together with the next. So nobody
 * waits when it is quiet, requests grow when it is busy, and records of one key keep the order of their calls.
 */
export class GatheringProducer {
  private readonly port: KafkaProducer;
  private readonly queue = new GatheringQueue();
  private readonly reach: Reach;
  private readonly wireNames = new Map<TopicName, string>();
  private readonly plainNames = new Map<string, TopicName>();
  private busy = false;
  private closing = false;
  private deadlines: NodeJS.Timeout | undefined;
  private idle: (() => void)[] = [];

  constructor(
    private readonly kafka: Kafka,
    private readonly options: GatheringProducerOptions = {},
  ) {
    this.port = kafka.producer();
    this.reach = new Reach({ isBusy: () => this.busy, ask: () => this.ask(), quietMs: options.askWhenQuietMs });
  }

  /**
   * Whether Kafka answered when it was last asked; while it did not and nobody sends, it is asked again every second. Before it was asked
   * for the first time it counts as there.
   */
  get healthy(): boolean {
    return this.reach.isThere;
  }

  /** Opens the connection ahead of the first send, and begins to ask where that was wanted. Sending works without it, and so it may fail. */
  async connect(): Promise<void> {
    this.reach.watch();
    try {
      await this.port.connect();
      this.reach.heard();
    } catch (error) {
      this.reach.missed(error);
      throw error;
    }
  }

  /**
   * Resolves when every record is acknowledged by all in-sync replicas.
   * @throws ProduceError `kafka.queue-full` at once; `kafka.record-refused` when Kafka will never take one of them; `kafka.unavailable`
   *   at the deadline at the latest. After the last two some of the records may have arrived.
   */
  async send(records: readonly ProducibleRecord[], options: { readonly deadlineMs?: number } = {}): Promise<void> {
    if (records.length === 0) return;
    if (this.closing) throw new ProduceError('kafka.unavailable', 'the producer is closed');
    const sizes = records.map(sizeOf);
    const wire = records.map((record): WireRecord => ({ ...record, topic: this.onTheWire(record.topic) }));
    const { maxQueuedRecords = 20_000, maxQueuedBytes = 64 * 1_024 * 1_024, deadlineMs = 5_000 } = this.options;
    if (this.queue.records + records.length > maxQueuedRecords || this.queue.bytes > maxQueuedBytes) {
      throw new ProduceError('kafka.queue-full', `${this.queue.records} records wait already`);
    }
    const deadline = performance.now() + (options.deadlineMs ?? deadlineMs);
    await new Promise<void>((resolve, reject) => {
      this.queue.add({ deadline, settle: (error) => (error ? reject(error) : resolve()) }, wire, sizes);
      this.begin();
    });
  }

  /** Sends what waits, for a moment at most, and closes the connection; later calls are refused. */
  async close(): Promise<void> {
    this.closing = true;
    this.reach.stop();
    if (this.busy) {
      let timer: NodeJS.Timeout | undefined;
      await Promise.race([
        new Promise<void>((resolve) => this.idle.push(resolve)),
        new Promise((resolve) => (timer = setTimeout(resolve, CLOSE_LIMIT_MS))),
      ]);
      clearTimeout(timer);
    }
    for (const call of this.queue.overdue(Infinity))
      this.queue.fail(call, new ProduceError('kafka.unavailable', 'the producer was closed'));
    clearTimeout(this.deadlines);
    await this.port.disconnect();
  }

  private begin(): void {
    this.watchDeadlines();
    if (this.busy) return;
    this.busy = true;
    // The end of this turn of the event loop: what other requests ask for in it goes together.
    setImmediate(() => void this.work());
  }

  private async work(): Promise<void> {
    for (let batch = this.queue.take(BATCH); batch; batch = this.queue.take(BATCH)) {
      await this.deliver(batch);
      // Those who were just told go on in this turn; what they send next should not miss the next request.
      await new Promise((resolve) => setImmediate(resolve));
    }
    this.busy = false;
    for (const resolve of this.idle.splice(0)) resolve();
  }

  /** Brings a batch to its end: acknowledged, refused, or wanted by nobody any more. */
  private async deliver(whole: Batch): Promise<void> {
    for (let attempt = 1, batch = this.queue.stillWanted(whole); batch; attempt++, batch = this.queue.stillWanted(batch)) {
      try {
        await this.request(batch.entries.map(({ record }) => record));
        this.reach.heard();
        this.queue.acknowledged(batch);
        return;
      } catch (error) {
        if (error instanceof KafkaRefusal) {
          this.reach.heard();
          return this.judge(batch, error);
        }
        this.reach.missed(error);
        await new Promise((resolve) => setTimeout(resolve, backOffMs(BACK_OFF, attempt, Math.random())));
      }
    }
  }

  private request(records: readonly WireRecord[]): Promise<void> {
    return inBatchSpan(
      records.map(({ headers }) => headers['traceparent']?.toString()),
      () => sending(new Set(records.map(({ topic }) => this.plainNames.get(topic) ?? topic)), records.length),
      () => this.port.send(records),
    );
  }

  private async judge(batch: Batch, refusal: KafkaRefusal): Promise<void> {
    const found = suspects(batch);
    if ('alone' in found) {
      this.queue.fail(found.alone, new ProduceError('kafka.record-refused', refusal.message, { cause: refusal }));
      return;
    }
    for (const half of found.halves) await this.deliver(half);
  }

  /** One timer for all calls, and only while there are any. */
  private watchDeadlines(): void {
    this.deadlines ??= setTimeout(() => {
      this.deadlines = undefined;
      for (const call of this.queue.overdue(performance.now())) {
        this.queue.fail(call, new ProduceError('kafka.unavailable', 'no acknowledgement in time', { cause: this.reach.lastError }));
      }
      if (this.queue.calls > 0) this.watchDeadlines();
    }, LOOK_AT_DEADLINES_MS);
  }

  /** A connection that stands may be mute, so a fresh one asks. Whether a partition can be written is known only by writing. */
  private async ask(): Promise<void> {
    if (this.options.askWhenQuietMs !== undefined) await askKafka(this.kafka, { withinMs: ANSWER_WITHIN_MS });
    await within(ANSWER_WITHIN_MS, this.port.connect());
  }

  private onTheWire(topic: TopicName): string {
    let name = this.wireNames.get(topic);
    if (name === undefined) {
      name = topicOnTheWire(topic, this.kafka.config.topicPrefix);
      this.wireNames.set(topic, name);
      this.plainNames.set(name, topic);
    }
    return name;
  }
}
