import { randomBytes, randomUUID } from 'node:crypto';
import { writePass } from '@baton/passes';
import type { Erased, Pass } from '@baton/passes';
import { createDataSource } from '@baton/persistence';
import { eventually } from '@baton/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { SCHEMA } from '../database/index.js';
import { agentLine } from '../testing/house.js';
import type { Replica } from '../testing/house.js';
import { agent, MessengerHouse } from '../testing/messenger-house.js';
import { Tab } from '../testing/visitor.js';
import { eraseOld } from './erase-old.js';
import { Privacy } from './privacy.js';

const PASS_KEY = randomBytes(32).toString('base64');
const WORD = 'zanzibarword';
const DAY_MS = 86_400_000;

let world: MessengerHouse;
let replica: Replica;
let dataSource: DataSource;

beforeAll(async () => {
  world = await MessengerHouse.build();
  replica = await world.replica('only', { PASS_KEY });
  dataSource = await createDataSource({ url: world.house.databaseUrl, schema: SCHEMA, applicationName: 'test', poolSize: 2 }).initialize();
}, 60_000);
afterAll(async () => {
  await dataSource.destroy();
  await world.demolish();
}, 30_000);

/** At the inner door. */
async function ask(what: 'export' | 'erase', body: object, pass: Partial<Pass> = {}): Promise<Response> {
  const whole = { workspaceId: 'acme', errand: 'privacy', may: 'write', by: 'ada', ...pass } as const;
  return fetch(`${replica.url}/inner/v1/privacy/${what}`, {
    method: 'POST',
    headers: { authorization: writePass(PASS_KEY, whole, new Date()), 'content-type': 'application/json' },
    body: JSON.stringify({ sessionIds: [], ...body }),
  });
}

/** How many rows are gone. */
async function erase(conversationId: string, o: { at?: Date; numbering?: object[]; pass?: Partial<Pass> } = {}): Promise<number> {
  const body = { conversationIds: [conversationId], at: (o.at ?? new Date()).toISOString(), numbering: o.numbering ?? [] };
  return ((await (await ask('erase', body, o.pass)).json()) as Erased).rows;
}

const exported = async (conversationId: string, pass: Partial<Pass> = {}): Promise<string> =>
  (await ask('export', { conversationIds: [conversationId] }, pass)).text();

/** Every table and column in which any of these stands. */
async function whereIs(...needles: readonly string[]): Promise<string[]> {
  const columns: { table: string; column: string }[] = await dataSource.query(
    'SELECT table_name AS table, column_name AS column FROM information_schema.columns WHERE table_schema = $1',
    [SCHEMA],
  );
  const found: string[] = [];
  for (const { table, column } of columns) {
    const rows: unknown[] = await dataSource.query(`SELECT 1 FROM "${table}" WHERE "${column}"::text ILIKE ANY ($1) LIMIT 1`, [
      needles.flatMap((needle) => [`%${needle}%`, `%${Buffer.from(needle).toString('hex')}%`]),
    ]);
    if (rows.length > 0) found.push(`${table}.${column}`);
  }
  return found.sort();
}

/** A file of a conversation, with words in its name and in its bytes. */
const fileOf = (conversationId: string, botId: string) =>
  dataSource.query(
    `INSERT INTO hosted_files (id, conversation_id, bot_id, state, name, content_type, size, content, created_at, expires_at)
     VALUES ($1, $2, $3, 'here', $4, 'text/plain', 1, $5, now(), now() + interval '1 day')`,
    [randomUUID(), conversationId, botId, `${WORD}.txt`, Buffer.from(WORD)],
  );

/** Words of Messenger that were dealt with. */
async function hooksHeard(): Promise<number> {
  const figures = await (await fetch(`${replica.url}/metrics`)).text();
  return Number(/^baton_messenger_events_total\{kind="message"\} (\d+)$/m.exec(figures)?.[1] ?? 0);
}

describe('a visitor of webchat', () => {
  it('is exported whole and erased from every table; what was on its way never comes, and who comes back goes on', async () => {
    const { house } = world;
    const visitor = await house.visitor(replica);
    const { conversationId, visitorId } = visitor;
    const tab = await Tab.open(replica.url, visitor.token);
    tab.send(randomUUID(), `Where is my ${WORD}?`);
    await tab.gets('ack');
    await house.deliver(visitor, agentLine(1, `Your ${WORD}?`), agentLine(3, `${WORD} waits for the one before`));
    await fileOf(conversationId, 'demo');
    await eventually(async () => (await whereIs(WORD)).includes('held_deliveries.delivery'), { what: 'a delivery that waits' });
    tab.cut();

    for (const part of [`Where is my ${WORD}?`, `Your ${WORD}?`, `${WORD}.txt`, Buffer.from(WORD).toString('base64'), visitorId])
      expect(await exported(conversationId)).toContain(part);
    expect(JSON.parse(await exported(conversationId, { workspaceId: 'rival' }))).toEqual({ conversations: [] });
    expect((await ask('erase', {}, { may: 'read' })).status).toBe(403);
    expect(await erase(conversationId, { pass: { workspaceId: 'rival' } })).toBe(0);
    expect(await whereIs(WORD)).toEqual(['held_deliveries.delivery', 'hosted_files.content', 'hosted_files.name', 'log.frame']);

    const numbering = [{ conversationId, deliverySequence: 3, turn: 1, epoch: 1 }];
    expect(await erase(conversationId, { numbering })).toBeGreaterThanOrEqual(5);
    expect(await whereIs(WORD, visitorId)).toEqual([]);

    await house.deliver(visitor, agentLine(2, `${WORD} comes late`), agentLine(3, `${WORD} comes again`), agentLine(4, 'Something new'));
    await eventually(async () => (await whereIs('Something new')).length > 0, { what: 'what is new' });
    expect(await whereIs(WORD, visitorId)).toEqual([]);

    const back = await Tab.open(replica.url, visitor.token);
    expect(await back.reads(1)).toEqual(['Something new']);
    back.send(randomUUID(), 'I am back');
    await back.gets('ack');
    expect(await exported(conversationId)).toContain('I am back');
    back.cut();
    await erase(conversationId, { numbering });
    expect(await whereIs('I am back', 'Something new')).toEqual([]);
  }, 60_000);

  it('whose page stays open meanwhile is known again with his next word', async () => {
    const visitor = await world.house.visitor(replica);
    const tab = await Tab.open(replica.url, visitor.token);
    tab.send(randomUUID(), WORD);
    await tab.gets('ack');
    await erase(visitor.conversationId);
    expect(await whereIs(WORD, visitor.visitorId)).toEqual([]);
    tab.send(randomUUID(), 'Still here');
    await eventually(async () => world.house.heardFrom(visitor).includes('Still here'), { what: 'his next word' });
    expect(await whereIs(visitor.visitorId)).toEqual(['conversations.address']);
    tab.cut();
  }, 60_000);
});

describe('a person of Messenger', () => {
  it('is erased from every table; a web hook that comes late, or again, brings nothing back', async () => {
    const person = world.person();
    const { conversationId } = person;
    world.echoes();
    const hook = { mid: 'm_before', timestamp: Date.now() };
    await world.writes(person, `Where is my ${WORD}?`, hook);
    await eventually(() => world.heardFrom(person).length === 1, { what: 'his words' });
    const [messageId] = await world.deliver(person, agent(`Your ${WORD}?`));
    await eventually(() => world.statusesOf(messageId!).includes('sent'), { what: 'words that were sent' });
    expect(await exported(conversationId)).toContain(WORD);
    expect(await erase(conversationId, { pass: { workspaceId: 'rival' } })).toBe(0);
    expect(await whereIs(WORD, person.userId)).not.toEqual([]);

    const at = new Date();
    const numbering = [{ conversationId, deliverySequence: 1, turn: 1, epoch: 0 }];
    expect(await erase(conversationId, { at, numbering })).toBeGreaterThan(3);
    expect(await whereIs(WORD, person.userId, 'm_before')).toEqual([]);

    await world.writes(person, `Where is my ${WORD}?`, hook);
    await world.writes(person, `My ${WORD}, please`, { timestamp: at.getTime() - 1 });
    await world.writes(person, 'I am back', { timestamp: at.getTime() + 1 });
    await eventually(() => world.heardFrom(person).length === 2, { what: 'his new words' });
    expect(world.heardFrom(person).at(-1)).toMatchObject({ body: { text: 'I am back' }, address: person.address });
    expect(await whereIs(WORD)).toEqual([]);
    expect(await whereIs(person.userId)).toContain('conversations.address');
  }, 60_000);

  it('is not known again by a web hook of before alone', async () => {
    const person = world.person();
    await world.writes(person, WORD);
    await eventually(() => world.heardFrom(person).length === 1, { what: 'his words' });
    const at = new Date();
    await erase(person.conversationId, { at });
    const before = await hooksHeard();
    await world.writes(person, `${WORD} comes late`, { timestamp: at.getTime() - 1 });
    await eventually(async () => (await hooksHeard()) > before, { what: 'the late web hook being dealt with' });
    expect(await whereIs(WORD, person.userId)).toEqual([]);
    expect(world.heardFrom(person)).toHaveLength(1);
  }, 60_000);
});

describe('what a workspace keeps no longer', () => {
  const NOW = new Date(Date.now() + 400 * DAY_MS);
  /** Of acme a bot was taken away. */
  const bots: Record<string, string[]> = { acme: ['demo', 'gone'], rival: ['rival-bot'] };
  const run = (days: number | undefined): Promise<number> => {
    const settings = {
      workspaceIds: () => Object.keys(bots),
      botIdsOf: (of: string) => bots[of] ?? [],
      workspace: (of: string) => ({ retention: of === 'acme' && days !== undefined ? { conversationDays: days } : {} }) as never,
    };
    return eraseOld({ dataSource, settings, privacy: new Privacy(dataSource, settings) }, NOW);
  };
  const ago = (days: number): Date => new Date(NOW.getTime() - days * DAY_MS);

  /** Somebody who said a word so many days ago, and nothing since; returns the word. */
  async function spoke(days: number, o: { botId?: string; present?: boolean } = {}): Promise<string> {
    const [id, word] = [randomUUID(), `word-${randomUUID()}`];
    await dataSource.query(
      `INSERT INTO conversations (id, bot_id, channel, address, next_seq, present) VALUES ($1, $2, 'webchat', $3, 2, $4)`,
      [...[id, o.botId ?? 'demo', `v_${id}`, o.present ?? false]],
    );
    await dataSource.query(
      `INSERT INTO log (conversation_id, seq, kind, message_id, author, client_id, frame, at) VALUES ($1, 1, 'message', $2, 'visitor', $3, $4, $5)`,
      [id, randomUUID(), randomUUID(), JSON.stringify({ t: 'message', seq: 1, body: { type: 'text', text: word } }), ago(days)],
    );
    return word;
  }

  it('is erased when it is that old, once; what is younger, of somebody who is there, or of another workspace stays', async () => {
    await dataSource.query(`DELETE FROM conversations`);
    const old = [await spoke(31), await spoke(300, { botId: 'gone' })];
    const stay = [await spoke(29), await spoke(31, { present: true }), await spoke(31, { botId: 'rival-bot' })];
    expect(await run(undefined)).toBe(0);
    for (const word of [...old, ...stay]) expect(await whereIs(word)).toEqual(['log.frame']);
    expect(await run(30)).toBe(2);
    for (const word of old) expect(await whereIs(word)).toEqual([]);
    for (const word of stay) expect(await whereIs(word)).toEqual(['log.frame']);
    expect(await run(30)).toBe(0);
  }, 60_000);

  it('stays when its visitor came back after it was found', async () => {
    await dataSource.query(`DELETE FROM conversations`);
    const word = await spoke(29);
    const [{ id }] = await dataSource.query('SELECT id FROM conversations');
    const privacy = new Privacy(dataSource, { botIdsOf: () => ['demo'] });
    const found = { conversationIds: [id], sessionIds: [], at: ago(30).toISOString(), atCrisp: false, numbering: [] };
    expect(await privacy.erase('acme', found, 'past')).toMatchObject({ rows: 0 });
    expect(await whereIs(word)).toEqual(['log.frame']);
    expect((await privacy.erase('acme', found)).rows).toBeGreaterThan(0);
    expect(await whereIs(word)).toEqual([]);
  }, 60_000);

  it('is erased, too, where a person of Messenger did something and said nothing', async () => {
    const id = randomUUID();
    await dataSource.query(`INSERT INTO conversations (id, bot_id, channel, address) VALUES ($1, 'gone', 'messenger', 'page:4711')`, [id]);
    await dataSource.query(
      `INSERT INTO messenger_threads (conversation_id, last_user_action_at, profile_name) VALUES ($1, $2, 'Ada Needle')`,
      [...[id, ago(31)]],
    );
    expect(await run(30)).toBe(1);
    expect(await whereIs('Ada Needle', 'page:4711')).toEqual([]);
  }, 60_000);
});
