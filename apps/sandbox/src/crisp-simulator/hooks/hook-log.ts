/** What became of one hook. Kept for the newest 20,000, so that journeys and fault runs can ask. */
export interface HookRecord {
  readonly id: number;
  readonly kind: 'website' | 'plugin';
  readonly url: string;
  readonly event: string;
  readonly website_id: string;
  readonly session_id: string | undefined;
  /** The compact JSON of the envelope. */
  readonly body: string;
  readonly made_at: number;
  /** The faults that were put on it: dropped, repeated, reordered, forged, stale. */
  readonly faults: string[];
  fate: 'held' | 'pending' | 'delivered' | 'dropped' | 'failed';
  readonly attempts: { at: number; status?: number; error?: string }[];
}

export interface HookCounts {
  made: number;
  delivered: number;
  failed: number;
  attempts: number;
  dropped: number;
  repeated: number;
  reordered: number;
  forged: number;
  stale: number;
  /** Not yet delivered, dropped or given up. */
  pending: number;
}

const KEPT = 20_000;

export class HookLog {
  private records: HookRecord[] = [];
  private nextId = 1;

  add(record: Omit<HookRecord, 'id' | 'attempts' | 'faults'>): HookRecord {
    const added: HookRecord = { ...record, id: this.nextId++, faults: [], attempts: [] };
    this.records.push(added);
    if (this.records.length > KEPT * 1.2) this.records = this.records.slice(-KEPT);
    return added;
  }

  byId(id: number): HookRecord | undefined {
    const first = this.records[0]?.id ?? 1;
    return this.records[id - first];
  }

  /** @param filter `troubled`: only what had a fault put on it or was tried more than once */
  select(
    filter: { session_id?: string | undefined; event?: string | undefined; troubled?: boolean | undefined },
    limit: number,
  ): HookRecord[] {
    return this.records
      .filter(
        (record) =>
          (!filter.session_id || record.session_id === filter.session_id) &&
          (!filter.event || record.event === filter.event) &&
          (!filter.troubled || record.faults.length > 0 || record.attempts.length > 1),
      )
      .slice(-limit);
  }

  clear(): void {
    this.records = [];
    this.nextId = 1;
  }
}
