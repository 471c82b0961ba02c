import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { HELD_OF_CONVERSATIONS } from '@baton/persistence/retention';
import { eventually } from '@baton/testing';
import { Stage } from '../testing/stage.js';
import { eraseConversations } from './erase-conversations.js';
import { eraseOld } from './erase-old.js';
import { exportConversations } from './export-conversations.js';
import { findConversations } from './find-conversations.js';

const WORD = 'zanzibarword';
const EMAIL = 'ada@privacy.example.test';
const BOTS = ['demo'];

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.build();
  await stage.replica();
}, 120_000);
afterAll(() => stage.close(), 30_000);

/** Every table and column in which any of these stands. */
async function whereIs(needles: readonly string[]): Promise<string[]> {
  const columns: { table: string; column: string }[] = await stage.dataSource.query(
    `SELECT table_name AS table, column_name AS column FROM information_schema.columns WHERE table_schema = 'orchestrator'`,
  );
  const found: string[] = [];
  for (const { table, column } of columns) {
    const [{ n }]: [{ n: number }] = await stage.dataSource.query(
      `SELECT count(*)::integer AS n FROM orchestrator."${table}" WHERE "${column}"::text ILIKE ANY ($1)`,
      [needles.map((needle) => `%${needle}%`)],
    );
    if (n > 0) found.push(`${table}.${column}`);
  }
  return found;
}

describe('one person', () => {
  it('is found by what he is known by, exported whole, and erased from every table; what came before never comes back', async () => {
    const name = `person-${randomUUID()}`;
    const visitor = stage.visitor(name);
    const { conversationId } = visitor;
    await visitor.says(`Where is my ${WORD}?`);
    await visitor.getsToAgents({ user_data: { email: EMAIL, id: 'user-17' } });
    await visitor.says(`My ${WORD}, please`);
    const ds = stage.dataSource;
    await eventually(
      async () =>
        ((await ds.query(`SELECT count(*)::integer AS n FROM effects WHERE state IN ('planned', 'in-doubt')`)) as [{ n: number }])[0].n ===
        0,
      { what: 'Crisp having everything' },
    );
    for (const person of [
      { by: 'email', value: EMAIL.toUpperCase() },
      { by: 'user-id', value: 'user-17' },
      { by: 'conversation', value: conversationId },
    ] as const) {
      expect(await findConversations(ds, BOTS, person)).toMatchObject([{ conversationId }]);
      expect(await findConversations(ds, ['another'], person)).toEqual([]);
    }
    const [found] = await findConversations(ds, BOTS, { by: 'email', value: EMAIL });
    const session = found!.crispSessions[0]!.sessionId;
    expect(await findConversations(ds, BOTS, { by: 'crisp-session', value: session })).toMatchObject([{ conversationId }]);
    expect(JSON.stringify(await exportConversations(ds, BOTS, [conversationId]))).toContain(WORD);

    const needles = [WORD, EMAIL, 'user-17', session, name];
    expect(await whereIs(needles)).not.toEqual([]);
    expect((await eraseConversations(ds, ['another'], [conversationId], new Date())).rows).toBe(0);
    const at = new Date();
    const { rows, numbering } = await eraseConversations(ds, BOTS, [conversationId], at);
    expect(rows).toBeGreaterThan(3);
    expect(numbering).toMatchObject([{ conversationId }]);
    expect(await whereIs(needles)).toEqual([]);
    expect(await findConversations(ds, BOTS, { by: 'conversation', value: conversationId })).toEqual([]);
    expect(await ds.query('SELECT outcome FROM handovers WHERE conversation_id = $1', [conversationId])).toHaveLength(1);

    const judged = async () => ((await ds.query('SELECT count(*)::integer AS n FROM inbox')) as [{ n: number }])[0].n;
    const before = await judged();
    await visitor.saidBefore(`${WORD} of before`, new Date(at.getTime() - 1_000));
    await eventually(async () => (await judged()) > before, { what: 'the late words being judged' });
    expect(await whereIs(needles)).toEqual([]);
    await visitor.says('Hello again');
    await eventually(async () => JSON.stringify(await exportConversations(ds, BOTS, [conversationId])).includes('Hello again'), {
      what: 'the visitor being there again',
    });
    expect(await whereIs([WORD, EMAIL, 'user-17', session])).toEqual([]);
    expect(await findConversations(ds, BOTS, { by: 'conversation', value: conversationId })).toMatchObject([{ conversationId, lines: 1 }]);
    await eraseConversations(ds, BOTS, [conversationId], new Date());
    expect(await whereIs(['Hello again', name])).toEqual([]);
  }, 60_000);
});

describe('what a workspace keeps no longer', () => {
  const DAY = 86_400_000;
  const NOW = Date.now() + 400 * DAY;
  /** Of acme a bot was taken away. */
  const bots: Record<string, string[]> = { acme: ['demo', 'gone'], rival: ['rival-bot'] };
  const keeping = (days: number | undefined) => ({
    workspaceIds: () => Object.keys(bots),
    botIdsOf: (of: string) => bots[of] ?? [],
    bot: (id: string) => (id === 'gone' ? undefined : ({ botId: id } as never)),
    workspace: (of: string) => ({ retention: of === 'acme' && days !== undefined ? { conversationDays: days } : {} }) as never,
  });

  /** Somebody who said a word so many days ago, and nothing since. */
  async function spoke(days: number, o: { botId?: string; floor?: string } = {}): Promise<string> {
    const visitor = stage.visitor(`person-${randomUUID()}`);
    const { conversationId } = visitor;
    const word = `word-${randomUUID()}`;
    await visitor.says(word);
    await eventually(async () => (await whereIs([word])).includes('transcript_lines.body'), { what: 'his word' });
    await stage.dataSource.query(
      `UPDATE conversations SET updated_at = $2, bot_id = $3, floor = $4, state = jsonb_set(state, '{botId}', to_jsonb($3::text)) WHERE id = $1`,
      [...[conversationId, new Date(NOW - days * DAY), o.botId ?? 'demo', o.floor ?? 'bot']],
    );
    return word;
  }

  it('is erased when it is that old, once; what is younger, with agents, or of another workspace stays', async () => {
    const old = [await spoke(31), await spoke(300, { botId: 'gone' }), await spoke(31, { botId: 'gone', floor: 'agent' })];
    const stay = [await spoke(29), await spoke(31, { botId: 'rival-bot' }), await spoke(31, { floor: 'agent' })];
    expect(await eraseOld(stage.dataSource, keeping(undefined), NOW)).toBe(0);
    for (const word of [...old, ...stay]) expect(await whereIs([word])).not.toEqual([]);
    expect(await eraseOld(stage.dataSource, keeping(30), NOW)).toBe(3);
    for (const word of old) expect(await whereIs([word])).toEqual([]);
    for (const word of stay) expect(await whereIs([word])).not.toEqual([]);
    expect(await eraseOld(stage.dataSource, keeping(30), NOW)).toBe(0);
  }, 60_000);

  it('stays when its visitor came back after it was found', async () => {
    const visitor = stage.visitor(`person-${randomUUID()}`);
    const { conversationId } = visitor;
    await visitor.says('here I am again');
    await eventually(async () => (await linesOf(conversationId)) === 1);
    const { conversations } = HELD_OF_CONVERSATIONS;
    const before = new Date(Date.now() - DAY);
    expect(await eraseConversations(stage.dataSource, BOTS, [conversationId], before, conversations)).toEqual({ rows: 0, numbering: [] });
    expect(await linesOf(conversationId)).toBe(1);
    await eraseConversations(stage.dataSource, BOTS, [conversationId], before);
    expect(await linesOf(conversationId)).toBe(0);
  }, 60_000);

  it('is erased again when its visitor came back in between', async () => {
    const visitor = stage.visitor(`person-${randomUUID()}`);
    const { conversationId } = visitor;
    await visitor.says('first');
    await eventually(async () => (await linesOf(conversationId)) === 1);
    await eraseConversations(stage.dataSource, BOTS, [conversationId], new Date());
    await visitor.says('second');
    await eventually(async () => (await linesOf(conversationId)) === 1, { what: 'the visitor being there again' });
    await stage.dataSource.query('UPDATE conversations SET updated_at = $2 WHERE id = $1', [conversationId, new Date(NOW - 31 * DAY)]);
    expect(await eraseOld(stage.dataSource, keeping(30), NOW)).toBe(1);
    expect(await linesOf(conversationId)).toBe(0);
  }, 60_000);

  async function linesOf(conversationId: string): Promise<number> {
    const rows: unknown[] = await stage.dataSource.query('SELECT 1 FROM transcript_lines WHERE conversation_id = $1', [conversationId]);
    return rows.length;
  }
});
