import type { HookElement } from '../model.js';

/** What became of one request. Kept for the newest 20,000, so that journeys and fault runs can ask. */
export interface HookRecord {
  readonly id: number;
  readonly app_id: string;
  readonly elements: readonly Omit<HookElement, 'body'>[];
  readonly body: string;
  readonly made_at: number;
  /** The faults that were put on it: dropped, repeated, reordered, forged. */
  readonly faults: string[];
  fate: 'held' | 'pending' | 'delivered' | 'dropped' | 'failed';
  readonly attempts: { at: number; status?: number; error?: string }[];
}

export interface HookCounts {
  /** Requests. */
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

export class HookLog {
  private records: HookRecord[] = [];
  private nextId = 1;

  add(app_id: string, elements: readonly HookElement[], body: string, made_at: number): HookRecord {
    const told = elements.map(({ body: _body, ...element }) => element);
    const record: HookRecord = { id: this.nextId++, app_id, elements: told, body, made_at, faults: [], fate: 'pending', attempts: [] };
    this.records.push(record);
    if (this.records.length > KEPT * 1.2) this.records = this.records.slice(-KEPT);
    return record;
  }

  byId(id: number): HookRecord | undefined {
    return this.records[id - (this.records[0]?.id ?? 1)];
  }

  /** @param filter `troubled`: only what had a fault put on it or was tried more than once */
  select(
    filter: { psid?: string | undefined; kind?: string | undefined; mid?: string | undefined; troubled?: boolean | undefined },
    limit: number,
  ): HookRecord[] {
    return this.records
      .filter(
        (record) =>
          (!filter.troubled || record.faults.length > 0 || record.attempts.length > 1) &&
          record.elements.some(
            (element) =>
              (!filter.psid || element.psid === filter.psid) &&
              (!filter.kind || element.kind === filter.kind) &&
              (!filter.mid || element.mid === filter.mid),
          ),
      )
      .slice(-limit);
  }

  clear(): void {
    this.records = [];
    this.nextId = 1;
  }
}
