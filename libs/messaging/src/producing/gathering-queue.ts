import type { WireRecord } from '../kafka/kafka.js';

/** One call to the producer: it succeeds when all its records are acknowledged, and fails as a whole. */
export interface Call {
  /** On the clock the queue is asked with, in milliseconds. */
  readonly deadline: number;
  settle(error?: Error): void;
}

interface Entry {
  readonly record: WireRecord;
  readonly bytes: number;
  readonly call: Call;
}

/** What goes to Kafka in one request. */
export interface Batch {
  readonly entries: readonly Entry[];
}

export interface BatchLimits {
  readonly records: number;
  /** Kafka refuses what is larger per partition, and all may be for one partition. */
  readonly bytes: number;
}

/** The records that wait for Kafka, first come first served, and the calls that wait for them. */
export class GatheringQueue {
  private entries: Entry[] = [];
  private head = 0;
  /** Records of each open call that are not acknowledged yet. */
  private readonly open = new Map<Call, { left: number; bytes: number }>();
  private openRecords = 0;
  private openBytes = 0;

  /** Not acknowledged yet, in flight or waiting. */
  get records(): number {
    return this.openRecords;
  }

  get bytes(): number {
    return this.openBytes;
  }

  get calls(): number {
    return this.open.size;
  }

  add(call: Call, records: readonly WireRecord[], sizes: readonly number[]): void {
    let bytes = 0;
    records.forEach((record, i) => {
      this.entries.push({ record, bytes: sizes[i]!, call });
      bytes += sizes[i]!;
    });
    this.open.set(call, { left: records.length, bytes });
    this.openRecords += records.length;
    this.openBytes += bytes;
  }

  /** Takes the next batch out, in order; what belongs to a call that has failed meanwhile falls away. A record too large for any batch goes alone. */
  take(limits: BatchLimits): Batch | undefined {
    const entries: Entry[] = [];
    let bytes = 0;
    for (; this.head < this.entries.length && entries.length < limits.records; this.head++) {
      const entry = this.entries[this.head]!;
      if (!this.open.has(entry.call)) continue;
      if (entries.length > 0 && bytes + entry.bytes > limits.bytes) break;
      entries.push(entry);
      bytes += entry.bytes;
    }
    if (this.head === this.entries.length) {
      this.entries = [];
      this.head = 0;
    } else if (this.head > 4_096) {
      this.entries = this.entries.slice(this.head);
      this.head = 0;
    }
    return entries.length > 0 ? { entries } : undefined;
  }

  /** The batch without what belongs to calls that have failed; undefined when nothing is left. */
  stillWanted(batch: Batch): Batch | undefined {
    const entries = batch.entries.filter(({ call }) => this.open.has(call));
    return entries.length > 0 ? { entries } : undefined;
  }

  acknowledged(batch: Batch): void {
    for (const { call } of batch.entries) {
      const account = this.open.get(call);
      if (account && --account.left === 0) this.close(call);
      if (account) this.openRecords--;
    }
  }

  fail(call: Call, error: Error): void {
    const account = this.open.get(call);
    if (!account) return;
    this.openRecords -= account.left;
    this.close(call, error);
  }

  /** The calls whose deadline has passed. */
  overdue(now: number): Call[] {
    return [...this.open.keys()].filter(({ deadline }) => deadline <= now);
  }

  private close(call: Call, error?: Error): void {
    this.openBytes -= this.open.get(call)!.bytes;
    this.open.delete(call);
    call.settle(error);
  }
}

/** Who is behind a batch: several calls can be told apart by halves, until the guilty one stands alone. */
export function suspects(batch: Batch): { alone: Call } | { halves: [Batch, Batch] } {
  const calls = [...new Set(batch.entries.map(({ call }) => call))];
  if (calls.length === 1) return { alone: calls[0]! };
  const first = new Set(calls.slice(0, calls.length >> 1));
  return {
    halves: [
      { entries: batch.entries.filter(({ call }) => first.has(call)) },
      { entries: batch.entries.filter(({ call }) => !first.has(call)) },
    ],
  };
}
