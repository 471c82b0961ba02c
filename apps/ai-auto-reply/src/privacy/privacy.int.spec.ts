import { randomBytes } from 'node:crypto';
import { newId } from '@baton/contracts';
import { writePass } from '@baton/passes';
import type { Erased, Found, Pass } from '@baton/passes';
import { eventually } from '@baton/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { InFront } from '../bot/testing/in-front.js';
import { SCHEMA } from '../database/index.js';
import { Stage } from '../testing/stage.js';
import { InboxVisitor, WEBSITE } from '../testing/inbox-visitor.js';
import { eraseOld } from './erase-old.js';
import { Privacy } from './privacy.js';

const PASS_KEY = randomBytes(32).toString('base64');
const WORD = 'zanzibarword';
const DAY_MS = 86_400_000;
const NONE = { conversationIds: [], sessionIds: [], numbering: [] };

let stage: Stage;
let front: InFront;
beforeAll(async () => {
  stage = await Stage.build({ assistant: { channels: true } });
  front = await InFront.on(stage);
  await stage.replica({ PASS_KEY });
}, 120_000);
afterAll(async () => {
  await front.stop();
  await stage.close();
}, 30_000);

/** At the inner door. */
async function ask<T>(what: 'find' | 'export' | 'erase', body: object, pass: Partial<Pass> = {}): Promise<{ status: number; body: T }> {
  const whole = { workspaceId: stage.workspaceId, errand: 'privacy', may: 'write', by: 'ada', ...pass } as const;
  const response = await fetch(`${stage.replicas[0]!.url}/inner/v1/privacy/${what}`, {
    method: 'POST',
    headers: { authorization: writePass(PASS_KEY, whole, new Date()), 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as T };
}
const erase = async (of: object, at = new Date(), pass: Partial<Pass> = {}): Promise<Erased> =>
  (await ask<Erased>('erase', { ...NONE, at: at.toISOString(), ...of }, pass)).body;

/** Every table and column in which any of these stands. */
async function whereIs(...needles: readonly string[]): Promise<string[]> {
  const columns: { table: string; column: string }[] = await stage.dataSource.query(
    'SELECT table_name AS table, column_name AS column FROM information_schema.columns WHERE table_schema = $1',
    [SCHEMA],
  );
  const found: string[] = [];
  for (const { table, column } of columns) {
    const rows: unknown[] = await stage.dataSource.query(`SELECT 1 FROM "${table}" WHERE "${column}"::text ILIKE ANY ($1) LIMIT 1`, [
      needles.flatMap((needle) => [`%${needle}%`, `%${Buffer.from(needle).toString('hex')}%`]),
    ]);
    if (rows.length > 0) found.push(`${table}.${column}`);
  }
  return found;
}

describe('a visitor of Crisp’s own chat box', () => {
  it('is found by address or session, exported whole, erased from every table; what was said before never comes back', async () => {
    const email = `ada-${randomBytes(4).toString('hex')}@privacy.example.test`;
    const opened = { website_id: WEBSITE, email, nickname: 'Ada Needle' };
    const visitor = new InboxVisitor(stage, (await stage.crisp<{ session_id: string }>('POST', '/conversations', opened)).session_id);
    await visitor.writes(`How long does shipping take, ${WORD}?`);
    await visitor.isAnswered();
    await visitor.isQuiet();
    const found = { conversations: [], sessions: [{ websiteId: WEBSITE, sessionId: visitor.sessionId, botId: 'demo' }] };
    for (const person of [
      { by: 'email', value: email.toUpperCase() },
      { by: 'crisp-session', value: visitor.sessionId },
    ]) {
      expect((await ask<Found>('find', { person })).body).toMatchObject(found);
      expect((await ask<Found>('find', { person }, { workspaceId: 'rival' })).body.sessions).toEqual([]);
    }
    const of = { conversationIds: [], sessionIds: [visitor.sessionId] };
    const exported = JSON.stringify((await ask('export', of)).body);
    for (const part of [WORD, email, 'working days']) expect(exported).toContain(part);
    expect((await ask('export', of, { workspaceId: 'rival' })).body).toEqual({ talks: [], sessions: [], receipts: [] });

    expect((await ask('erase', { ...NONE, ...of, at: new Date().toISOString() }, { may: 'read' })).status).toBe(403);
    expect(await erase(of, new Date(), { workspaceId: 'rival' })).toMatchObject({ rows: 0, crisp: [] });
    expect(await whereIs(WORD, email)).not.toEqual([]);
    const crispsClock = Math.max(...(await visitor.lines()).map(({ timestamp }) => timestamp));
    const at = new Date(Math.max(Date.now(), crispsClock) + 1);
    const { rows, crisp } = await erase(of, at);
    expect(rows).toBeGreaterThan(2);
    expect(crisp).toEqual([{ websiteId: WEBSITE, sessionId: visitor.sessionId, deleted: false }]);
    expect(await whereIs(WORD, email, 'Ada Needle')).toEqual([]);
    expect((await ask<Found>('find', { person: { by: 'crisp-session', value: visitor.sessionId } })).body.sessions).toEqual([]);

    const before = at.getTime() - 1;
    const late = { type: 'text', from: 'user', origin: 'chat', content: `${WORD} of before`, fingerprint: 4711, timestamp: before };
    const told = { website_id: WEBSITE, event: 'message:send', timestamp: before };
    const whose = { website_id: WEBSITE, session_id: visitor.sessionId, user: { user_id: visitor.sessionId } };
    await stage.send(stage.hookRecord(JSON.stringify({ ...told, data: { ...whose, ...late } })));
    await eventually(() => Date.now() > at.getTime(), { what: 'the time after' });
    await visitor.writes('How can I return an order?');
    expect((await visitor.isAnswered(2)).content).toContain('30 days');
    expect(await whereIs(WORD)).toEqual([]);
    expect((await ask<Found>('find', { person: { by: 'email', value: email } })).body).toMatchObject(found);
  }, 90_000);

  it('stays the agents’ where a handover opened the session or the assistant was switched off', async () => {
    const [handedOver, off] = [await stage.visitor(), await stage.visitor()];
    await handedOver.writes('Hello');
    await stage.tellsOfHandover(handedOver.sessionId);
    await handedOver.is('handover');
    await off.writes('Hello');
    await off.agentNotes('!ai off');
    await off.is('off');
    await erase({ sessionIds: [handedOver.sessionId, off.sessionId] });
    expect([await handedOver.state(), await off.state()]).toEqual(['handover', 'off']);
  }, 60_000);

  it('is deleted in Crisp, too, when that is wanted', async () => {
    const visitor = await stage.visitor();
    await visitor.writes('How long does shipping take?');
    await visitor.isAnswered();
    const { crisp } = await erase({ sessionIds: [visitor.sessionId], atCrisp: true });
    expect(crisp).toEqual([{ websiteId: WEBSITE, sessionId: visitor.sessionId, deleted: true }]);
    await expect(visitor.lines()).rejects.toThrow();
  }, 60_000);
});

describe('a conversation of a channel, in front of which the assistant stands', () => {
  it('is exported and erased from every table, and keeps its numbering; a turn of before is not answered', async () => {
    const visitor = front.visitor();
    await front.asks(visitor, `How long does shipping take, ${WORD}?`);
    const late = visitor.says(`${WORD} comes late`);
    const of = { conversationIds: [visitor.conversationId] };
    expect(JSON.stringify((await ask('export', { ...of, sessionIds: [] })).body)).toContain(WORD);
    expect((await erase(of, new Date(), { workspaceId: 'rival' })).rows).toBe(0);
    expect((await whereIs(WORD)).sort()).toEqual(['receipts.trace', 'talks.state']);
    const numbering = [{ conversationId: visitor.conversationId, deliverySequence: 2, turn: 2, epoch: 1 }];
    expect((await erase({ ...of, numbering })).rows).toBe(2);
    expect(await whereIs(WORD)).toEqual([]);

    visitor.epoch = 1;
    await front.happens(late);
    const answer = await front.asks(visitor, 'How can I return an order?');
    expect(answer).toMatchObject({ turn: 3, epoch: 1 });
    expect(front.answers(visitor).map(({ turn }) => turn)).toEqual([1, 3]);
    expect(await whereIs(WORD)).toEqual([]);
    expect((await erase({ ...of, numbering })).rows).toBe(2);
  }, 60_000);
});

describe('what a workspace keeps no longer', () => {
  it('is erased when it is that old: talks, sessions and receipts of this workspace only', async () => {
    const { dataSource, workspaceId } = stage;
    const now = new Date(Date.now() + 400 * DAY_MS);
    const ago = (days: number): Date => new Date(now.getTime() - days * DAY_MS);
    const talk = async (botId: string, days: number): Promise<string> => {
      const id = newId();
      const state = { turn: 1, answered: 1, epoch: 0, generation: 0, lines: [{ from: 'visitor', text: WORD, at: 1 }] };
      await dataSource.query(`INSERT INTO talks (conversation_id, bot_id, channel, state, updated_at) VALUES ($1, $2, 'webchat', $3, $4)`, [
        ...[id, botId, JSON.stringify(state), ago(days)],
      ]);
      return id;
    };
    const session = async (of: string, days: number): Promise<string> => {
      const sessionId = `session_${newId()}`;
      const said = [{ fingerprint: 1, from: 'visitor', text: WORD, at: 1, editedAt: 0, removed: false }];
      const row = { sessionId, websiteId: WEBSITE, botId: 'demo', workspaceId: of, epoch: 0, lines: said };
      await dataSource.query(
        `INSERT INTO inbox_sessions (session_id, website_id, bot_id, workspace_id, state, epoch, session, touched_at)
         VALUES ($1, $2, 'demo', $3, 'open', 0, $4, $5)`,
        [sessionId, WEBSITE, of, JSON.stringify(row), ago(days)],
      );
      return sessionId;
    };
    const [oldTalk, goneTalk, youngTalk] = [await talk('demo', 31), await talk('gone', 31), await talk('demo', 29)];
    const otherTalk = await talk('rival-bot', 31);
    const [oldSession, youngSession] = [await session(workspaceId, 31), await session(workspaceId, 29)];
    const otherSession = await session('rival', 31);
    const speaks = async (): Promise<string[]> => {
      const rows: { id: string }[] = await dataSource.query(
        `SELECT conversation_id::text AS id FROM talks WHERE state::text LIKE $1
         UNION ALL SELECT session_id FROM inbox_sessions WHERE session::text LIKE $1`,
        [`%${WORD}%`],
      );
      return rows.map(({ id }) => id).sort();
    };
    const all = [oldTalk, goneTalk, youngTalk, otherTalk, oldSession, youngSession, otherSession];
    // Of this one a bot was taken away.
    const bots: Record<string, string[]> = { [workspaceId]: ['demo', 'gone'], rival: ['rival-bot'] };
    const keeps = (days: number | undefined) => ({
      workspaceIds: () => Object.keys(bots),
      botIdsOf: (of: string) => bots[of] ?? [],
      workspace: (of: string) => ({ retention: of === workspaceId && days !== undefined ? { conversationDays: days } : {} }) as never,
    });
    const run = (days: number | undefined) => {
      const settings = keeps(days);
      return eraseOld({ dataSource, settings, privacy: new Privacy(dataSource, settings, { of: () => undefined } as never) }, now);
    };
    await run(undefined);
    expect(await speaks()).toEqual([...all].sort());
    await run(30);
    expect(await speaks()).toEqual([youngTalk, otherTalk, youngSession, otherSession].sort());
    expect(await dataSource.query('SELECT 1 FROM receipts WHERE workspace_id = $1', [workspaceId])).toEqual([]);
    await run(30);
    expect(await speaks()).toHaveLength(4);
    // Somebody came back after he was found.
    const privacy = new Privacy(dataSource, keeps(30), { of: () => undefined } as never);
    const found = { conversationIds: [youngTalk], sessionIds: [youngSession], at: ago(30).toISOString(), atCrisp: false, numbering: [] };
    expect(await privacy.erase(workspaceId, found, 'past')).toMatchObject({ rows: 0 });
    expect(await speaks()).toHaveLength(4);
    await privacy.erase(workspaceId, found);
    expect(await speaks()).toEqual([otherTalk, otherSession].sort());
  }, 30_000);
});
