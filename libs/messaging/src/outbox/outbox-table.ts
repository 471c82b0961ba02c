import type { OutgoingRecord, TopicName } from '@baton/contracts';
import type { DataSource, EntityManager } from 'typeorm';
import { prepared } from '../sql/prepared.js';
import type { OutboxRow } from './streams.js';

/** What stands first of a key. */
export interface Head {
  readonly key: string;
  readonly seq: number;
  readonly claimedBy: string | null;
}

/** A row that was just written. */
export interface WrittenRow extends OutboxRow {
  /** Whether it is ours to send; else whoever sends the older rows of its key goes on with it. */
  readonly claimed: boolean;
}

/** Events that were written and not sent yet, of all replicas. */
export interface Waiting {
  /** 100,000 means that many or more. */
  readonly rows: number;
  /** Since the event at the front happened, in milliseconds; 0 when nothing waits. */
  readonly oldestAgeMs: number;
}

/** Rows taken at once; whoever deletes them goes on with the next. */
const MAX_CLAIM = 1_000;

const INSERT = {
  name: 'baton-outbox-insert',
  text: `WITH input AS (
      SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) WITH ORDINALITY AS t (key, topic, value, headers, n)
    ), open AS (
      SELECT key, max(seq) AS last, bool_or(claimed_by IS DISTINCT FROM $5) AS blocked
      FROM outbox WHERE key IN (SELECT key FROM input) GROUP BY key
    ), written AS (
      INSERT INTO outbox (key, topic, value, headers, claimed_by)
      SELECT i.key, i.topic, i.value, i.headers, CASE WHEN $6 AND NOT coalesce(o.blocked, false) THEN $5 END
      FROM input i LEFT JOIN open o USING (key) ORDER BY i.n
      RETURNING seq, key, claimed_by IS NOT NULL AS claimed
    )
    SELECT w.seq, w.claimed, o.last FROM written w LEFT JOIN open o USING (key) ORDER BY w.seq`,
};

const DELETE = {
  name: 'baton-outbox-delete',
  text: `WITH gone AS (DELETE FROM outbox WHERE seq = ANY ($1::bigint[]) RETURNING key)
    SELECT DISTINCT key FROM outbox WHERE key IN (SELECT key FROM gone) AND claimed_by IS NULL AND seq <> ALL ($1::bigint[])`,
};

const HEADS = {
  name: 'baton-outbox-heads',
  text: 'SELECT DISTINCT ON (key) key, seq, claimed_by FROM outbox WHERE key = ANY ($1) ORDER BY key, seq',
};

const NEGLECTED = {
  name: 'baton-outbox-neglected',
  text: `SELECT key FROM (SELECT key, seq, claimed_by, at FROM outbox ORDER BY seq LIMIT 10 * $3::int) AS oldest
    WHERE at < now() - (CASE WHEN claimed_by IS NULL THEN $2::float8 ELSE $1::float8 END) * interval '1 ms'
    GROUP BY key ORDER BY min(seq) LIMIT $3::int`,
};

/** Counting more than this says nothing more and costs something. */
const COUNTED_ROWS = 100_000;

const WAITING = {
  name: 'baton-outbox-waiting',
  text: `SELECT (SELECT count(*) FROM (SELECT 1 FROM outbox LIMIT ${COUNTED_ROWS}) AS counted) AS rows,
    (SELECT greatest(0, extract(epoch FROM clock_timestamp() - (headers::json ->> 'ce_time')::timestamptz)) * 1000
      FROM outbox ORDER BY seq LIMIT 1) AS age`,
};

const CLAIM = `WITH candidates AS (
    SELECT seq, lag(seq) OVER by_key AS after,
      claimed_by IS NOT DISTINCT FROM $2 AND at >= now() - $3::float8 * interval '1 ms' AS held,
      bool_or(claimed_by <> $2 AND at >= now() - $3::float8 * interval '1 ms') OVER (by_key ROWS UNBOUNDED PRECEDING) AS blocked
    FROM (SELECT * FROM outbox WHERE key = ANY ($1) ORDER BY seq LIMIT $4) AS oldest WINDOW by_key AS (PARTITION BY key ORDER BY seq)
  ), claimed AS (
    UPDATE outbox o SET claimed_by = $2, at = now() FROM candidates c
    WHERE o.seq = c.seq AND NOT c.held AND c.blocked IS NOT TRUE
    RETURNING o.seq, o.key, o.topic, o.value, o.headers, c.after
  )
  SELECT * FROM claimed ORDER BY seq`;

/** The statements of the outbox. Each works on a set; most of the time a batch costs one for writing and one for deleting. */
export class OutboxTable {
  constructor(
    private readonly dataSource: DataSource,
    private readonly me: string,
    /** A claim that was not renewed for so long is void, in milliseconds. */
    private readonly leaseMs: number,
  ) {}

  /**
   * Writes rows in the caller's transaction. A key's rows are claimed when no older row of it waits for somebody else: then this process
   * sends the older ones, too, and knows when they are out.
   * @param claim false leaves them to the sweep
   */
  async insert(manager: EntityManager, records: readonly OutgoingRecord[], claim: boolean): Promise<WrittenRow[]> {
    const written = await prepared<{ seq: string; claimed: boolean; last: string | null }>(manager, INSERT, [
      records.map(({ key }) => key),
      records.map(({ topic }) => topic),
      records.map(({ value }) => (value === null ? null : value.toString())),
      records.map(({ headers }) => JSON.stringify(headers)),
      this.me,
      claim,
    ]);
    const before = new Map<string, number>();
    return written.map(({ seq, claimed, last }, i) => {
      const record = records[i]!;
      const after = before.get(record.key) ?? (last === null ? undefined : Number(last));
      before.set(record.key, Number(seq));
      return { seq: Number(seq), key: record.key, record, after, claimed };
    });
  }

  /** Deletes rows that are acknowledged, and returns the keys of which rows are left that nobody has claimed. */
  async delete(seqs: readonly number[]): Promise<string[]> {
    const left = await prepared<{ key: string }>(this.dataSource, DELETE, [seqs]);
    return left.map(({ key }) => key);
  }

  async heads(keys: readonly string[]): Promise<Head[]> {
    const rows = await prepared<{ key: string; seq: string; claimed_by: string | null }>(this.dataSource, HEADS, [keys]);
    return rows.map(({ key, seq, claimed_by }) => ({ key, seq: Number(seq), claimedBy: claimed_by }));
  }

  /**
   * Claims the rows of keys, each from its oldest up to the first that another process holds. Claimers of a key take turns, and each sees
   * what the one before did: two must never share a key's unclaimed rows between them.
   */
  async claim(keys: readonly string[]): Promise<OutboxRow[]> {
    return this.dataSource.transaction(async (manager) => {
      await manager.query(
        `SELECT pg_advisory_xact_lock(lock) FROM (
           SELECT DISTINCT hashtextextended('baton outbox ' || key, 0) AS lock FROM unnest($1::text[]) AS key ORDER BY lock
         ) AS locks`,
        [keys],
      );
      const rows: { seq: string; key: string; topic: TopicName; value: string | null; headers: string; after: string | null }[] =
        await manager.query(CLAIM, [keys, this.me, this.leaseMs, MAX_CLAIM]);
      return rows.map(({ seq, key, topic, value, headers, after }) => ({
        seq: Number(seq),
        key,
        record: { topic, key, value, headers: JSON.parse(headers) as Record<string, string> },
        after: after === null ? undefined : Number(after),
      }));
    });
  }

  /** Keys with rows that nobody cares for: a claim that ran out, or none for a while. Oldest first. */
  async neglected(unclaimedForMs: number, limit: number): Promise<string[]> {
    const rows = await prepared<{ key: string }>(this.dataSource, NEGLECTED, [this.leaseMs, unclaimedForMs, limit]);
    return rows.map(({ key }) => key);
  }

  /** What waits, whoever wrote it; the oldest one's age is that of its event. */
  async waiting(): Promise<Waiting> {
    const [found] = await prepared<{ rows: string; age: string | null }>(this.dataSource, WAITING, []);
    return { rows: Number(found?.rows ?? 0), oldestAgeMs: Number(found?.age ?? 0) };
  }

  async renew(seqs: readonly number[]): Promise<void> {
    await this.dataSource.query('UPDATE outbox SET at = now() WHERE seq = ANY ($1::bigint[]) AND claimed_by = $2', [seqs, this.me]);
  }

  /** Lets go of claims, so that the next sweep of anybody takes the rows. */
  async release(seqs: readonly number[]): Promise<void> {
    await this.dataSource.query("UPDATE outbox SET claimed_by = NULL, at = 'epoch' WHERE seq = ANY ($1::bigint[]) AND claimed_by = $2", [
      seqs,
      this.me,
    ]);
  }
}
