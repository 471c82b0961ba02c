import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { registry } from '@baton/telemetry';
import { handoverIdOf } from '../floor/handover.js';
import { SESSION, START, WEBSITE } from '../floor/conversation.builder.js';
import type { Case } from '../judge/case.js';
import { Prune } from '../pruning/prune.js';
import { Visitor } from '../testing/cases.js';
import { aBot, judgeKit } from '../testing/judge-kit.js';
import type { JudgeKit } from '../testing/judge-kit.js';
import { CountPromises, lookAtPromises } from './count-promises.js';
import { PromisesQuerySchema, listPromises } from './list-promises.js';
import type { ListedPromise } from './list-promises.js';

const MINUTE = 60_000;

let kit: JudgeKit;
beforeAll(async () => {
  kit = await judgeKit([aBot(), aBot({ botId: 'other', handover: { commandSegments: { hold: 'hold' } } })]);
}, 60_000);
afterAll(() => kit.close());

const timePasses = (visitor: Visitor): Case => visitor.happens({ kind: 'time-passed' });

async function isWaiting(visitor: Visitor): Promise<void> {
  const handoverId = handoverIdOf(visitor.conversationId, 1);
  await kit.judge.judge([
    visitor.says('I need a human'),
    visitor.botSays({ needHelp: true, muted: true }),
    visitor.happens({ kind: 'availability-known', handoverId, answer: 'yes' }),
    visitor.happens({ kind: 'desk-opened', handoverId, sessionId: `${SESSION}-${visitor.address}` }),
    visitor.happens({ kind: 'first-message-posted', handoverId }),
  ]);
}

const promisesOf = async (visitor: Visitor, query: object = {}, botId = visitor.botId): Promise<readonly ListedPromise[]> =>
  (await listPromises(kit.dataSource, botId, PromisesQuerySchema.parse({ conversation_id: visitor.conversationId, ...query }), kit.now))
    .promises;

describe('the rows of promises', () => {
  it('are written with the decisions that make and end them, several of one batch alike', async () => {
    kit.now = START;
    const visitor = new Visitor();
    await isWaiting(visitor);
    const rows = await promisesOf(visitor);
    const [answer, look] = ['answer', 'look'].map((kind) => rows.find((row) => row.kind === kind));
    expect(look).toMatchObject({ kind: 'look', ended: 'kept', broken: false, handover_id: handoverIdOf(visitor.conversationId, 1) });
    expect(answer).toMatchObject({
      kind: 'answer',
      text: expect.stringContaining('Someone will answer you here'),
      due_at: new Date(START + 15 * MINUTE).toISOString(),
      ended: null,
      ended_at: null,
    });
  });

  it('tell who was warned, and that it ended in words', async () => {
    kit.now = START;
    const visitor = new Visitor();
    await isWaiting(visitor);
    kit.now = START + 12 * MINUTE;
    expect(await promisesOf(visitor, { state: 'near' })).toHaveLength(1);
    await kit.judge.judge([timePasses(visitor)]);
    kit.now = START + 15 * MINUTE;
    await kit.judge.judge([timePasses(visitor)]);
    expect(await promisesOf(visitor, { state: 'apologised' })).toMatchObject([
      { kind: 'answer', warned_at: new Date(START + 12 * MINUTE).toISOString(), ended_at: new Date(kit.now).toISOString(), broken: false },
    ]);
    expect(await promisesOf(visitor, { state: 'open' })).toEqual([]);
  });

  it('are broken when the service was away past their time, though it apologises when it is back', async () => {
    kit.now = START;
    const visitor = new Visitor();
    await isWaiting(visitor);
    kit.now = START + 20 * MINUTE;
    expect(await promisesOf(visitor, { state: 'broken' })).toMatchObject([{ ended: null, broken: true }]);
    expect((await lookAtPromises(kit.dataSource, ['demo'], kit.now)).overdue).toBeGreaterThan(0);
    expect(await lookAtPromises(kit.dataSource, ['a-bot-that-is-there-still'], kit.now)).toEqual({ open: 0, near: 0, overdue: 0 });
    const later = await kit.another();
    later.now = kit.now;
    await later.judge.judge([timePasses(visitor)]);
    expect(await promisesOf(visitor, { state: 'broken' })).toMatchObject([{ ended: 'apologised', broken: true }]);
    expect(later.sent().filter(({ type }) => type === 'delivery.message')).toHaveLength(1);
  });

  it('move with the wait when somebody in the inbox asks for time', async () => {
    kit.now = START;
    const visitor = new Visitor(undefined, 'other');
    await isWaiting(visitor);
    for (const segments of [['hold'], [], ['hold']]) {
      kit.now += MINUTE;
      const place = { sessionId: `${SESSION}-${visitor.address}`, websiteId: WEBSITE };
      await kit.judge.judge([visitor.happens({ kind: 'segments-set', ...place, at: kit.now, segments })]);
    }
    expect(await promisesOf(visitor, { state: 'open' })).toMatchObject([
      { kind: 'answer', due_at: new Date(kit.now + 35 * MINUTE).toISOString() },
    ]);
  });

  it('of another bot nobody sees', async () => {
    kit.now = START;
    const visitor = new Visitor();
    await isWaiting(visitor);
    expect(await promisesOf(visitor, {}, 'other')).toEqual([]);
  });

  it('come in pages, newest first, none twice and none left out', async () => {
    kit.now = START;
    const visitor = new Visitor(undefined, 'other');
    await isWaiting(visitor);
    const all = (await listPromises(kit.dataSource, 'other', PromisesQuerySchema.parse({}), kit.now)).promises;
    const seen: string[] = [];
    let before: string | null = null;
    do {
      const query = PromisesQuerySchema.parse({ limit: '1', ...(before === null ? {} : { before }) });
      const { promises, next } = await listPromises(kit.dataSource, 'other', query, kit.now);
      seen.push(...promises.map(({ id }) => id));
      before = next;
    } while (before !== null);
    expect(seen).toEqual(all.map(({ id }) => id));
    expect(seen.length).toBeGreaterThanOrEqual(2);
  });

  it.each([
    [{ state: 'late' }, 'state'],
    [{ conversation_id: 'x' }, 'conversation_id'],
    [{ limit: '1000' }, 'limit'],
    [{ who: 'me' }, undefined],
  ])('are not shown for %j', (query, field) => {
    const issue = PromisesQuerySchema.safeParse(query).error?.issues[0];
    expect(issue?.path[0]).toBe(field);
    expect(issue).toBeDefined();
  });

  it('go with their conversation, and a while after they ended', async () => {
    kit.now = START;
    const [erased, forgotten] = [new Visitor(), new Visitor()];
    await isWaiting(erased);
    await isWaiting(forgotten);
    await kit.dataSource.query('DELETE FROM conversations WHERE id = $1', [erased.conversationId]);
    expect(await promisesOf(erased)).toEqual([]);
    await kit.dataSource.query("UPDATE promises SET ended_at = now() - interval '91 days' WHERE conversation_id = $1 AND kind = 'look'", [
      forgotten.conversationId,
    ]);
    await kit.dataSource.query("UPDATE promises SET due_at = now() - interval '89 days' WHERE conversation_id = $1 AND kind = 'answer'", [
      forgotten.conversationId,
    ]);
    const effects = { prune: async () => 0 };
    await new Prune({
      dataSource: kit.dataSource,
      inbox: kit.inbox,
      effects,
      eraseOld: () => Promise.resolve(0),
      judgedDays: 7,
      log: undefined as never,
      now: Date.now,
    }).run();
    expect((await promisesOf(forgotten)).map(({ kind }) => kind)).toEqual(['answer']);
  });
});

describe('the metrics of promises', () => {
  it('count a promise that ended late as broken, and one a moment late not', async () => {
    const counts = new CountPromises();
    const promise = { id: 'p', kind: 'mail', handoverId: null, madeAt: START, dueAt: START + MINUTE } as const;
    counts.changed({ is: 'made', promise, messageId: 'm', text: 't' }, START);
    counts.changed({ is: 'apologised', id: 'p', kind: 'mail', dueAt: START }, START + MINUTE);
    counts.changed({ is: 'apologised', id: 'q', kind: 'mail', dueAt: START }, START + MINUTE + 1);
    const text = await registry.metrics();
    expect(text).toContain('baton_promises_made_total{kind="mail"} 1');
    expect(text).toContain('baton_promises_ended_total{kind="mail",end="apologised"} 2');
    expect(text).toContain('baton_promises_broken_total{kind="mail"} 1');
  });
});
