import { setTimeout as sleep } from 'node:timers/promises';
import type { OutgoingRecord } from '@baton/contracts';
import type { DataSource, EntityManager } from 'typeorm';
import { describeError } from '../dead-letters/describe-error.js';
import type { MessagingLog } from '../kafka/kafka.js';
import { backOffMs } from '../lanes/back-off.js';
import type { GatheringProducer } from '../producing/gathering-producer.js';
import { ProduceError } from '../producing/produce-error.js';
import { sizeOf } from '../producing/record-size.js';
import { Looks } from './looks.js';
import { OutboxTable } from './outbox-table.js';
import type { Waiting, WrittenRow } from './outbox-table.js';
import { inBatchSpan, leavingOutbox } from '../tracing/batch-span.js';
import { Streams } from './streams.js';
import type { OutboxRow } from './streams.js';

export interface OutboxOptions {
  /** Of the service's schema, with the tables of `messagingMigrations`. */
  readonly dataSource: DataSource;
  /** Closed by its owner after `stop`. */
  readonly producer: Pick<GatheringProducer, 'send'>;
  /** Another one for each process at a time. */
  readonly instanceId: string;
  /** A process that did not renew its claims for so long is taken for dead, in milliseconds (default 5,000). */
  readonly leaseMs?: number;
  /** Rows kept in memory at most (default 5,000); what comes above is sent by the sweep, when there is room. */
  readonly maxInMemory?: number;
  /** Milliseconds that only grow, by which troubles are timed (default: the process's own clock). */
  readonly now?: () => number;
  readonly log?: MessagingLog;
}

/** What `add` wrote; give it to `send` after the commit, drop it after a rollback. */
export interface OutboxTicket {
  readonly rows: readonly WrittenRow[];
}

const SWEEP_EVERY_MS = 1_000;
/** Whoever deletes the row in front, or the writer itself, takes an unclaimed row within milliseconds; after this nobody will. */
const UNCLAIMED_FOR_MS = 1_500;
const SWEEP_KEYS = 200;
const BACK_OFF = { firstMs: 100, capMs: 1_000 };
/** A row that Kafka refuses (no such topic, not allowed) waits for a person to set things right. */
const REFUSED_AGAIN_MS = 5_000;
const STOP_LIMIT_MS = 2_000;
/** Kafka away for a moment is no news. */
const TROUBLE_AFTER_MS = 30_000;
/** Far above every timeout of Postgres: a sweep that takes longer never comes back, for example on a connection that died silently. */
const HANGS_AFTER_MS = 60_000;

/**
 * Events that happen with a change or not at all: `add` writes them in the change's transaction, `send` produces them after its commit.
 * Events of one key reach Kafka at least once and, for the first time each, in the order they were written, whichever processes write
 * them, provided that those who write for a key hold a lock on the same row meanwhile.
 *
 * A key's rows are sent by one process at a time. Who writes a row claims it when nothing older of the key is left, or all of that is its
 * own. Else it leaves the row to the process that is sending the older ones: that one looks for such rows when it deletes what it sent.
 * Both may just miss each other, so the writer looks once more after its commit. What a dead process leaves is taken over by a sweep.
 */
export class Outbox {
  private readonly table: OutboxTable;
  private readonly streams = new Streams();
  private readonly looks: Looks;
  /** Acknowledged, still in the table. */
  private readonly sent = new Set<number>();
  private deleting = false;
  private stopped = false;
  private timer: NodeJS.Timeout | undefined;
  /** When the sweep that is under way began its last step. */
  private sweepMoved: number | undefined;
  private found: Waiting = { rows: 0, oldestAgeMs: 0 };
  /** Rows that were already here at the last sweep: their claims are due. */
  private known = new Set<number>();
  private attempt = 0;
  private trouble: { since: number; reason: string } | undefined;
  private readonly now: () => number;

  constructor(private readonly options: OutboxOptions) {
    this.now = options.now ?? (() => performance.now());
    this.table = new OutboxTable(options.dataSource, options.instanceId, options.leaseMs ?? 5_000);
    this.looks = new Looks(this.table, this.streams, options.instanceId, {
      taken: (rows) => this.offer(rows),
      moved: () => this.pump(),
    });
  }

  /**
   * Writes records in the caller's transaction, in one statement.
   * @throws ProduceError `kafka.record-refused` when one is larger than Kafka takes
   */
  async add(manager: EntityManager, records: readonly OutgoingRecord[]): Promise<OutboxTicket> {
    if (records.length === 0) return { rows: [] };
    records.forEach(sizeOf);
    const room = !this.stopped && !this.trouble && this.streams.size < (this.options.maxInMemory ?? 5_000);
    return { rows: await this.table.insert(manager, records, room) };
  }

  /** Produces what a committed transaction has added, in the background; nothing is lost when it is never called. */
  send(ticket: OutboxTicket): void {
    this.offer(ticket.rows.filter(({ claimed }) => claimed));
    for (const { key, claimed } of ticket.rows) if (!claimed && !this.trouble) this.looks.at(key);
  }

  /** Begins to sweep up what was left behind. */
  start(): void {
    this.timer ??= setInterval(() => void this.sweep(), SWEEP_EVERY_MS).unref();
  }

  /** Sends what was given to `send`, for a moment at most, and leaves the rest to others. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    const deadline = performance.now() + STOP_LIMIT_MS;
    while ((this.streams.size > 0 || this.sent.size > 0) && !this.trouble && performance.now() < deadline) await sleep(5);
    this.stopped = true;
    this.looks.stop();
    const left = this.streams.all().map(({ seq }) => seq);
    if (left.length > 0) await this.table.release(left).catch(() => undefined); // their claims run out by themselves
  }

  /** What waited in the table when the sweep looked last, a second ago while Postgres answers. */
  get waiting(): Waiting {
    return this.found;
  }

  /** Undefined while the outbox is at work, else why the process should be replaced, in words. Kafka away is no such reason. */
  health(): string | undefined {
    const hangsFor = this.now() - (this.sweepMoved ?? Infinity);
    return hangsFor < HANGS_AFTER_MS ? undefined : `the sweep of the outbox hangs for ${Math.round(hangsFor / 1_000)} s`;
  }

  /** Undefined while rows get out, else why no work should come, in words. */
  readiness(): string | undefined {
    const waits = this.now() - (this.trouble?.since ?? Infinity);
    return waits < TROUBLE_AFTER_MS ? undefined : `events wait in the outbox for ${Math.round(waits / 1_000)} s: ${this.trouble?.reason}`;
  }

  private offer(rows: readonly OutboxRow[]): void {
    for (const row of rows) if (!this.sent.has(row.seq)) this.streams.offer(row);
    this.pump();
  }

  private pump(): void {
    if (this.stopped) return;
    const { round, blocked } = this.streams.nextRound();
    for (const key of blocked) this.looks.at(key);
    if (round.length > 0) void this.deliver(round);
  }

  private async deliver(rows: readonly OutboxRow[]): Promise<void> {
    try {
      await inBatchSpan(
        rows.map(({ record }) => record.headers['traceparent']),
        () => leavingOutbox(rows.length),
        () => this.options.producer.send(rows.map(({ record }) => record)),
      );
    } catch (error) {
      this.sortOut(rows, error);
      return;
    }
    this.trouble = undefined;
    this.attempt = 0;
    this.streams.acknowledged(rows);
    for (const { seq } of rows) this.sent.add(seq);
    this.pump();
    void this.deleteSent();
  }

  /** Everything that failed goes again, in its order; a refusal is narrowed down to the key that caused it, so that the others get out. */
  private sortOut(rows: readonly OutboxRow[], error: unknown): void {
    const refused = error instanceof ProduceError && error.code === 'kafka.record-refused';
    if (refused) {
      const keys = new Set(rows.map(({ key }) => key));
      if (keys.size > 1) {
        for (const one of keys) void this.deliver(rows.filter(({ key }) => key === one));
        return;
      }
      this.options.log?.error(
        { key: rows[0]!.key, topic: rows[0]!.record.topic, error: error.message },
        'Kafka refuses events of the outbox',
      );
    } else {
      this.trouble ??= { since: this.now(), reason: describeError(error) };
      this.options.log?.warn({ rows: rows.length, error: describeError(error) }, 'events wait in the outbox');
    }
    const waitMs = refused ? REFUSED_AGAIN_MS : backOffMs(BACK_OFF, ++this.attempt, Math.random());
    this.streams.failed(rows);
    // The timer itself ends the wait: asked by another clock it may be a fraction of a millisecond early, and nothing would come after it.
    setTimeout(() => {
      this.streams.rested(rows);
      this.pump();
    }, waitMs);
  }

  /** One statement for all that was acknowledged while the one before was under way. */
  private async deleteSent(): Promise<void> {
    if (this.deleting) return;
    this.deleting = true;
    while (this.sent.size > 0 && !this.stopped) {
      const seqs = [...this.sent];
      try {
        const left = await this.table.delete(seqs);
        for (const seq of seqs) this.sent.delete(seq);
        for (const key of left) this.looks.at(key);
      } catch (error) {
        this.options.log?.warn({ rows: seqs.length, error: describeError(error) }, 'sent events could not be deleted from the outbox yet');
        await sleep(500);
      }
    }
    this.deleting = false;
  }

  private async sweep(): Promise<void> {
    if (this.sweepMoved !== undefined || this.stopped) return;
    this.sweepMoved = this.now();
    try {
      this.found = await this.table.waiting();
      if (this.streams.size === 0) this.trouble = undefined; // what was in trouble has been sent by somebody else
      const here = this.streams.all().map(({ seq }) => seq);
      const due = here.filter((seq) => this.known.has(seq));
      this.known = new Set(here);
      if (due.length > 0) await this.table.renew(due);
      while (!this.stopped && !this.trouble && this.streams.size < (this.options.maxInMemory ?? 5_000) / 2) {
        this.sweepMoved = this.now();
        const keys = await this.table.neglected(UNCLAIMED_FOR_MS, SWEEP_KEYS);
        const rows = keys.length > 0 ? await this.table.claim(keys) : [];
        if (rows.length === 0) break;
        this.options.log?.info({ rows: rows.length }, 'events that were left behind in the outbox are sent');
        this.offer(rows);
      }
    } catch (error) {
      this.options.log?.warn({ error: describeError(error) }, 'the outbox could not be swept');
    } finally {
      this.sweepMoved = undefined;
    }
  }
}
