import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@baton/testing';
import { handoverIdOf } from '../floor/handover.js';
import { SESSION, START, WEBSITE } from '../floor/conversation.builder.js';
import { aBot, judgeKit } from '../testing/judge-kit.js';
import type { JudgeKit } from '../testing/judge-kit.js';
import { Visitor } from '../testing/cases.js';
import { DeclineReasonSchema } from '@baton/contracts';
import type { Outcome } from '@baton/contracts';

const MINUTE = 60_000;
let kit: JudgeKit;
beforeAll(async () => {
  kit = await judgeKit([aBot()]);
}, 60_000);
afterAll(() => kit.close());

const sessionOf = (visitor: Visitor) => `${SESSION}-${visitor.address.replace('_', '')}`;

/** What was told of the visitor's handovers, in order. */
async function outcomesOf(visitor: Visitor, count: number): Promise<(Outcome & { handover_id: string })[]> {
  const events = await eventually(
    () => {
      const told = kit.sent().filter((event) => event.key === visitor.conversationId && event.type === 'handover.outcome');
      return told.length >= count ? told : null;
    },
    { what: `${count} outcomes`, within: 5_000 },
  );
  return events.map(({ data }) => ({ ...(data['outcome'] as Outcome), handover_id: data['handover_id'] as string }));
}

async function asksForHelp(visitor: Visitor): Promise<string> {
  kit.now = START;
  await kit.judge.judge([visitor.says('help'), visitor.botSays({ needHelp: true, category: 'billing', reason: 'refund' })]);
  return handoverIdOf(visitor.conversationId, 1);
}

async function isAccepted(visitor: Visitor, handoverId: string): Promise<void> {
  await kit.judge.judge([
    visitor.happens({ kind: 'availability-known', handoverId, answer: 'yes' }),
    visitor.happens({ kind: 'desk-opened', handoverId, sessionId: sessionOf(visitor) }),
    visitor.happens({ kind: 'first-message-posted', handoverId }),
  ]);
}

const answered = (visitor: Visitor, at: number) => visitor.agentSays('Hello', undefined, { sessionId: sessionOf(visitor), at });
const resolved = (visitor: Visitor, at: number) =>
  visitor.inCrisp({ websiteId: WEBSITE, sessionId: sessionOf(visitor), kind: 'state', state: 'resolved', at });

describe('the outcome of a handover', () => {
  it.each(DeclineReasonSchema.options.filter((reason) => !['closed', 'channel-off', 'took-too-long'].includes(reason)))(
    'that was declined (%s) says why, and that nobody was kept waiting',
    async (answer) => {
      const visitor = new Visitor();
      const handoverId = await asksForHelp(visitor);
      await kit.judge.judge([visitor.happens({ kind: 'availability-known', handoverId, answer: answer as 'quota' })]);
      expect(await outcomesOf(visitor, 1)).toMatchObject([
        {
          revision: 1,
          number: 1,
          requested_by: 'bot',
          cause: { by: 'bot', detail: 'refund' },
          end: 'declined',
          detail: answer,
          abandoned: false,
          reopened: false,
          promises: { apologised: 1, broken: 0 },
        },
      ]);
    },
  );

  it('that goes on by e-mail is followed up, and still says why nobody came', async () => {
    const visitor = new Visitor();
    const handoverId = await asksForHelp(visitor);
    await kit.judge.judge([
      visitor.happens({ kind: 'availability-known', handoverId, answer: 'nobody-online' }),
      visitor.taps('baton:contact-by-email'),
      visitor.says('ada@example.test'),
      visitor.taps('baton:use-address'),
      visitor.happens({ kind: 'follow-up-opened', handoverId, sessionId: sessionOf(visitor) }),
    ]);
    const told = await outcomesOf(visitor, 1);
    expect(told.at(-1)).toMatchObject({ handover_id: handoverId, end: 'followed-up', detail: 'nobody-online', abandoned: false });
    expect(await kit.dataSource.query('SELECT outcome FROM handovers WHERE id = $1', [handoverId])).toEqual([{ outcome: 'declined' }]);
  });

  it('that a human answered and resolved has the times of it', async () => {
    const visitor = new Visitor();
    const handoverId = await asksForHelp(visitor);
    await isAccepted(visitor, handoverId);
    kit.now += MINUTE;
    await kit.judge.judge([answered(visitor, kit.now)]);
    kit.now += MINUTE;
    await kit.judge.judge([resolved(visitor, kit.now)]);
    const [outcome, ...more] = await outcomesOf(visitor, 1);
    expect(more).toEqual([]);
    expect(outcome).toMatchObject({
      handover_id: handoverId,
      requested_at: new Date(START).toISOString(),
      accepted_at: new Date(START).toISOString(),
      first_answer_at: new Date(START + MINUTE).toISOString(),
      ended_at: new Date(START + 2 * MINUTE).toISOString(),
      end: 'resolved',
      abandoned: false,
      promises: { kept: 2, broken: 0 },
      ratings: [],
    });
    const [row] = await kit.dataSource.query('SELECT cause, taken_at, category FROM handovers WHERE id = $1', [handoverId]);
    expect(row).toEqual({ cause: { by: 'bot', detail: 'refund' }, taken_at: new Date(START + MINUTE), category: 'billing' });
  });

  it('that nobody answered in time is abandoned', async () => {
    const visitor = new Visitor();
    await isAccepted(visitor, await asksForHelp(visitor));
    kit.now += 15 * MINUTE;
    await kit.judge.judge([visitor.happens({ kind: 'time-passed' })]);
    expect(await outcomesOf(visitor, 1)).toMatchObject([
      { end: 'timed-out', detail: 'no-first-answer', abandoned: true, promises: { broken: 0 } },
    ]);
  });

  it('that is resolved without a word of a human is abandoned, too', async () => {
    const visitor = new Visitor();
    await isAccepted(visitor, await asksForHelp(visitor));
    await kit.judge.judge([resolved(visitor, kit.now + 1_000)]);
    expect(await outcomesOf(visitor, 1)).toMatchObject([{ end: 'resolved', abandoned: true }]);
  });

  it('that the visitor left is his', async () => {
    const visitor = new Visitor();
    await isAccepted(visitor, await asksForHelp(visitor));
    await kit.judge.judge([visitor.happens({ kind: 'visitor-wrote', ...leaves(kit.now) })]);
    expect(await outcomesOf(visitor, 1)).toMatchObject([{ end: 'cancelled', detail: 'visitor', abandoned: true }]);
  });

  it('that an agent began himself says so', async () => {
    const visitor = new Visitor();
    kit.now = START;
    await kit.judge.judge([visitor.says('hello'), answered(visitor, kit.now), resolved(visitor, kit.now + MINUTE)]);
    expect(await outcomesOf(visitor, 1)).toMatchObject([
      { requested_by: 'agent', cause: { by: 'agent' }, end: 'resolved', abandoned: false },
    ]);
  });

  it('is told again when the visitor says how it was, and when it is taken up again', async () => {
    const visitor = new Visitor();
    const handoverId = await asksForHelp(visitor);
    await isAccepted(visitor, handoverId);
    await kit.judge.judge([answered(visitor, kit.now + 1_000), resolved(visitor, kit.now + 2_000)]);
    kit.now += MINUTE;
    await kit.judge.judge([
      visitor.happens({ kind: 'rated-at-desk', sessionId: sessionOf(visitor), stars: 4, comment: 'quick', at: kit.now }),
    ]);
    await kit.judge.judge([answered(visitor, kit.now + MINUTE)]);
    const told = await outcomesOf(visitor, 3);
    expect(told.map(({ revision, reopened, ratings }) => [revision, reopened, ratings.length])).toEqual([
      [1, false, 0],
      [2, false, 1],
      [3, true, 1],
    ]);
    expect(told[1]!.ratings).toEqual([{ stretch: 'human', stars: 4, comment: 'quick', via: 'crisp', at: new Date(kit.now).toISOString() }]);
    expect(new Set(told.map((one) => one.handover_id))).toEqual(new Set([handoverId]));
    const [row] = await kit.dataSource.query('SELECT reopens, number FROM handovers WHERE reopens = $1', [handoverId]);
    expect(row).toEqual({ reopens: handoverId, number: 2 });
  });
});

function leaves(at: number) {
  return {
    messageId: '00000000-0000-4000-8000-0000000000aa',
    at,
    body: { type: 'text', text: 'back', payload: 'baton:back-to-bot' },
    locale: null,
  } as const;
}
