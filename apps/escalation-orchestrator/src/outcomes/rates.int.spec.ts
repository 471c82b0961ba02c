import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '@baton/contracts';
import { START } from '../floor/conversation.builder.js';
import { aBot, judgeKit } from '../testing/judge-kit.js';
import type { JudgeKit } from '../testing/judge-kit.js';
import { Visitor } from '../testing/cases.js';
import { listOutcomes, OutcomesQuerySchema } from './list-outcomes.js';
import { periodOf, wrongPeriod } from './period.js';
import { readRates } from './read-rates.js';

const DAY = 86_400_000;
const SECOND = 1_000;
const period = { from: START, to: START + 2 * DAY };
let kit: JudgeKit;
let conversationId: string;
let foreignId: string;
beforeAll(async () => {
  kit = await judgeKit([aBot(), aBot({ botId: 'other' })]);
  const [visitor, stranger] = [new Visitor(), new Visitor(undefined, 'other')];
  await kit.judge.judge([visitor.says('hello'), stranger.says('hello')]);
  [conversationId, foreignId] = [visitor.conversationId, stranger.conversationId];
}, 60_000);
afterAll(() => kit.close());
beforeEach(() => kit.dataSource.query('TRUNCATE handovers, promises, ratings'));

interface Given {
  readonly requested_by?: string;
  readonly category?: string;
  /** After the beginning of the period (ms). */
  readonly at?: number;
  readonly accepted?: boolean;
  /** Seconds after the request. */
  readonly answeredAfter?: number;
  readonly outcome?: string;
  readonly detail?: string;
  readonly reopened?: boolean;
  readonly followedUp?: boolean;
  readonly bot?: string;
}

let number = 0;
async function handover(given: Given = {}): Promise<string> {
  const id = newId();
  const at = START + (given.at ?? 0);
  const when = (there: boolean, ms: number) => (there ? new Date(ms) : null);
  await kit.dataSource.query(
    `INSERT INTO handovers (id, conversation_id, bot_id, number, requested_by, category, requested_at, accepted_at, connected_at, ended_at, outcome, outcome_detail,
       reopened_at, followed_up_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
    [
      id,
      given.bot === undefined ? conversationId : foreignId,
      given.bot ?? 'demo',
      ++number,
      given.requested_by ?? 'bot',
      given.category ?? null,
      new Date(at),
      when(given.accepted ?? given.answeredAfter !== undefined, at),
      when(given.answeredAfter !== undefined, at + (given.answeredAfter ?? 0) * SECOND),
      when(given.outcome !== undefined, at + 600 * SECOND),
      given.outcome ?? null,
      given.detail ?? null,
      when(given.reopened ?? false, at + 700 * SECOND),
      when(given.followedUp ?? false, at + 700 * SECOND),
    ],
  );
  return id;
}

async function promised(handoverId: string, ended: string | null, late: boolean): Promise<void> {
  await kit.dataSource.query(
    `INSERT INTO promises (id, conversation_id, bot_id, handover_id, kind, message_id, made_at, due_at, ended_at, ended)
     VALUES ($1, $2, 'demo', $3, 'answer', $1, $4, $5, $6, $7)`,
    [
      newId(),
      conversationId,
      handoverId,
      new Date(START),
      new Date(START + 60 * SECOND),
      ended === null ? null : new Date(START + (late ? 600 : 30) * SECOND),
      ended,
    ],
  );
}

async function rated(stretch: 'bot' | 'human', stars: number, handoverId: string | null): Promise<void> {
  await kit.dataSource.query(
    `INSERT INTO ratings (conversation_id, bot_id, stretch, number, handover_id, stars, via, at) VALUES ($1, 'demo', $2, $3, $4, $5, 'channel', $6)`,
    [conversationId, stretch, ++number, handoverId, stars, new Date(START + 1)],
  );
}

const rates = (by: 'category' | 'day' = 'category', now = START + DAY) => readRates(kit.dataSource, 'demo', by, period, now);

describe('rates', () => {
  it('of a known set are what they are, with what they are a share of', async () => {
    const good = await handover({ category: 'billing', answeredAfter: 10, outcome: 'resolved' });
    await handover({ category: 'billing', answeredAfter: 20, outcome: 'resolved', reopened: true });
    await handover({ category: 'billing', answeredAfter: 60, outcome: 'timed-out', detail: 'silence' });
    const late = await handover({ category: 'billing', accepted: true, outcome: 'timed-out', detail: 'no-first-answer' });
    await handover({ accepted: true, outcome: 'resolved' });
    await handover({ accepted: true, outcome: 'cancelled', detail: 'visitor' });
    await handover({ outcome: 'declined', detail: 'closed', followedUp: true });
    await handover({ outcome: 'declined', detail: 'nobody-online', at: DAY });
    await handover({ requested_by: 'agent', answeredAfter: 0, outcome: 'resolved' });
    await handover({});
    await handover({ at: -1 });
    await handover({ at: 2 * DAY });
    await handover({ bot: 'other', category: 'billing' });
    await promised(good, 'kept', false);
    await promised(late, 'apologised', true);
    await promised(late, null, true);
    await rated('human', 5, good);
    await rated('human', 2, late);
    await rated('bot', 3, null);

    const { whole, groups } = await rates();
    expect(whole.counts).toMatchObject({
      requested: 9,
      taken_over: 1,
      declined: 2,
      declined_by_reason: { closed: 1, 'nobody-online': 1, quota: 0 },
      accepted: 6,
      answered: 3,
      abandoned: 3,
      timed_out: 2,
      cancelled: 1,
      resolved_by_human: 2,
      reopened: 1,
      followed_up: 1,
      open: 1,
    });
    expect(whole.rates).toEqual({
      accepted: { count: 6, of: 9, rate: 6 / 9 },
      answered: { count: 3, of: 6, rate: 0.5 },
      abandoned: { count: 3, of: 6, rate: 0.5 },
      resolved_by_human: { count: 2, of: 9, rate: 2 / 9 },
      reopened: { count: 1, of: 2, rate: 0.5 },
      followed_up: { count: 1, of: 9, rate: 1 / 9 },
      promises_broken: { count: 2, of: 3, rate: 2 / 3 },
    });
    expect(whole.first_answer_seconds).toEqual({ of: 3, median: 20, p80: expect.closeTo(44) });
    expect(whole.ratings).toEqual({ human: { count: 2, mean: 3.5 }, bot: { count: 1, mean: 3 } });
    expect(groups.map(({ key, counts }) => [key, counts.requested])).toEqual([
      [null, 5],
      ['billing', 4],
    ]);
    expect(groups[1]).toMatchObject({ rates: { promises_broken: { count: 2, of: 3 } }, ratings: { human: { count: 2 } } });
    expect(groups[0]!.ratings).toEqual({ human: { count: 0, mean: null } });
    expect((await rates('day')).groups.map(({ key, counts }) => [key, counts.requested])).toEqual([
      ['2026-01-05', 8],
      ['2026-01-06', 1],
    ]);
  });

  it('of nothing are not known, and not zero', async () => {
    const { whole, groups } = await rates();
    expect(groups).toEqual([]);
    expect(whole.counts.requested).toBe(0);
    expect(Object.values(whole.rates).map(({ rate }) => rate)).toEqual(Array(7).fill(null));
    expect(whole.first_answer_seconds).toEqual({ of: 0, median: null, p80: null });
    expect(whole.ratings).toEqual({ human: { count: 0, mean: null }, bot: { count: 0, mean: null } });
  });
});

describe('the list of outcomes', () => {
  const list = (query: object = {}, botId = 'demo') =>
    listOutcomes(kit.dataSource, botId, OutcomesQuerySchema.parse(query), period, START + DAY);

  it('has every handover of the period once, newest first, in pages, and none of another bot', async () => {
    for (let n = 0; n < 5; n++) await handover({ at: n % 2, category: n === 0 ? 'Billing' : 'other' });
    await handover({ bot: 'other' });
    const seen: string[] = [];
    let before: string | null = null;
    do {
      const { outcomes, next } = await list({ limit: '2', ...(before === null ? {} : { before }) });
      seen.push(...outcomes.map((one) => one.handover_id));
      before = next;
    } while (before !== null);
    expect(new Set(seen).size).toBe(5);
    expect(seen).toEqual((await list()).outcomes.map((one) => one.handover_id));
    expect((await list({ category: 'billing' })).outcomes).toMatchObject([
      { category: 'Billing', channel: 'webchat', outcome: { revision: 0, abandoned: false } },
    ]);
    expect((await list({}, 'other')).outcomes).toHaveLength(1);
    expect((await list({}, 'nobody')).outcomes).toEqual([]);
  });

  it('says how promises and ratings of each went', async () => {
    const id = await handover({ outcome: 'declined', detail: 'closed', followedUp: true });
    await promised(id, 'kept', false);
    await promised(id, 'apologised', true);
    await rated('human', 4, id);
    expect((await list()).outcomes).toMatchObject([
      {
        handover_id: id,
        outcome: {
          end: 'followed-up',
          detail: 'closed',
          promises: { kept: 1, cancelled: 0, apologised: 0, broken: 1 },
          ratings: [{ stretch: 'human', stars: 4, via: 'channel', at: new Date(START + 1).toISOString() }],
        },
      },
    ]);
  });

  it.each([
    [{ from: 'yesterday' }, 'from'],
    [{ to: '2026-13-01' }, 'to'],
    [{ limit: '0' }, 'limit'],
    [{ category: '' }, 'category'],
  ])('is not shown for %j', (query, field) => {
    expect(OutcomesQuerySchema.safeParse(query).error?.issues[0]?.path).toEqual([field]);
  });

  it('is asked for in a period that ends after it begins, and is not endless', () => {
    expect(periodOf({}, START)).toEqual({ from: START + 1 - 30 * DAY, to: START + 1 });
    expect(wrongPeriod(periodOf({ from: START, to: START - 1 }, START))).toBe('must not be after to');
    expect(wrongPeriod(periodOf({ from: START - 401 * DAY }, START))).toMatch('at most 400 days');
    expect(wrongPeriod(periodOf({}, START))).toBeUndefined();
  });
});
