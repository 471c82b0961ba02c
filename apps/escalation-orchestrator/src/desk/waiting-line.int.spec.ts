import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { derivedId } from '@baton/contracts';
import { START, WEBSITE } from '../floor/conversation.builder.js';
import { handoverIdOf } from '../floor/handover.js';
import { policyOf } from '../floor/waiting/waiting.builder.js';
import { inTransaction } from '../judge/transaction.js';
import { Visitor } from '../testing/cases.js';
import { aBot, judgeKit } from '../testing/judge-kit.js';
import type { JudgeKit } from '../testing/judge-kit.js';
import { readWaitingLine } from './waiting-line.js';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const ELSEWHERE = '99999999-2222-4333-8444-555555555555';

let kit: JudgeKit;
beforeAll(async () => {
  kit = await judgeKit([
    aBot(),
    aBot({ botId: 'sibling' }),
    aBot({ botId: 'stranger', crisp: { websiteId: ELSEWHERE, tokenId: 'id', tokenKey: 'sealed:v1:crisp:aXY.Y2lwaGVy.dGFn' } }),
  ]);
}, 60_000);
afterAll(() => kit.close());

interface Waiting {
  readonly bot?: string;
  readonly category?: string;
  /** ms */
  readonly at: number;
}

/** Somebody begins to wait. */
async function begins({ bot, category, at }: Waiting): Promise<{ visitor: Visitor; sessionId: string }> {
  kit.now = at;
  const visitor = new Visitor(undefined, bot);
  const handoverId = handoverIdOf(visitor.conversationId, 1);
  const sessionId = `session_${derivedId('test-session', visitor.conversationId)}`;
  await kit.judge.judge([
    visitor.says('I need a human'),
    visitor.botSays({ needHelp: true, muted: true, category: category ?? null }),
    visitor.happens({ kind: 'availability-known', handoverId, answer: 'yes' }),
    visitor.happens({ kind: 'desk-opened', handoverId, sessionId }),
    visitor.happens({ kind: 'first-message-posted', handoverId }),
  ]);
  return { visitor, sessionId };
}

async function isAnswered(waiting: Waiting, afterMs: number): Promise<void> {
  const { visitor, sessionId } = await begins(waiting);
  kit.now = waiting.at + afterMs;
  await kit.judge.judge([visitor.agentSays('Hello', undefined, { sessionId })]);
}

async function leaves(waiting: Waiting, afterMs: number): Promise<void> {
  const { visitor } = await begins(waiting);
  kit.now = waiting.at + afterMs;
  await kit.judge.judge([visitor.says('Never mind')]);
}

/** The line as a newcomer finds it. */
function lineFor(category: string | null, at: number, settings: Record<string, unknown> = {}) {
  const { handover } = policyOf({ waiting: { place: true }, categories: { Billing: { inboxId: 'inbox' } }, ...settings });
  const waiter = { handoverId: derivedId('test-newcomer', at), websiteId: WEBSITE, category };
  return inTransaction(kit.dataSource, (manager) => readWaitingLine(manager, waiter, handover, at));
}

describe('the line in which somebody begins to wait', () => {
  it('is empty, and nobody knows how long one waits, at the beginning', async () => {
    expect(await lineFor(null, START)).toEqual({ ahead: 0, estimate: null });
  });

  it('is those of the website who wait for the first word, of their own category where that has agents of its own', async () => {
    const at = START + DAY;
    await begins({ at });
    await begins({ at, bot: 'sibling', category: 'billing' });
    await begins({ at, bot: 'stranger' });
    await isAnswered({ at }, MINUTE);
    await leaves({ at }, MINUTE);
    const later = at + 2 * MINUTE;
    expect((await lineFor(null, later))?.ahead).toBe(2);
    expect((await lineFor('BILLING', later))?.ahead).toBe(1);
    expect((await lineFor('a category without agents of its own', later))?.ahead).toBe(2);
  });

  it('tells how long others waited lately; those who left, or wait still, make it longer', async () => {
    const at = START + 100 * DAY;
    for (let minutes = 1; minutes <= 10; minutes++) await isAnswered({ at: at - 20 * DAY }, minutes * MINUTE);
    expect((await lineFor(null, at))?.estimate).toBeNull();
    for (let minutes = 1; minutes <= 10; minutes++) await isAnswered({ at: at - DAY }, minutes * MINUTE);
    expect((await lineFor(null, at))?.estimate).toBe(8 * MINUTE);
    expect((await lineFor('billing', at))?.estimate).toBeNull();
    await leaves({ at: at - DAY }, 5 * MINUTE);
    await begins({ at: at - 6 * MINUTE });
    expect((await lineFor(null, at))?.estimate).toBe(9 * MINUTE);
  });

  it('does not count whom an agent wrote to unasked', async () => {
    const at = START + 200 * DAY;
    for (let n = 0; n < 10; n++) {
      kit.now = at;
      const visitor = new Visitor();
      await kit.judge.judge([visitor.says('hello'), visitor.agentSays('Can I help?', undefined, { sessionId: `session_${n}` })]);
    }
    expect((await lineFor(null, at + DAY))?.estimate).toBeNull();
  });

  it('is not looked at where nobody is told of it', async () => {
    expect(await lineFor(null, START, { waiting: { estimate: false, place: false } })).toBeUndefined();
  });
});
