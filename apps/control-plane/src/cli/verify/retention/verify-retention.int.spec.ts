import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { KEPT, LIMITS } from '@baton/persistence/retention';
import type { Limit, RetentionSchema } from '@baton/persistence/retention';
import type pg from 'pg';
import { runBaton } from '../../run-baton.js';
import { retentionBench } from './testing/retention-bench.js';
import type { Look, RetentionBench } from './testing/retention-bench.js';

const DAY = 86_400_000;
const ago = (days: number): Date => new Date(Date.now() - days * DAY);
const lineOf = (said: string, name: string): string | undefined => said.split('\n').find((line) => line.includes(` ${name} `));

describe('whether what should be gone is gone', () => {
  let bench: RetentionBench;
  let client: pg.Client;
  let deliveries: string;
  beforeAll(async () => {
    bench = await retentionBench();
    client = bench.client;
    deliveries = bench.topic('deliveries');
  }, 120_000);
  afterAll(() => bench.close());
  const look = (how?: Look) => bench.look(how);

  it('a healthy system is quiet, and every limit was looked at', async () => {
    await client.query("INSERT INTO orchestrator.inbox (consumer, id) VALUES ('a', 'young')");
    const { code, said } = await look();
    expect([code, said]).toEqual([0, expect.not.stringMatching(/OVER|\?/)]);
    const limits = Object.values(LIMITS).flatMap((of) => Object.keys(of)).length;
    expect(said).toContain(`All ${limits + bench.topicsByAge} limits are kept.`);
    expect(lineOf(said, 'orchestrator.inbox')).toMatch(/^ {2}ok .*: 9 d; the oldest is .*s old$/);
    expect(lineOf(said, deliveries)).toMatch(
      /^ {2}ok .*7 d, at most 8 d with its segment; its oldest record is .* old and may stay until 20/,
    );
    expect(lineOf(said, bench.topic('settings'))).toMatch(/^ {2}kept .*on purpose/);
    expect(lineOf(said, 'workspaces')).toMatch(/^ {2}kept .*none limits/);
  }, 60_000);

  it('each table of the services has a limit or is kept on purpose, and none of them is made up', async () => {
    const { rows } = await client.query<{ schema: RetentionSchema; name: string }>(
      `SELECT table_schema AS schema, table_name AS name FROM information_schema.tables
       WHERE table_schema = ANY($1) AND table_type = 'BASE TABLE'`,
      [Object.keys(LIMITS)],
    );
    const said = (Object.keys(LIMITS) as RetentionSchema[]).flatMap((schema) => {
      const limited = (Object.values(LIMITS[schema]) as Limit[]).map(({ table }) => table);
      return [...new Set([...limited, ...Object.keys(KEPT[schema])])].map((table) => `${schema}.${table}`);
    });
    expect(rows.map(({ schema, name }) => `${schema}.${name}`).sort()).toEqual(said.sort());
  });

  describe('a row that stands too long', () => {
    const planted: string[] = [];
    afterEach(async () => {
      for (const statement of planted.splice(0)) await client.query(statement);
    });

    it.each<[string, string, number, string, RegExp]>([
      ['orchestrator.inbox', `(consumer, id, at) VALUES ('a', 'old', $1)`, 9.1, '9 d', /1 row is past it, the oldest by 2 h/],
      [
        'orchestrator.judged_facts',
        `(conversation_id, at, decided) VALUES (gen_random_uuid(), $1, '[]')`,
        8.1,
        '7 d (JUDGED_DAYS)',
        /1 row is past it, the oldest by 1 d/,
      ],
      [
        'orchestrator.judged_policies',
        `(id, day, policy) VALUES ('p', $1::timestamptz::date, '{}')`,
        10,
        '7 d (JUDGED_DAYS)',
        /1 row is past it/,
      ],
      [
        'ai_auto_reply.talks',
        `(conversation_id, bot_id, channel, state, updated_at) VALUES (gen_random_uuid(), 'b', 'webchat', '{}', $1)`,
        31,
        '30 d (SESSION_DAYS)',
        /1 row is past it, the oldest by 1 d/,
      ],
      ['control_plane.looks', `(at, snapshot) VALUES ($1, '{}')`, 1.1, '1 d', /1 row is past it, the oldest by 2 h/],
      [
        'control_plane.audit',
        `(entry_id, at, workspace_id, author, action, target, details) VALUES (gen_random_uuid(), $1, 'w', '{}', 'a', '{}', '{}')`,
        401,
        '400 d (AUDIT_DAYS)',
        /1 row is past it, the oldest by 1 d/,
      ],
    ])(
      'in %s is found',
      async (table, insert, days, limit, says) => {
        planted.push(`DELETE FROM ${table}`);
        await client.query(`INSERT INTO ${table} ${insert}`, [ago(days)]);
        const { code, said } = await look();
        expect(code).toBe(1);
        const line = said.split('\n').filter((one) => one.includes(table) && one.startsWith('  OVER'));
        expect(line).toEqual([expect.stringMatching(says)]);
        expect(line[0]).toContain(limit);
        expect(said).toContain(`Kept too long: ${table}.`);
      },
      30_000,
    );

    it('is told by the limit that the installation has', async () => {
      planted.push('DELETE FROM orchestrator.judged_facts');
      await client.query("INSERT INTO orchestrator.judged_facts (conversation_id, at, decided) VALUES ($1, $2, '[]')", [
        randomUUID(),
        ago(8.1),
      ]);
      expect(await look({ env: { JUDGED_DAYS: '20' } })).toMatchObject({ code: 0 });
    }, 30_000);

    it('is none while its job may still come by', async () => {
      planted.push('DELETE FROM orchestrator.inbox');
      await client.query("INSERT INTO orchestrator.inbox (consumer, id, at) VALUES ('a', 'due', $1)", [ago(9 + 5 / 1_440)]);
      expect(await look()).toMatchObject({ code: 0 });
    }, 30_000);

    it('is a whole conversation where nobody spoke, and for ever where 0 says so', async () => {
      planted.push('DELETE FROM dispatcher.log', 'DELETE FROM dispatcher.conversations');
      const id = randomUUID();
      await client.query(
        "INSERT INTO dispatcher.conversations (id, bot_id, channel, address, next_seq) VALUES ($1, 'b', 'webchat', 'a', 2)",
        [id],
      );
      await client.query("INSERT INTO dispatcher.log (conversation_id, seq, kind, frame, at) VALUES ($1, 1, 'message', '{}', $2)", [
        id,
        ago(401),
      ]);
      const { code, said } = await look();
      expect([code, lineOf(said, 'dispatcher.log')]).toEqual([1, expect.stringMatching(/400 d \(LOG_RETENTION_DAYS\); 1 row is past it/)]);
      const forEver = await look({ env: { LOG_RETENTION_DAYS: '0' } });
      expect([forEver.code, lineOf(forEver.said, 'dispatcher.log')]).toEqual([0, expect.stringMatching(/^ {2}kept .*for ever/)]);
    }, 30_000);
  });

  describe('a topic', () => {
    it('whose retention somebody made longer is named, with what to do', async () => {
      await bench.admin.alterSettings(deliveries, { 'retention.ms': String(30 * DAY) });
      const { code, said } = await look({ args: ['--json'] });
      await bench.admin.alterSettings(deliveries, { 'retention.ms': String(7 * DAY) });
      const { verdict, findings } = JSON.parse(said) as { verdict: string; findings: { verdict: string; name: string; todo?: string }[] };
      expect([code, verdict]).toEqual([1, 'overstays']);
      expect(findings.filter((one) => one.verdict === 'overstays')).toEqual([
        expect.objectContaining({ name: deliveries, todo: 'npm run topics -- apply --alter-settings' }),
      ]);
    }, 30_000);

    it('whose oldest record outlived retention and segment is named; until then it may lawfully stay', async () => {
      const within = await look({ now: ago(-7.5) });
      expect(lineOf(within.said, deliveries)).toMatch(/^ {2}ok .*oldest record is 7 d 12 h old and may stay until/);
      const over = await look({ now: ago(-9) });
      expect(over.code).toBe(1);
      expect(lineOf(over.said, deliveries)).toMatch(/^ {2}OVER .*oldest record is 9 d old/);
    }, 30_000);
  });

  describe('conversations', () => {
    const document = (kind: string, id: string, body: object | null) =>
      client.query(
        `INSERT INTO control_plane.documents (kind, id, workspace_id, version, body, changed_at, changed_by) VALUES ($1, $2, 'acme', 1, $3, now(), '{}')`,
        [kind, id, body && JSON.stringify(body)],
      );
    const conversation = (botId: string, days: number, floor = 'bot') =>
      client.query(
        `INSERT INTO orchestrator.conversations (id, bot_id, channel, address, floor, epoch, state, updated_at)
         VALUES (gen_random_uuid(), $1, 'webchat', 'a', $2, 0, '{}', $3)`,
        [botId, floor, ago(days)],
      );

    it('older than their workspace keeps them are counted; an agent’s are not, those of bots that are gone are', async () => {
      await document('workspace', 'acme', { retention: { conversationDays: 30 } });
      await document('bot', 'here', { botId: 'here' });
      await document('bot', 'gone', null);
      await conversation('here', 29);
      await conversation('here', 40, 'human');
      await conversation('other', 400);
      const quiet = await look();
      expect([quiet.code, lineOf(quiet.said, 'acme')]).toEqual([0, expect.stringMatching(/30 d after the last word; nothing is older/)]);
      await conversation('here', 31);
      await conversation('gone', 32);
      await conversation('gone', 33, 'agent');
      const { code, said } = await look();
      expect([code, lineOf(said, 'acme')]).toEqual([
        1,
        expect.stringMatching(/OVER .*older are 3 conversations at escalation-orchestrator, the oldest by 3 d/),
      ]);
    }, 30_000);
  });

  describe('what cannot be looked at is no good news', () => {
    it.each<[string, () => Look, RegExp]>([
      [
        'no Postgres',
        () => ({ env: { DATABASE_URL: 'postgres://baton:hushhush@127.0.0.1:1/baton' } }),
        /127\.0\.0\.1:1\/baton .*ECONNREFUSED/,
      ],
      ['a database without services', () => ({ env: { DATABASE_URL: process.env['DATABASE_URL']! } }), /name its database with --database/],
      [
        'no topics',
        () => ({ env: { KAFKA_TOPIC_PREFIX: 'nobodys' } }),
        /nobodys\.deliveries\.v1 .*is missing, or this user may not see it/,
      ],
    ])(
      '%s',
      async (_, given, says) => {
        await client.query('DELETE FROM orchestrator.conversations');
        const { code, said } = await look(given());
        expect([code, said]).toEqual([69, expect.stringMatching(says)]);
        expect(said).toMatch(/not all was seen\. Not looked at: /);
        expect(said).not.toContain('hushhush');
      },
      30_000,
    );

    it('a table that this user may not read', async () => {
      await client.query('ALTER TABLE dispatcher.hosted_files RENAME TO elsewhere');
      const { code, said } = await look();
      await client.query('ALTER TABLE dispatcher.elsewhere RENAME TO hosted_files');
      expect([code, said]).toEqual([
        69,
        expect.stringMatching(/dispatcher in .* cannot be looked at: relation "hosted_files" does not exist/),
      ]);
      expect(lineOf(said, 'ai_auto_reply.talks')).toMatch(/^ {2}ok/);
    }, 30_000);

    it('a service that is not installed is left out by name', async () => {
      await client.query('ALTER SCHEMA ai_auto_reply RENAME TO elsewhere');
      const missing = await look();
      const without = await look({ args: ['--without', 'ai-auto-reply'] });
      await client.query('ALTER SCHEMA elsewhere RENAME TO ai_auto_reply');
      expect([missing.code, without.code]).toEqual([69, 0]);
    }, 30_000);

    it('wrong words and settings are told', async () => {
      expect(await look({ args: ['--now'] })).toMatchObject({ code: 64, complained: expect.stringContaining('--now') });
      expect(await look({ env: { AUDIT_DAYS: 'many' } })).toMatchObject({
        code: 64,
        complained: expect.stringContaining('AUDIT_DAYS is wrong'),
      });
    });
  });

  it('is a word of baton', async () => {
    const said: string[] = [];
    const terminal = { say: (text: string) => void said.push(text), complain: () => undefined, ask: undefined, hasColours: false };
    expect([await runBaton(['verify-retention', '--help'], {}, terminal), said[0]]).toEqual([0, expect.stringContaining('--without')]);
  });
});
