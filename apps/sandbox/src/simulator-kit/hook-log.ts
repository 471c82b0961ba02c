/** What every record of a hook has, whoever sends it. */
export interface AnyHookRecord {
  readonly id: number;
  /** What was sent. */
  readonly body: string;
  readonly made_at: number;
  /** The faults that were put on it, by name. */
  readonly faults: string[];
  fate: 'held' | 'pending' | 'delivered' | 'dropped' | 'failed';
  readonly attempts: { at: number; ended?: number; status?: number; error?: string }[];
}

/** How many hooks, by what became of them. */
export interface HookCounts {
  made: number;
  delivered: number;
  failed: number;
  attempts: number;
  dropped: number;
  repeated: number;
  reordered: number;
  forged: number;
  /** Not yet delivered, dropped or given up. */
  pending: number;
}

export const noCounts = (): HookCounts => ({
  made: 0,
  delivered: 0,
  failed: 0,
  attempts: 0,
  dropped: 0,
  repeated: 0,
  reordered: 0,
  forged: 0,
  pending: 0,
});

const KEPT = 20_000;

/** What became of the newest 20,000 hooks, so that journeys and fault runs can ask. */
export class HookLog<Record extends AnyHookRecord> {
  private records: Record[] = [];
  private nextId = 1;

  add(record: Omit<Record, 'id' | 'attempts' | 'faults'>): Record {
    const added = { ...record, id: this.nextId++, faults: [], attempts: [] } as unknown as Record;
    this.records.push(added);
    if (this.records.length > KEPT * 1.2) this.records = this.records.slice(-KEPT);
    return added;
  }

  byId(id: number): Record | undefined {
    return this.records[id - (this.records[0]?.id ?? 1)];
  }

  /** The newest that fit. */
  select(fits: (record: Record) => boolean, limit: number): Record[] {
    return this.records.filter(fits).slice(-limit);
  }

  clear(): void {
    this.records = [];
    this.nextId = 1;
  }
}
