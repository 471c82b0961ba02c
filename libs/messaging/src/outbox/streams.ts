import type { OutgoingRecord } from '@baton/contracts';

/** A row of the outbox that is ours to send. */
export interface OutboxRow {
  /** The order of rows; below 2^53. */
  readonly seq: number;
  readonly key: string;
  readonly record: OutgoingRecord;
  /** The youngest row of the key that was older than this one and not sent yet, when this one was written or claimed. */
  readonly after: number | undefined;
}

interface Stream {
  /** In the order of `seq`. */
  rows: OutboxRow[];
  /** How many of the first rows are being sent. */
  inFlight: number;
  /** Its last round failed, and nobody said yet that it may go again. */
  resting: boolean;
}

/** Keys whose last acknowledged row is remembered though nothing waits. */
const REMEMBERED_KEYS = 20_000;

/**
 * Keeps the order of a key inside this process: a row is sent when every older row of its key has been acknowledged, or goes in front of
 * it in the same call. Rows may be offered in any order and more than once.
 */
export class Streams {
  private readonly streams = new Map<string, Stream>();
  /** Streams that may have something to send. */
  private readonly awake = new Set<string>();
  /** The youngest row of a key that was acknowledged; all older ones were before. */
  private readonly acknowledgedUpTo = new Map<string, number>();
  private count = 0;

  /** Rows waiting or being sent. */
  get size(): number {
    return this.count;
  }

  offer(row: OutboxRow): void {
    let stream = this.streams.get(row.key);
    if (!stream) this.streams.set(row.key, (stream = { rows: [], inFlight: 0, resting: false }));
    let i = stream.rows.length;
    while (i > 0 && stream.rows[i - 1]!.seq > row.seq) i--;
    if (stream.rows[i - 1]?.seq === row.seq) return;
    // What is being sent stays in front, though this one be older: whoever let that go had seen nothing older left.
    stream.rows.splice(Math.max(i, stream.inFlight), 0, row);
    this.count++;
    this.awake.add(row.key);
  }

  /**
   * What can be sent now, one round per key at a time; the rows of a key are neighbours, in order. `blocked` are keys whose first row
   * waits for one that is not here.
   */
  nextRound(): { round: OutboxRow[]; blocked: string[] } {
    const round: OutboxRow[] = [];
    const blocked: string[] = [];
    for (const key of this.awake) {
      const stream = this.streams.get(key);
      this.awake.delete(key);
      if (!stream || stream.inFlight > 0 || stream.resting) continue;
      let sent = this.acknowledgedUpTo.get(key) ?? -1;
      for (const row of stream.rows) {
        if (row.after !== undefined && row.after > sent) break;
        sent = Math.max(sent, row.seq);
        stream.inFlight++;
        round.push(row);
      }
      if (stream.inFlight === 0) blocked.push(key);
    }
    return { round, blocked };
  }

  acknowledged(rows: readonly OutboxRow[]): void {
    for (const row of rows) {
      this.raise(row.key, row.seq);
      this.settle(row.key, 1);
    }
    for (const key of this.acknowledgedUpTo.keys()) {
      if (this.acknowledgedUpTo.size <= REMEMBERED_KEYS) break;
      this.acknowledgedUpTo.delete(key);
    }
  }

  /** They will be sent again, in their order, once `rested` is called for them. */
  failed(rows: readonly OutboxRow[]): void {
    for (const { key } of rows) {
      const stream = this.streams.get(key)!;
      stream.inFlight = 0;
      stream.resting = true;
    }
  }

  /** Rows that failed may go again. */
  rested(rows: readonly OutboxRow[]): void {
    for (const { key } of rows) {
      const stream = this.streams.get(key);
      if (!stream) continue;
      stream.resting = false;
      this.awake.add(key);
    }
  }

  /** The oldest row of a key that is here. */
  first(key: string): number | undefined {
    return this.streams.get(key)?.rows[0]?.seq;
  }

  /** Says that no row of the key older than `seq` is left anywhere. */
  nothingBefore(key: string, seq: number): void {
    this.raise(key, seq - 1);
    if (this.streams.has(key)) this.awake.add(key);
  }

  /** Forgets rows of a key that are older than `seq` and not being sent: somebody else has sent them. */
  forgetBefore(key: string, seq: number): void {
    const stream = this.streams.get(key);
    if (!stream || stream.inFlight > 0) return;
    const gone = stream.rows.filter((row) => row.seq < seq).length;
    if (gone > 0) this.remove(key, stream, gone);
  }

  /** All rows that are here. */
  all(): OutboxRow[] {
    return [...this.streams.values()].flatMap(({ rows }) => rows);
  }

  private raise(key: string, seq: number): void {
    const before = this.acknowledgedUpTo.get(key) ?? -1;
    this.acknowledgedUpTo.delete(key); // and to the end of the line of what may be forgotten
    this.acknowledgedUpTo.set(key, Math.max(before, seq));
  }

  private settle(key: string, count: number): void {
    const stream = this.streams.get(key)!;
    stream.inFlight -= count;
    this.remove(key, stream, count);
    if (stream.inFlight === 0) this.awake.add(key);
  }

  private remove(key: string, stream: Stream, count: number): void {
    stream.rows.splice(0, count);
    this.count -= count;
    if (stream.rows.length === 0) this.streams.delete(key);
  }
}
