import { createDataSource, runMigrations } from '@baton/persistence';
import { freshDatabase } from '@baton/testing';
import type { FreshDatabase } from '@baton/testing';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { migrations, SCHEMA } from '../database/index.js';
import { Privacy } from './privacy.js';

const COUNT = 450;
const ADA = { by: 'email', value: 'ada@many.example.test' } as const;

let database: FreshDatabase;
let dataSource: DataSource;
beforeAll(async () => {
  database = await freshDatabase(process.env['DATABASE_URL']!);
  const of = { url: database.url, schema: SCHEMA, applicationName: 'test' };
  await runMigrations({ ...of, migrations });
  dataSource = await createDataSource(of).initialize();
}, 30_000);
afterAll(async () => {
  await dataSource.destroy();
  await database.drop();
});

it('somebody with more sessions than fit on a page is found whole, each of them once', async () => {
  await dataSource.query(
    `INSERT INTO inbox_sessions (session_id, website_id, bot_id, workspace_id, state, epoch, session, touched_at)
     SELECT 'session_' || gen_random_uuid(), '11111111-2222-4333-8444-555555555555', 'demo', 'acme', 'bot', 0,
       jsonb_build_object('lines', '[]'::jsonb, 'visitor', jsonb_build_object('emails', jsonb_build_array($2::text))), now()
     FROM generate_series(1, $1::integer)`,
    [COUNT, ADA.value],
  );
  const privacy = new Privacy(dataSource, { botIdsOf: () => [] }, { of: () => null });
  const found: string[] = [];
  const sizes: number[] = [];
  let after: string | undefined;
  do {
    const page = await privacy.find('acme', ADA, after);
    found.push(...page.sessions.map(({ sessionId }) => sessionId));
    sizes.push(page.sessions.length);
    after = page.next;
  } while (after !== undefined);
  expect(sizes).toEqual([200, 200, 50]);
  expect(new Set(found).size).toBe(COUNT);
});
