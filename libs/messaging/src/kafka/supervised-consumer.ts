import { backOffMs } from '../lanes/back-off.js';
import { askKafka } from './ask-kafka.js';
import type { ConsumerEvents, ConsumerOptions, Kafka, KafkaConsumer, MessagingLog, Partition, PartitionOffset } from './kafka.js';
import { STUCK_LIMITS, StuckRule } from './stuck-rule.js';
import type { StuckLimits } from './stuck-rule.js';

export interface SupervisedEvents extends Omit<ConsumerEvents, 'onAlive' | 'onCrash'> {
  /** The consumer broke: its partitions may be somebody else's already, nothing can be committed. A new one is on its way. */
  onLost(reason: string): void;
  /** A fetch came back, with records or without. */
  onFetch?(): void;
}

/** A fetch comes back every quarter of a second; joining waits for the other members, at most 10 s. Whoever is silent longer hangs. */
const SILENCE_LIMIT_MS = 25_000;
const LOOK_EVERY_MS = 1_000;
const STOP_LIMIT_MS = 1_500;
const BACK_OFF = { firstMs: 250, capMs: 1_000 };

/** A consumer that is replaced when it crashes or falls silent, for as long as it takes. */
export class SupervisedConsumer {
  private current: KafkaConsumer | undefined;
  private readonly limits: StuckLimits;
  private readonly rule: StuckRule;
  private aliveAt = performance.now();
  private builtAt = performance.now();
  private former: string | undefined;
  private attempt = 0;
  private lastFailure: string | undefined;
  private stopped = false;
  private watch: NodeJS.Timeout | undefined;
  private again: NodeJS.Timeout | undefined;
  private starting: Promise<void> | undefined;

  constructor(
    private readonly kafka: Kafka,
    private readonly options: Omit<ConsumerOptions, 'events'> & {
      readonly events: SupervisedEvents;
      /** How long `stop` waits for the group to let it go, in milliseconds (default 1,500). */
      readonly stopWithinMs?: number;
      /** When a silent consumer counts as stuck; what is left out is as `STUCK_LIMITS` has it. */
      readonly stuckLimits?: Partial<StuckLimits>;
    },
    private readonly log?: MessagingLog,
  ) {
    this.limits = { ...STUCK_LIMITS, ...options.stuckLimits };
    this.rule = new StuckRule(this.limits, performance.now());
  }

  start(): void {
    this.alive();
    this.watch = setInterval(() => this.look(), Math.min(LOOK_EVERY_MS, this.limits.askEveryMs));
    this.starting = this.build();
  }

  /** How long nothing moved, whichever consumer it was, in milliseconds, and what went wrong last. */
  get silence(): { readonly ms: number; readonly reason: string } {
    return { ms: performance.now() - this.aliveAt, reason: this.lastFailure ?? 'no answer from Kafka' };
  }

  /**
   * Why the process should be replaced, in words: nothing comes although Kafka answers others. Undefined while all is well, and while
   * Kafka is away, which no restart brings back. Looks at what is known and waits for nothing.
   */
  get stuck(): string | undefined {
    if (!this.rule.isStuck) return undefined;
    const lastFailure = this.lastFailure === undefined ? '' : `: ${this.lastFailure}`;
    return `nothing came from Kafka for ${Math.round(this.silence.ms / 1_000)} s, though it answers${lastFailure}`;
  }

  pause(partitions: readonly Partition[]): void {
    this.current?.pause(partitions);
  }

  resume(partitions: readonly Partition[]): void {
    this.current?.resume(partitions);
  }

  async commit(offsets: readonly PartitionOffset[]): Promise<void> {
    if (!this.current) throw new Error('no consumer at this moment');
    await this.current.commit(offsets);
  }

  /** Leaves the group; gives up waiting for that after a moment, for the group notices a silent member by itself. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearInterval(this.watch);
    clearTimeout(this.again);
    const stopping = (async () => {
      await this.starting;
      await this.current?.stop();
    })().catch((error: unknown) => this.log?.warn({ error: String(error) }, 'the consumer did not stop cleanly'));
    let timer: NodeJS.Timeout | undefined;
    await Promise.race([stopping, new Promise((resolve) => (timer = setTimeout(resolve, this.options.stopWithinMs ?? STOP_LIMIT_MS)))]);
    clearTimeout(timer);
  }

  private async build(): Promise<void> {
    const mine: { consumer?: KafkaConsumer } = {};
    const isCurrent = () => mine.consumer !== undefined && mine.consumer === this.current;
    const { events, ...options } = this.options;
    mine.consumer = this.kafka.consumer({
      ...options,
      former: this.former,
      events: {
        onAssigned: (partitions) => {
          if (isCurrent()) events.onAssigned(partitions);
        },
        onRevoking: async () => {
          if (isCurrent()) await events.onRevoking();
        },
        onRecords: (records, from) => (isCurrent() ? events.onRecords(records, from) : undefined),
        onAlive: () => {
          if (!isCurrent()) return;
          this.alive();
          this.attempt = 0;
          events.onFetch?.();
        },
        onCrash: (error) => {
          if (isCurrent()) this.replace(error.message);
        },
      },
    });
    this.current = mine.consumer;
    this.builtAt = performance.now();
    try {
      await mine.consumer.start();
    } catch (error) {
      if (isCurrent()) this.replace(error instanceof Error ? error.message : String(error));
    }
  }

  private alive(): void {
    this.aliveAt = performance.now();
    this.rule.moved(this.aliveAt);
    this.lastFailure = undefined;
  }

  private look(): void {
    const now = performance.now();
    const silentMs = now - Math.max(this.aliveAt, this.builtAt);
    if (this.current && silentMs > SILENCE_LIMIT_MS) this.replace(`silent for ${Math.round(silentMs / 1_000)} s`);
    if (this.rule.shouldAsk(now)) void this.ask();
  }

  /** Whether a fresh connection gets what this consumer should. */
  private async ask(): Promise<void> {
    const { groupId, topics } = this.options;
    const wasStuck = this.rule.isStuck;
    const isThere = await askKafka(this.kafka, { reader: { topics, groupId }, withinMs: this.limits.answerWithinMs }).then(
      () => true,
      () => false, // away, or it refuses: the consumer says why in its own words
    );
    this.rule.answered(isThere, performance.now());
    if (this.rule.isStuck && !wasStuck && !this.stopped)
      this.log?.error({ group: groupId, reason: this.stuck }, 'a consumer is stuck though Kafka answers; this process asks to be replaced');
  }

  private replace(reason: string): void {
    const broken = this.current;
    this.current = undefined;
    this.former = broken?.member ?? this.former;
    broken?.stop().catch(() => undefined); // it is broken: what it says now is of no use
    this.lastFailure = reason;
    if (this.stopped) return;
    this.options.events.onLost(reason);
    const waitMs = Math.round(backOffMs(BACK_OFF, ++this.attempt, Math.random()));
    this.log?.warn({ reason, attempt: this.attempt, waitMs, group: this.options.groupId }, 'the Kafka consumer broke and is replaced');
    this.again = setTimeout(() => {
      this.starting = this.build();
    }, waitMs);
  }
}
