import { createDataSource, runMigrations } from '@baton/persistence';
import { freshDatabase } from '@baton/testing';
import type { FreshDatabase } from '@baton/testing';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { migrations, SCHEMA } from '../schema/index.js';
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

it('somebody with more conversations than fit on a page is found whole, each of them once', async () => {
  await dataSource.query(
    `INSERT INTO conversations (id, bot_id, channel, address, floor, epoch, state)
     SELECT gen_random_uuid(), 'demo', 'webchat', 'visitor-' || n, 'bot', 0, jsonb_build_object('userData', jsonb_build_object('email', $2::text))
     FROM generate_series(1, $1::integer) AS n`,
    [COUNT, ADA.value],
  );
  const settings = { botIdsOf: () => ['demo'] } as never;
  const privacy = new Privacy({ dataSource, settings, connections: { of: () => undefined } as never });
  const found: string[] = [];
  const sizes: number[] = [];
  let after: string | undefined;
  do {
    const page = await privacy.find('acme', ADA, after);
    found.push(...page.conversations.map(({ conversationId }) => conversationId));
    sizes.push(page.conversations.length);
    after = page.next;
  } while (after !== undefined);
  expect(sizes).toEqual([200, 200, 50]);
  expect(new Set(found).size).toBe(COUNT);
});
