/** What a lane needs to know of a record. */
export interface Keyed {
  readonly key: string;
}

interface Lane<R> {
  waiting: R[];
  /** Handed out and not done yet: nobody else gets records of this key. */
  busy: boolean;
}

/**
 * One lane per key: records of a key are handed out in the order they came, and never while earlier ones of it are at work.
 * Keys take turns in the order in which they became ready, so a busy or slow key delays no other one.
 */
export class Lanes<R extends Keyed> {
  private readonly lanes = new Map<string, Lane<R>>();
  /** Keys with something waiting and nothing at work, in the order they became so. */
  private readonly ready = new Set<string>();
  private waitingRecords = 0;
  private readyRecords = 0;
  private takenRecords = 0;

  /** Records not handed out yet. */
  get waiting(): number {
    return this.waitingRecords;
  }

  /** Records that could be handed out at this moment. */
  get readyNow(): number {
    return this.readyRecords;
  }

  /** Records handed out and not done. */
  get taken(): number {
    return this.takenRecords;
  }

  add(record: R): void {
    let lane = this.lanes.get(record.key);
    if (!lane) this.lanes.set(record.key, (lane = { waiting: [], busy: false }));
    lane.waiting.push(record);
    this.waitingRecords++;
    if (lane.busy) return;
    this.readyRecords++;
    this.ready.add(record.key);
  }

  /**
   * Hands out up to `max` records: all that wait of one ready key, then of the next. A key with more than fits gives its first ones.
   * Give each key back with `done`.
   */
  next(max: number): R[] {
    const batch: R[] = [];
    for (const key of this.ready) {
      const room = max - batch.length;
      if (room <= 0) break;
      const lane = this.lanes.get(key)!;
      this.ready.delete(key);
      this.readyRecords -= lane.waiting.length;
      lane.busy = true;
      if (lane.waiting.length <= room) {
        for (const record of lane.waiting) batch.push(record);
        lane.waiting = [];
      } else {
        for (const record of lane.waiting.splice(0, room)) batch.push(record);
      }
    }
    this.waitingRecords -= batch.length;
    this.takenRecords += batch.length;
    return batch;
  }

  /** Says that `count` records of a key which were handed out are finished with; its next ones get ready, behind the keys that wait. */
  done(key: string, count: number): void {
    const lane = this.lanes.get(key);
    if (!lane?.busy) throw new Error('a lane was given back that nobody had taken');
    this.takenRecords -= count;
    lane.busy = false;
    if (lane.waiting.length === 0) {
      this.lanes.delete(key);
      return;
    }
    this.readyRecords += lane.waiting.length;
    this.ready.add(key);
  }

  /** Forgets what was not handed out yet, except for what is `kept`. What is at work stays its key's turn until it is done. */
  clear(kept: (record: R) => boolean = () => false): void {
    this.waitingRecords = 0;
    this.readyRecords = 0;
    for (const [key, lane] of this.lanes) {
      lane.waiting = lane.waiting.filter(kept);
      this.waitingRecords += lane.waiting.length;
      if (lane.busy) continue;
      this.readyRecords += lane.waiting.length;
      if (lane.waiting.length > 0) continue;
      this.lanes.delete(key);
      this.ready.delete(key);
    }
  }
}
