import type { OutboxTable } from './outbox-table.js';
import type { OutboxRow, Streams } from './streams.js';

/** After how many milliseconds a key is looked at again: whoever holds its older rows usually has sent them by then. */
const AGAIN_MS = [0, 10, 40, 160, 640];

export interface LooksEvents {
  /** Rows that are ours now. */
  taken(rows: readonly OutboxRow[]): void;
  /** A stream may go on. */
  moved(): void;
}

/**
 * Looks in the table at keys of which this process cannot know by itself whether it is their turn: a row was left to another process that
 * may have gone by already, or a row in front is missing here. All keys that are due are looked at together.
 */
export class Looks {
  /** How often each key was looked at in vain. */
  private readonly keys = new Map<string, number>();
  private readonly due = new Set<string>();
  private looking = false;
  private stopped = false;

  constructor(
    private readonly table: OutboxTable,
    private readonly streams: Streams,
    private readonly me: string,
    private readonly events: LooksEvents,
  ) {}

  at(key: string): void {
    if (this.keys.has(key)) return;
    this.keys.set(key, 0);
    this.due.add(key);
    void this.look();
  }

  stop(): void {
    this.stopped = true;
  }

  private async look(): Promise<void> {
    if (this.looking) return;
    this.looking = true;
    while (this.due.size > 0 && !this.stopped) {
      const keys = [...this.due];
      this.due.clear();
      try {
        await this.lookAt(keys);
      } catch {
        for (const key of keys) this.again(key); // Postgres is away: a look has no hurry
      }
    }
    this.looking = false;
  }

  private async lookAt(keys: readonly string[]): Promise<void> {
    const heads = new Map((await this.table.heads(keys)).map((head) => [head.key, head]));
    const free: string[] = [];
    for (const key of keys) {
      const head = heads.get(key);
      if (head?.claimedBy === null) {
        free.push(key);
        continue;
      }
      // What is here and older than the oldest in the table has been sent by somebody else.
      this.streams.forgetBefore(key, head?.seq ?? Infinity);
      if (!head) this.keys.delete(key);
      else if (head.claimedBy === this.me && this.streams.first(key) === head.seq) {
        this.keys.delete(key);
        this.streams.nothingBefore(key, head.seq);
      } else this.again(key);
    }
    if (free.length > 0) {
      const rows = await this.table.claim(free);
      const taken = new Set(rows.map(({ key }) => key));
      for (const key of free) {
        if (taken.has(key)) this.keys.delete(key);
        else this.again(key);
      }
      this.events.taken(rows);
    }
    this.events.moved();
  }

  /** A row that is here and cannot go is looked after until it can; a row left to others is theirs after some looks, and then the sweep's. */
  private again(key: string): void {
    const looks = (this.keys.get(key) ?? 0) + 1;
    const waits = this.streams.first(key) !== undefined;
    if (looks >= AGAIN_MS.length && !waits) {
      this.keys.delete(key);
      return;
    }
    this.keys.set(key, looks);
    setTimeout(
      () => {
        if (this.stopped || !this.keys.has(key)) return;
        this.due.add(key);
        void this.look();
      },
      AGAIN_MS[Math.min(looks, AGAIN_MS.length - 1)],
    ).unref();
  }
}
