import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Effects } from '@baton/effects';
import { createDataSource, runMigrations } from '@baton/persistence';
import { freshDatabase } from '@baton/testing';
import type { FreshDatabase } from '@baton/testing';
import type { DataSource } from 'typeorm';
import { entities, migrations, SCHEMA } from '../database/index.js';
import { NOON, uuid } from '../testing/deliveries.js';
import { Personas } from './out/personas.js';
import { SendsStore } from './out/sends.store.js';
import { TidyMessenger } from './tidy-messenger.js';

const DAY_MS = 86_400_000;
const daysBefore = (days: number): Date => new Date(NOON.getTime() - days * DAY_MS);

describe('what was sent in Messenger long ago', () => {
  let database: FreshDatabase;
  let dataSource: DataSource;

  beforeAll(async () => {
    database = await freshDatabase(process.env['DATABASE_URL']!, 'dispatcher_tidy');
    await runMigrations({ url: database.url, schema: SCHEMA, migrations, applicationName: 'test' });
    dataSource = createDataSource({ url: database.url, schema: SCHEMA, entities, applicationName: 'test' });
    await dataSource.initialize();
  }, 30_000);
  afterAll(async () => {
    await dataSource.destroy();
    await database.drop();
  });

  const count = async (table: string): Promise<number> => (await dataSource.query(`SELECT 1 FROM ${table}`)).length;

  it('is forgotten with its parts, and what may still be asked for is kept', async () => {
    const store = new SendsStore(dataSource);
    const message = (n: number, days: number) => ({
      conversationId: uuid(1),
      messageId: uuid(n),
      author: { kind: 'agent' as const },
      epoch: 0,
      withdrawable: false,
      plannedAt: daysBefore(days),
    });
    const part = (n: number, nth: number) => ({
      conversationId: uuid(1),
      messageId: uuid(n),
      part: nth,
      seq: n,
      content: { text: 'words' },
    });
    await store.add(dataSource.manager, [message(2, 31), message(3, 29)], [part(2, 0), part(2, 1), part(3, 0)]);
    await dataSource.query(`INSERT INTO messenger_elsewhere VALUES ($1, 'old', $2), ($1, 'new', $3)`, [
      uuid(1),
      daysBefore(10),
      daysBefore(8),
    ]);
    const effects = new Effects({ dataSource, instanceId: 'test', kinds: {} });
    const pages = { areKnown: false, anyOf: () => undefined };
    await new TidyMessenger(dataSource, effects, new Personas(dataSource), pages).run(NOON);
    expect([await count('messenger_messages'), await count('messenger_parts'), await count('messenger_elsewhere')]).toEqual([1, 1, 1]);
    expect((await store.open(dataSource.manager, uuid(1))).map(({ messageId }) => messageId)).toEqual([uuid(3)]);
  });
});
