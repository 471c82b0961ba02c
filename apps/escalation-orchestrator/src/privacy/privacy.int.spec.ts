import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@baton/testing';
import { Stage } from '../testing/stage.js';
import { eraseConversations } from './erase-conversations.js';
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
    const visitor = stage.visitor(`person-${randomUUID()}`);
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

    const needles = [WORD, EMAIL, 'user-17', session];
    expect(await whereIs(needles)).not.toEqual([]);
    expect((await eraseConversations(ds, ['another'], [conversationId], new Date())).rows).toBe(0);
    const at = new Date();
    const { rows, numbering } = await eraseConversations(ds, BOTS, [conversationId], at);
    expect(rows).toBeGreaterThan(3);
    expect(numbering).toMatchObject([{ conversationId }]);
    expect(await whereIs(needles)).toEqual([]);
    expect(await findConversations(ds, BOTS, { by: 'conversation', value: conversationId })).toEqual([]);
    expect(await ds.query('SELECT outcome FROM handovers WHERE conversation_id = $1', [conversationId])).toHaveLength(1);

    await visitor.saidBefore(`${WORD} of before`, new Date(at.getTime() - 1_000));
    await visitor.says('Hello again');
    await eventually(async () => JSON.stringify(await exportConversations(ds, BOTS, [conversationId])).includes('Hello again'), {
      what: 'the visitor being there again',
    });
    expect(await whereIs(needles)).toEqual([]);
    expect((await eraseConversations(ds, BOTS, [conversationId], at)).rows).toBeGreaterThanOrEqual(0);
  }, 60_000);
});
