import type { DataSource } from 'typeorm';

/** Today's calls of each token: rows are only ever added to, by every replica in the order of their names, so that nobody waits in a circle. */
const ADD_UP = `
  WITH told AS (
    SELECT token_id, made FROM unnest($2::text[], $3::bigint[]) AS t(token_id, made)
  ), added AS (
    INSERT INTO crisp_calls AS c (token_id, day, calls)
    SELECT token_id, $1::date, made FROM told WHERE made > 0 ORDER BY token_id
    ON CONFLICT (token_id, day) DO UPDATE SET calls = c.calls + excluded.calls
    RETURNING token_id, calls
  )
  SELECT token_id, calls FROM added
  UNION ALL
  SELECT c.token_id, c.calls FROM crisp_calls c JOIN told USING (token_id) WHERE told.made = 0 AND c.day = $1::date`;

interface Count {
  /** What all replicas had made when it was asked last. */
  shared: number;
  /** What this one has made since. */
  unsaved: number;
}

/** How many calls each token made today (UTC), by all replicas together; what the others made is known a few seconds later. */
export class CallCounts {
  private readonly counts = new Map<string, Count>();
  private day = '';

  constructor(
    private readonly dataSource: DataSource,
    /** ms */
    private readonly now: () => number,
  ) {}

  add(tokenId: string): void {
    this.of(tokenId).unsaved += 1;
  }

  today(tokenId: string): number {
    const { shared, unsaved } = this.of(tokenId);
    return shared + unsaved;
  }

  /** One statement for all tokens that were asked for today; what could not be written is kept. */
  async share(): Promise<void> {
    this.turnDay();
    const { day } = this;
    const told = [...this.counts].map(([tokenId, count]) => ({ tokenId, count, made: count.unsaved }));
    if (told.length === 0) return;
    for (const { count, made } of told) count.unsaved -= made;
    try {
      const rows: { token_id: string; calls: string }[] = await this.dataSource.query(ADD_UP, [
        day,
        told.map(({ tokenId }) => tokenId),
        told.map(({ made }) => made),
      ]);
      for (const { token_id: tokenId, calls } of rows) if (day === this.day) this.of(tokenId).shared = Number(calls);
    } catch (error) {
      for (const { count, made } of told) count.unsaved += made;
      throw error;
    }
  }

  private of(tokenId: string): Count {
    this.turnDay();
    let count = this.counts.get(tokenId);
    if (!count) this.counts.set(tokenId, (count = { shared: 0, unsaved: 0 }));
    return count;
  }

  /** Calls of the last seconds of a day that were not written by then are counted for none: it is over. */
  private turnDay(): void {
    const day = new Date(this.now()).toISOString().slice(0, 10);
    if (day === this.day) return;
    this.day = day;
    this.counts.clear();
  }
}
