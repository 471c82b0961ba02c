import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { BotSettingsSchema, conversationIdOf } from '@baton/contracts';
import { createDataSource, runMigrations } from '@baton/persistence';
import { freshDatabase } from '@baton/testing';
import type { FreshDatabase } from '@baton/testing';
import type { DataSource } from 'typeorm';
import { lanesOf } from '../desk/budget/what-may-be-spent.js';
import { migrations, SCHEMA } from '../schema/index.js';
import { ReadSignals } from './read-signals.js';
import { WebsiteHooks } from './website-hooks.js';

const WEBSITE = '11111111-2222-4333-8444-555555555555';
const OTHER = '11111111-2222-4333-8444-666666666666';
const NOW = Date.parse('2026-03-01T12:00:00.000Z');

const botOf = (botId: string, workspaceId: string, websiteId: string) =>
  BotSettingsSchema.parse({
    ...{ botId, workspaceId, name: 'Bot' },
    crisp: {
      websiteId,
      tier: 'plugin',
      apiUrl: 'http://127.0.0.1:9',
      tokenId: `token-${botId}`,
      tokenKey: 'sealed:v1:crisp:a.b.c',
      hookSecrets: [],
      callsPerDay: 1_000,
    },
  });

describe('what the orchestrator tells the control plane', () => {
  let database: FreshDatabase;
  let dataSource: DataSource;
  let hooks: WebsiteHooks;
  let signals: ReadSignals;
  const made: string[] = [];

  beforeAll(async () => {
    database = await freshDatabase(process.env['DATABASE_URL']!);
    await runMigrations({ url: database.url, schema: SCHEMA, migrations, applicationName: 'test' });
    dataSource = await createDataSource({ url: database.url, schema: SCHEMA, applicationName: 'test' }).initialize();
  });
  beforeEach(() => {
    const bots = [botOf('demo', 'acme', WEBSITE), botOf('other', 'zeta', OTHER)];
    hooks = new WebsiteHooks(dataSource, { warn: () => undefined });
    signals = new ReadSignals({
      dataSource,
      hooks,
      settings: { bots: () => bots, freshAt: new Date(NOW) } as never,
      effects: { sickTargets: [`crisp:${WEBSITE}`] } as never,
      spending: {
        accountOf: () => ({ used: 850, perDay: 1_000, quietUntil: 0 }),
        madeElsewhere: (token: string) => made.push(token),
      } as never,
      now: () => NOW,
    });
  });
  afterAll(async () => {
    await dataSource.destroy();
    await database.drop();
  });

  it('is when web hooks came and what none had told, by all replicas, the newest', async () => {
    const replica = new WebsiteHooks(dataSource, { warn: () => undefined });
    hooks.came(WEBSITE, NOW - 60_000);
    replica.came(WEBSITE, NOW - 90_000);
    hooks.wasMissed(WEBSITE, NOW - 30_000);
    replica.wasMissed(WEBSITE, NOW - 40_000);
    replica.came(OTHER, NOW);
    await Promise.all([hooks.write(), replica.write()]);
    expect((await signals.of('acme')).websites).toEqual([
      {
        websiteId: WEBSITE,
        lastHookAt: new Date(NOW - 60_000).toISOString(),
        lastMissedAt: new Date(NOW - 30_000).toISOString(),
        missed: 2,
      },
    ]);
  });

  it('is what waits at the workspace’s websites, and what is left out of their calls', async () => {
    await dataSource.query(
      `INSERT INTO effects (id, lane, target, kind, payload, on_doubt, budget, planned_at, in_doubt) VALUES
         (gen_random_uuid(), 'a', $1, 'post-note', '{}', 'drop', 0, now() - interval '10 minutes', true),
         (gen_random_uuid(), 'b', $2, 'post-note', '{}', 'drop', 0, now(), false)`,
      [`crisp:${WEBSITE}`, `crisp:${OTHER}`],
    );
    const told = await signals.of('acme');
    expect(told.targets).toMatchObject([{ target: `crisp:${WEBSITE}`, open: 1, inDoubt: 1, isSick: true }]);
    expect(told.targets![0]!.oldestSeconds).toBeGreaterThan(590);
    expect(told.quotas).toMatchObject([{ websiteIds: [WEBSITE], used: 850, limit: 1_000, quietUntil: null }]);
    expect(told.quotas![0]!.lanes!.filter(({ isLeftOut }) => isLeftOut).map(({ lane }) => lane)).toEqual(['marks', 'typing']);
  });

  it('is whose conversations are, to who asks for the right workspace', async () => {
    const id = conversationIdOf({ botId: 'demo', channel: 'webchat', address: 'ada' });
    await dataSource.query(
      `INSERT INTO conversations (id, bot_id, channel, address, floor, epoch, state) VALUES ($1, 'demo', 'webchat', 'ada', 'bot', 1, '{}')`,
      [id],
    );
    await dataSource.query(
      `INSERT INTO crisp_sessions (session_id, website_id, conversation_id, bot_id, handover_id) VALUES ('session_1', $1, $2, 'demo', gen_random_uuid())`,
      [WEBSITE, id],
    );
    expect(await signals.owners('acme', { conversationIds: [], sessionIds: ['session_1'] })).toEqual({
      conversations: [{ conversationId: id, botId: 'demo', sessionIds: ['session_1'] }],
    });
    expect(await signals.owners('zeta', { conversationIds: [id], sessionIds: ['session_1'] })).toEqual({ conversations: [] });
  });

  it('counts calls that the control plane made with a token of that workspace, and no other', () => {
    signals.callsMade('acme', { botId: 'demo', calls: 1 });
    signals.callsMade('acme', { botId: 'other', calls: 1 });
    expect(made).toEqual(['token-demo']);
  });
});

describe('the lanes of a day’s calls', () => {
  it.each([
    [700, []],
    [800, ['marks', 'typing']],
    [950, ['notes', 'marks', 'typing']],
  ])('of 1,000, %d leave out %j', (used, out) => {
    expect(
      lanesOf({ used, perDay: 1_000, quietUntil: 0 }, NOW)
        .filter(({ isLeftOut }) => isLeftOut)
        .map(({ lane }) => lane),
    ).toEqual(out);
  });
});
