import type { KafkaAdmin } from '@baton/messaging/kafka';
import type pg from 'pg';
import { logFigures } from './topic-logs.js';

/** Counters of both servers at one moment. */
export interface Counters {
  readonly transactions: number;
  readonly walBytes: number;
  readonly tables: ReadonlyMap<
    string,
    { readonly inserted: number; readonly updated: number; readonly deleted: number; readonly bytes: number }
  >;
  /** Records by topic, without prefix. */
  readonly records: ReadonlyMap<string, number>;
  /** Bytes and batches in the log, by topic; empty where the broker's disk is not ours. */
  readonly logs: ReadonlyMap<string, { readonly bytes: number; readonly batches: number }>;
}

/** What one message costs at both servers. */
export interface Costs {
  readonly transactions: number;
  readonly walBytes: number;
  /** `rows` were inserted; `bytes` is what the table and its indexes grew, `changes` all inserts, updates and deletes. */
  readonly tables: Readonly<Record<string, { readonly rows: number; readonly changes: number; readonly bytes: number }>>;
  readonly topics: Readonly<Record<string, { readonly records: number; readonly bytes: number; readonly batches: number }>>;
}

export interface CountedAt {
  readonly database: pg.Client;
  readonly admin: KafkaAdmin;
  readonly prefix: string;
  /** Where Kafka's data lie, when they lie on this machine. */
  readonly kafkaDirectory: string | undefined;
}

export async function readCounters({ database, admin, prefix, kafkaDirectory }: CountedAt): Promise<Counters> {
  const {
    rows: [whole],
  } = await database.query<{ transactions: string; wal: string }>(
    `SELECT xact_commit AS transactions, pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0') AS wal FROM pg_stat_database WHERE datname = current_database()`,
  );
  const { rows } = await database.query<Record<'name' | 'inserted' | 'updated' | 'deleted' | 'bytes', string>>(
    `SELECT schemaname || '.' || relname AS name, n_tup_ins AS inserted, n_tup_upd AS updated, n_tup_del AS deleted,
       pg_total_relation_size(relid) AS bytes FROM pg_stat_user_tables`,
  );
  const topics = (await admin.topics()).filter((topic) => topic.startsWith(`${prefix}.`));
  const ends = await Promise.all(topics.map(async (topic) => [topic, await admin.bounds(topic)] as const));
  return {
    transactions: Number(whole?.transactions ?? 0),
    walBytes: Number(whole?.wal ?? 0),
    tables: new Map(
      rows.map(({ name, inserted, updated, deleted, bytes }) => [
        name,
        { inserted: Number(inserted), updated: Number(updated), deleted: Number(deleted), bytes: Number(bytes) },
      ]),
    ),
    records: new Map(
      ends.map(([topic, bounds]) => [topic.slice(prefix.length + 1), bounds.reduce((sum, { end }) => sum + Number(end), 0)]),
    ),
    logs: kafkaDirectory === undefined ? new Map() : await logFigures(kafkaDirectory, prefix),
  };
}

/** The difference of two moments for one message; what did not move is left out. */
export function costsOf(before: Counters, after: Counters, messages: number): Costs {
  const each = (value: number): number => value / Math.max(1, messages);
  const tables = [...after.tables].flatMap(([name, now]) => {
    const then = before.tables.get(name) ?? { inserted: 0, updated: 0, deleted: 0, bytes: 0 };
    const rows = now.inserted - then.inserted;
    const changes = rows + now.updated - then.updated + now.deleted - then.deleted;
    return changes > 0
      ? [[name, { rows: each(rows), changes: each(changes), bytes: each(Math.max(0, now.bytes - then.bytes)) }] as const]
      : [];
  });
  const topics = [...after.records].flatMap(([name, now]) => {
    const records = now - (before.records.get(name) ?? 0);
    const grown = (what: 'bytes' | 'batches'): number => (after.logs.get(name)?.[what] ?? 0) - (before.logs.get(name)?.[what] ?? 0);
    return records > 0 ? [[name, { records: each(records), bytes: each(grown('bytes')), batches: each(grown('batches')) }] as const] : [];
  });
  return {
    transactions: each(after.transactions - before.transactions),
    walBytes: each(after.walBytes - before.walBytes),
    tables: Object.fromEntries(tables),
    topics: Object.fromEntries(topics),
  };
}
