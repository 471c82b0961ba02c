import { TOPICS, topicOnTheWire } from '@baton/contracts';
import { createKafka, readTopic } from '@baton/messaging/kafka';
import pg from 'pg';
import type { Platform } from '../platform/platform.js';

/** All texts of one place where something might stand that does not belong there. */
export interface Evidence {
  /** `table orchestrator.effects`, `topic settings`, `GET dispatcher /metrics` … */
  readonly place: string;
  readonly text: string;
}

/** Every row of every table of a platform's database, or of one schema of it, one place for each table. */
export async function tablesOf(databaseUrl: string, schema?: string): Promise<Evidence[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ schema: string; name: string }>(
      `SELECT table_schema AS schema, table_name AS name FROM information_schema.tables
       WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')
         AND ($1::text IS NULL OR table_schema = $1)`,
      [schema],
    );
    const all: Evidence[] = [];
    for (const { schema, name } of rows) {
      const table = `${client.escapeIdentifier(schema)}.${client.escapeIdentifier(name)}`;
      const held = await client.query<{ row: string }>(`SELECT to_jsonb(t)::text AS row FROM ${table} t`);
      all.push({ place: `table ${schema}.${name}`, text: held.rows.map(({ row }) => row).join('\n') });
    }
    return all;
  } finally {
    await client.end();
  }
}

/** Every record that lies on a platform's topics, one place for each topic, the dead letters included. */
export async function topicsOf({ local, topicPrefix }: Platform): Promise<Evidence[]> {
  const kafka = createKafka({ brokers: local.brokers, clientId: 'security', topicPrefix });
  const names = [...TOPICS.map(({ name }) => name), 'dead-letters' as const];
  return Promise.all(
    names.map(async (name) => {
      const all: string[] = [];
      await readTopic(kafka, topicOnTheWire(name, topicPrefix), ({ key, value, headers }) => {
        const said = Object.entries(headers).map(([header, one]) => `${header}: ${String(one)}`);
        all.push(`${String(key)} ${String(value)} ${said.join(', ')}`);
      });
      return { place: `topic ${name}`, text: all.join('\n') };
    }),
  );
}

/** What the inside says of itself to whoever watches it. */
export async function watchedOf(urls: Readonly<Record<string, string>>): Promise<Evidence[]> {
  const paths = ['/metrics', '/health/live', '/health/ready', '/health/settings?settingId=bot:demo'];
  const asked = Object.entries(urls).flatMap(([service, url]) => paths.map((path) => ({ service, url, path })));
  return Promise.all(
    asked.map(async ({ service, url, path }) => ({ place: `GET ${service} ${path}`, text: await (await fetch(url + path)).text() })),
  );
}

/** Where any of these stands: as it is, and as bytes are written in JSON, dumps and addresses. `what` never says the value. */
export function foundIn(evidence: readonly Evidence[], marked: ReadonlyMap<string, string>): string[] {
  const forms = [...marked].flatMap(([what, value]) =>
    [value, Buffer.from(value).toString('base64').replace(/=+$/, ''), Buffer.from(value).toString('hex'), encodeURIComponent(value)].map(
      (form) => ({ what, form }),
    ),
  );
  return [
    ...new Set(
      evidence.flatMap(({ place, text }) => forms.filter(({ form }) => text.includes(form)).map(({ what }) => `${what} in ${place}`)),
    ),
  ];
}
