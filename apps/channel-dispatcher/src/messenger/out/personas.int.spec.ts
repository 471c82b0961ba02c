import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { MessengerConnectionSchema } from '@baton/contracts';
import { MessengerClient } from '@baton/messenger';
import { createDataSource, runMigrations } from '@baton/persistence';
import { freshDatabase } from '@baton/testing';
import type { FreshDatabase } from '@baton/testing';
import type { DataSource } from 'typeorm';
import { entities, migrations, SCHEMA } from '../../database/index.js';
import { NOON } from '../../testing/deliveries.js';
import { Graph } from '../../testing/graph.js';
import type { Fault } from '../../testing/graph.js';
import type { OpenPage } from '../messenger-pages.js';
import { Personas } from './personas.js';

const PAGE = '4400110022';
const MIA = { kind: 'agent', name: 'Mia', avatar: 'https://img.example/mia.png' } as const;
const SEALED = 'sealed:v1:messenger:a.b.c';
const SECOND = 1_000;
const DAY = 86_400 * SECOND;

describe('the persona of an agent', () => {
  let database: FreshDatabase;
  let dataSource: DataSource;
  let graph: Graph;
  let now: number;
  let personas: Personas;

  beforeAll(async () => {
    database = await freshDatabase(process.env['DATABASE_URL']!, 'dispatcher_personas');
    await runMigrations({ url: database.url, schema: SCHEMA, migrations, applicationName: 'test' });
    dataSource = createDataSource({ url: database.url, schema: SCHEMA, entities, applicationName: 'test' });
    await dataSource.initialize();
  }, 30_000);
  beforeEach(async () => {
    graph = await Graph.open();
    now = NOON.getTime();
    personas = new Personas(dataSource, () => new Date(now));
  });
  afterEach(async () => {
    await dataSource.query('DELETE FROM messenger_personas');
    await graph.close();
  });
  afterAll(async () => {
    await dataSource.destroy();
    await database.drop();
  });

  const page = (): OpenPage => ({
    client: new MessengerClient({ pageToken: graph.token, graphUrl: graph.url, graphVersion: 'v25.0' }),
    settings: MessengerConnectionSchema.parse({
      pageId: PAGE,
      appId: '1',
      pageToken: SEALED,
      appSecrets: [SEALED],
      verifyToken: SEALED,
      graphUrl: graph.url,
    }),
    tokenMark: 'mark',
  });
  const ask = (): Promise<string | undefined> => personas.idOf(MIA, PAGE, page(), AbortSignal.timeout(10 * SECOND));
  const asked = (method = 'POST'): number => graph.calls.filter((call) => call.method === method).length;
  const known = (): Promise<unknown[]> => dataSource.query('SELECT 1 FROM messenger_personas');

  it('is made once', async () => {
    const first = await ask();
    expect([first !== undefined, await ask(), asked()]).toEqual([true, first, 1]);
  });

  it.each<[string, Fault]>([
    ['Meta’s servers are sick', { error: { code: 1 }, status: 500 }],
    ['there are too many calls', { error: { code: 613 } }],
    ['the token is dead', { error: { code: 190 }, status: 401 }],
    ['Meta cannot for the moment', { error: { code: 2 } }],
  ])('is tried again soon when %s', async (_why, fault) => {
    graph.fault = () => fault;
    expect([await ask(), await ask(), asked()]).toEqual([undefined, undefined, 1]);
    expect(await known()).toEqual([]);
    graph.fault = () => undefined;
    now += 15 * SECOND;
    expect(await ask()).toBeDefined();
  });

  it.each<[string, Fault]>([
    ['the page may not have any', { error: { code: 200 }, status: 403 }],
    ['the app may not make any', { error: { code: 10 } }],
    ['its picture cannot be had', { error: { code: 100, error_subcode: 2018008 } }],
  ])('is left alone for ten minutes when %s', async (_why, fault) => {
    graph.fault = () => fault;
    await ask();
    graph.fault = () => undefined;
    now += 599 * SECOND;
    expect([await ask(), asked()]).toEqual([undefined, 1]);
    now += SECOND;
    expect(await ask()).toBeDefined();
  });

  describe('with whom nobody spoke for 90 days', () => {
    const pages = () => ({ areKnown: true, anyOf: () => page() });

    it('is taken away, here and at Meta; one that was used is kept', async () => {
      await ask();
      now += 89 * DAY;
      await ask();
      now += 2 * DAY;
      await personas.forgetUnused(pages(), new Date(now));
      expect([(await known()).length, asked('DELETE')]).toEqual([1, 0]);
      now += 89 * DAY;
      await personas.forgetUnused(pages(), new Date(now));
      expect([(await known()).length, asked('DELETE')]).toEqual([0, 1]);
      expect(await ask()).toBeDefined();
    });

    it('is forgotten also when Meta does not take it away', async () => {
      await ask();
      graph.fault = () => ({ error: { code: 190 }, status: 401 });
      now += 91 * DAY;
      await personas.forgetUnused(pages(), new Date(now));
      expect(await known()).toEqual([]);
    });

    it('stays while the settings are still being read', async () => {
      await ask();
      now += 91 * DAY;
      await personas.forgetUnused({ areKnown: false, anyOf: () => undefined }, new Date(now));
      expect((await known()).length).toBe(1);
    });
  });
});
