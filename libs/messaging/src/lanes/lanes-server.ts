import { Server } from '@nestjs/microservices';
import type { CustomTransportStrategy } from '@nestjs/microservices';
import { topicOnTheWire } from '@baton/contracts';
import type { DeadLetterReason } from '@baton/contracts';
import type { Kafka, KafkaRecord, MessagingLog, Partition } from '../kafka/kafka.js';
import type { StuckLimits } from '../kafka/stuck-rule.js';
import { SupervisedConsumer } from '../kafka/supervised-consumer.js';
import type { GatheringProducer } from '../producing/gathering-producer.js';
import { inBatchSpan, processing } from '../tracing/batch-span.js';
import { Assignment } from './assignment.js';
import { BatchRunner } from './batch-runner.js';
import { readSubscriptions } from './subscriptions.js';
import type { TopicHandler } from './subscriptions.js';
import { TopicLanes } from './topic-lanes.js';

export interface LanesServerOptions {
  readonly kafka: Kafka;
  /** One group per service, for example `baton-orchestrator`; with the topic prefix in front where several share a Kafka. */
  readonly groupId: string;
  /** Writes the dead letters. Connected and closed by its owner, closed after the server. */
  readonly producer: Pick<GatheringProducer, 'send'>;
  /** Says whether an error of a handler will pass by itself (Postgres away, a deadlock): such batches are repeated, others are not. */
  readonly isTransient: (error: unknown) => boolean;
  /** Records taken from Kafka and not finished, at most about this many (default 4,000); a quarter of it per partition. */
  readonly inFlight?: number;
  /** The same in bytes (default 32 MiB). */
  readonly inFlightBytes?: number;
  /** How long a batch at work may hold up what comes behind it before the next begins beside it, in milliseconds (default 10). */
  readonly patienceMs?: number;
  /** How often offsets are committed, in milliseconds (default 300). */
  readonly commitEveryMs?: number;
  /** A member that was silent this long loses its partitions, in milliseconds (default 6,000, the least a broker allows unless told otherwise). */
  readonly sessionTimeoutMs?: number;
  /** How long batches at work may take to end when partitions are given up or the service stops, in milliseconds (default 2,000). */
  readonly drainMs?: number;
  /** When a consumer that brings nothing counts as stuck (default `STUCK_LIMITS`). */
  readonly stuckLimits?: Partial<StuckLimits>;
  readonly log?: MessagingLog;
  readonly observer?: LanesObserver;
}

/** For those who count. Called in the hot path: be quick. */
export interface LanesObserver {
  /** Before anything is read of it. */
  onTopic?(topic: string): void;
  /** The group gave this member partitions, perhaps none. */
  onAssigned?(): void;
  onBatch?(topic: string, events: number, milliseconds: number): void;
  onRetry?(topic: string): void;
  onParked?(topic: string, reason: DeadLetterReason): void;
  onConsumerLost?(): void;
}

export interface LanesFigures {
  readonly partitions: number;
  readonly paused: number;
  readonly inFlight: number;
  readonly inFlightBytes: number;
}

/** A rebalance waits for its slowest member at most 10 s, and a broken consumer is rebuilt within that. */
const REBALANCE_MS = 15_000;

/**
 * Kafka under Nest: brings each topic's records to its `@OnEvents` method in lanes by key, and commits what is done.
 * It starts at once and joins its group when Kafka lets it; `readiness` says when it has.
 */
export class LanesServer extends Server implements CustomTransportStrategy {
  private readonly assignment: Assignment;
  private readonly topics = new Map<string, TopicLanes>();
  private consumer: SupervisedConsumer | undefined;
  private commitTimer: NodeJS.Timeout | undefined;
  private committing: Promise<void> | undefined;
  private hold: Promise<void> | undefined;
  private member = false;
  /** Since when it has been no member; undefined before it was one for the first time. */
  private awaySince: number | undefined;
  private closing: Promise<void> | undefined;

  constructor(private readonly options: LanesServerOptions) {
    super();
    this.assignment = new Assignment({
      records: options.inFlight ?? 4_000,
      bytes: options.inFlightBytes ?? 32 * 1_024 * 1_024,
      partitionShare: 0.25,
    });
  }

  /** Undefined while the lanes live, else why the process should be replaced, in words. Kafka away is no such reason. */
  health(): string | undefined {
    return this.consumer?.stuck;
  }

  /**
   * Undefined while this process is a member of its group, else the reason in words. A rebalance is no reason: it takes the partitions from all
   * members at once, and if all of them were not ready then, nobody would answer at the doors.
   */
  readiness(): string | undefined {
    if (this.closing) return 'the lanes are being closed';
    const isBack = this.member || (this.awaySince !== undefined && performance.now() - this.awaySince < REBALANCE_MS);
    return isBack ? undefined : `not a member of ${this.options.groupId} at this moment`;
  }

  figures(): LanesFigures {
    const { size: partitions, paused, load } = this.assignment;
    return { partitions, paused, inFlight: load.records, inFlightBytes: load.bytes };
  }

  listen(callback: (error?: unknown) => void): void {
    try {
      this.open(readSubscriptions(this.messageHandlers));
    } catch (error) {
      callback(error);
      return;
    }
    callback();
  }

  /** Stops reading, lets batches at work end, commits, leaves the group. */
  close(): Promise<void> {
    return (this.closing ??= this.leave());
  }

  override on(): never {
    throw new Error('the lanes have no events to listen to: pass an observer');
  }

  override unwrap<T>(): T {
    return this.options.kafka as T;
  }

  private open(handlers: readonly TopicHandler[]): void {
    const { kafka, groupId, log, sessionTimeoutMs, stuckLimits } = this.options;
    for (const handler of handlers) this.topics.set(topicOnTheWire(handler.topic.name, kafka.config.topicPrefix), this.lanesFor(handler));
    this.consumer = new SupervisedConsumer(
      kafka,
      {
        groupId,
        topics: [...this.topics.keys()],
        ...(sessionTimeoutMs === undefined ? {} : { sessionTimeoutMs }),
        ...(stuckLimits && { stuckLimits }),
        events: {
          onAssigned: (partitions) => this.begin(partitions),
          onRevoking: () => this.giveUp(),
          onLost: (reason) => this.lose(reason),
          onRecords: (records, from) => this.take(records, from),
        },
      },
      log,
    );
    this.consumer.start();
    this.commitTimer = setInterval(() => void this.commit(), this.options.commitEveryMs ?? 300);
  }

  private lanesFor({ topic, options, handle, onParked }: TopicHandler): TopicLanes {
    const { groupId, producer, isTransient, observer, log } = this.options;
    observer?.onTopic?.(topic.name);
    const runner = new BatchRunner({
      topic,
      groupId,
      handle: async (events) => {
        const start = performance.now();
        const traceparents = events.map(({ traceparent }) => traceparent);
        await inBatchSpan(
          traceparents,
          () => processing(topic.name, groupId, events.length),
          () => handle(events),
        );
        observer?.onBatch?.(topic.name, events.length, performance.now() - start);
      },
      ...(onParked ? { onParked } : {}),
      produce: (records) => producer.send(records),
      isTransient,
      ...(log ? { log } : {}),
      onRetry: () => observer?.onRetry?.(topic.name),
      onParkedRecord: (reason) => observer?.onParked?.(topic.name, reason),
    });
    return new TopicLanes(
      runner,
      { maxBatch: options.maxBatch ?? 200, concurrency: options.concurrency ?? 4, patienceMs: this.patienceMs },
      (tasks) => tasks.forEach((task) => this.assignment.finish(task)),
      (tasks) => {
        tasks.forEach((task) => this.assignment.release(task));
        this.relieve();
      },
    );
  }

  private get patienceMs(): number {
    return this.options.patienceMs ?? 10;
  }

  private begin(partitions: readonly Partition[]): void {
    this.assignment.begin(partitions);
    for (const lanes of this.topics.values()) lanes.reopen();
    this.member = true;
    this.awaySince = undefined;
    this.options.observer?.onAssigned?.();
    this.options.log?.info({ group: this.options.groupId, partitions: partitions.length }, 'the group gave this member its partitions');
  }

  private take(records: readonly KafkaRecord[], from: Partition): Promise<void> | void {
    const lanes = this.topics.get(from.topic);
    if (!lanes || this.closing) return;
    lanes.add(this.assignment.take(records, from));
    this.relieve();
    return (this.hold ??= this.whileAtWork(lanes));
  }

  /** While a batch is at work the next fetch waits a moment: what it would bring has to wait anyway, and gathers better in the broker. */
  private async whileAtWork(lanes: TopicLanes): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    this.hold = undefined;
    await lanes.quiet(this.patienceMs);
  }

  private relieve(): void {
    const { pause, resume } = this.assignment.relieve();
    if (pause.length > 0) this.consumer?.pause(pause);
    if (resume.length > 0) this.consumer?.resume(resume);
  }

  /** Before partitions go to somebody else: nothing new begins, what is at work ends and is committed. */
  private async giveUp(): Promise<void> {
    this.member = false;
    this.awaySince = performance.now();
    await this.drainAndCommit();
    if (!this.member) this.assignment.end();
  }

  private lose(reason: string): void {
    if (!this.member) return;
    this.member = false;
    this.awaySince = performance.now();
    for (const lanes of this.topics.values()) lanes.abandon();
    this.assignment.end();
    this.options.observer?.onConsumerLost?.();
    this.options.log?.warn({ group: this.options.groupId, reason }, 'the partitions were lost; what was not committed comes again');
  }

  private async leave(): Promise<void> {
    clearInterval(this.commitTimer);
    await this.drainAndCommit();
    await this.consumer?.stop();
    this.assignment.end();
  }

  private async drainAndCommit(): Promise<void> {
    const limitMs = this.options.drainMs ?? 2_000;
    await Promise.all([...this.topics.values()].map((lanes) => lanes.drain(limitMs)));
    await this.committing;
    await this.commit();
  }

  /** Commits up to the oldest unfinished record of each partition. What is refused stays due and goes with the next commit. */
  private commit(): Promise<void> {
    return (this.committing ??= this.commitOnce().finally(() => (this.committing = undefined)));
  }

  private async commitOnce(): Promise<void> {
    const due = this.assignment.due();
    if (due.length === 0 || !this.consumer) return;
    try {
      await this.consumer.commit(due);
      this.assignment.committed(due);
    } catch (error) {
      this.options.log?.warn(
        { group: this.options.groupId, error: String(error) },
        'offsets were not committed and go with the next commit',
      );
    }
  }
}
