import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@baton/contracts';
import { eventually } from '@baton/testing';
import { handoverIdOf } from '../floor/handover.js';
import { SESSION, WEBSITE } from '../floor/conversation.builder.js';
import { aBot, judgeKit } from '../testing/judge-kit.js';
import type { JudgeKit } from '../testing/judge-kit.js';
import { Visitor } from '../testing/cases.js';
import { readConversation } from './conversation-store.js';
import type { Case } from './case.js';

let kit: JudgeKit;
beforeAll(async () => {
  kit = await judgeKit([aBot(), aBot({ botId: 'other', crisp: undefined })]);
}, 60_000);
afterAll(() => kit.close());

/** The events of one visitor, once they are all out. */
async function eventsOf(visitor: Visitor, count: number) {
  return eventually(
    () => {
      const events = kit.sent().filter((event) => event.key === visitor.conversationId);
      return events.length >= count ? events : null;
    },
    { what: `${count} events`, within: 5_000 },
  );
}

/** Brings a visitor to an agent, step by step. */
async function withAgent(visitor: Visitor, judge = kit.judge): Promise<string> {
  const handoverId = handoverIdOf(visitor.conversationId, 1);
  await judge.judge([
    visitor.says('I need a human'),
    visitor.botSays({ needHelp: true, muted: true, category: 'billing' }),
    visitor.happens({ kind: 'availability-known', handoverId, answer: 'yes' }),
    visitor.happens({ kind: 'desk-opened', handoverId, sessionId: `${SESSION}-${visitor.address.replace('_', '')}` }),
    visitor.happens({ kind: 'first-message-posted', handoverId }),
  ]);
  return handoverId;
}

function inSession(visitor: Visitor, text: string, fingerprint?: string): Case {
  return visitor.agentSays(text, fingerprint, { sessionId: `${SESSION}-${visitor.address.replace('_', '')}` });
}

describe('the judge', () => {
  it('begins a conversation with its first word and gives the bot a turn', async () => {
    const visitor = new Visitor();
    await kit.judge.judge([visitor.says('hello')]);
    const [turn] = await eventsOf(visitor, 1);
    expect(turn).toMatchObject({ topic: 'bot-turns', type: 'bot.turn', data: { turn: 1, epoch: 0, messages: [{ text: 'hello' }] } });
    expect(await readConversation(kit.dataSource, visitor.conversationId)).toMatchObject({ floor: 'bot', botId: 'demo', turn: 1 });
  });

  it('judges the same event fifty times once', async () => {
    const visitor = new Visitor();
    const word = visitor.says('once');
    const verdicts = (await Promise.all(Array.from({ length: 50 }, () => kit.judge.judge([word, word])))).flat();
    expect(verdicts.filter((verdict) => verdict.came === 'first')).toHaveLength(1);
    await eventsOf(visitor, 1);
    const lines = await kit.dataSource.query('SELECT position FROM transcript_lines WHERE conversation_id = $1', [visitor.conversationId]);
    expect(lines).toHaveLength(1);
  });

  it('keeps order and numbers gap-free when two orchestrators race over the same conversations', async () => {
    const other = await kit.another();
    const visitors = Array.from({ length: 10 }, () => new Visitor());
    for (const visitor of visitors) await withAgent(visitor);
    const before = kit.sent().length;
    const rounds = Array.from({ length: 30 }, (_, round) => {
      const batch = [...visitors].sort(() => Math.random() - 0.5).map((visitor) => inSession(visitor, `word ${round}`));
      return (round % 2 === 0 ? kit : other).judge.judge(batch);
    });
    await Promise.all(rounds);
    const events = await eventually(
      () => {
        const all = [...kit.sent().slice(before), ...other.sent()].filter(
          (event) => event.type === 'delivery.message' && event.data['via'] === 'crisp',
        );
        return all.length >= 300 ? all : null;
      },
      { what: 'all deliveries', within: 15_000 },
    );
    expect(new Set(events.map((event) => event.id)).size).toBe(300);
    for (const visitor of visitors) {
      const rows: { n: string; last: number }[] = await kit.dataSource.query(
        'SELECT count(*) AS n, max(position) AS last FROM transcript_lines WHERE conversation_id = $1',
        [visitor.conversationId],
      );
      const conversation = await readConversation(kit.dataSource, visitor.conversationId);
      expect(Number(rows[0]!.n)).toBe(conversation?.linePosition);
      const sequences = [...kit.sent(), ...other.sent()]
        .filter((event) => event.key === visitor.conversationId && event.topic === 'deliveries')
        .map((event) => event.data['deliverySequence'] as number);
      expect([...new Set(sequences)].sort((a, b) => a - b)).toEqual(
        Array.from({ length: conversation!.deliverySequence }, (_, i) => i + 1),
      );
    }
  }, 30_000);

  it('asks for a human once, however often it is asked', async () => {
    const visitor = new Visitor();
    await kit.judge.judge([visitor.says('help')]);
    const asked = kit.plans.length;
    await Promise.all([1, 2, 3].map(() => kit.judge.judge([visitor.botSays({ needHelp: true })])));
    const plans = kit.plans.slice(asked).filter((plan) => plan.lane === visitor.conversationId);
    expect(plans.map((plan) => plan.kind)).toEqual(['ask-availability']);
    expect(plans[0]).toMatchObject({
      target: `crisp:${WEBSITE}`,
      payload: { handoverId: handoverIdOf(visitor.conversationId, 1), conversationId: visitor.conversationId },
    });
  });

  it('plans the steps in Crisp in their order, with the waiting words behind them', async () => {
    const visitor = new Visitor();
    await kit.judge.judge([visitor.says('help'), visitor.botSays({ needHelp: true }), visitor.says('please')]);
    const planned = kit.plans.length;
    const handoverId = handoverIdOf(visitor.conversationId, 1);
    await kit.judge.judge([visitor.happens({ kind: 'availability-known', handoverId, answer: 'yes' })]);
    expect(kit.plans.slice(planned).map((plan) => plan.kind)).toEqual([
      'open-session',
      'set-contact',
      'post-first-message',
      'post-briefing',
      'post-visitor-words',
    ]);
    const ours = await kit.dataSource.query('SELECT ours FROM crisp_messages WHERE conversation_id = $1', [visitor.conversationId]);
    expect(ours).toEqual([{ ours: true }, { ours: true }, { ours: true }]);
  });

  it('tells a bot that answers for a conversation that is not its own, or does not exist', async () => {
    const visitor = new Visitor();
    await kit.judge.judge([visitor.says('hello')]);
    const [verdict] = await kit.judge.judge([visitor.botSays({ messages: [{ text: 'hi' }] }, 'other')]);
    expect(verdict).toEqual({ came: 'from-a-stranger' });
    const nobody = new Visitor();
    expect(await kit.judge.judge([nobody.botSays({ messages: [{ text: 'hi' }] })])).toEqual([{ came: 'astray' }]);
    expect((await eventsOf(visitor, 2)).at(-1)).toMatchObject({
      type: 'bot.answer-rejected',
      data: { reason: 'wrong-bot', bot_id: 'other' },
    });
    expect((await eventsOf(nobody, 1)).at(-1)).toMatchObject({ type: 'bot.answer-rejected', data: { reason: 'unknown-conversation' } });
  });

  it('gives the bot what was said meanwhile when the agent is done, edits and removals included', async () => {
    const visitor = new Visitor();
    const handoverId = await withAgent(visitor);
    const of = { websiteId: WEBSITE, sessionId: `${SESSION}-${visitor.address.replace('_', '')}` };
    await kit.judge.judge([
      inSession(visitor, 'Helo', '176000000000001'),
      inSession(visitor, 'secret', '176000000000002'),
      visitor.says('thanks'),
      visitor.inCrisp({
        ...of,
        kind: 'edited',
        fingerprint: '176000000000001',
        at: 1_767_607_400_000,
        body: { type: 'text', text: 'Hello' },
      }),
      visitor.inCrisp({ ...of, kind: 'removed', fingerprint: '176000000000002', at: 1_767_607_401_000 }),
      visitor.inCrisp({ ...of, kind: 'state', state: 'resolved', at: 1_767_607_402_000 }),
    ]);
    const unmuted = await eventually(() =>
      kit.sent().find((event) => event.key === visitor.conversationId && event.type === 'bot.unmuted'),
    );
    expect(unmuted.data).toMatchObject({
      reason: 'resolved',
      human_stretch: [
        { from: 'agent', name: 'Mia', text: 'Hello' },
        { from: 'visitor', text: 'thanks' },
      ],
    });
    expect(
      await kit.dataSource.query('SELECT outcome, category, agent_name, crisp_session_id FROM handovers WHERE id = $1', [handoverId]),
    ).toEqual([{ outcome: 'resolved', category: 'billing', agent_name: 'Mia', crisp_session_id: of.sessionId }]);
    const [session] = await kit.dataSource.query('SELECT watched_until IS NOT NULL AS ending FROM crisp_sessions WHERE session_id = $1', [
      of.sessionId,
    ]);
    expect(session).toEqual({ ending: true });
  });

  it('gives the bot what was said past it when its silence is over, and nothing from before', async () => {
    const visitor = new Visitor();
    const of = { kind: 'answered-elsewhere', at: kit.now, by: '1234' } as const;
    await kit.judge.judge([
      visitor.says('before'),
      visitor.happens({ ...of, messageId: newId(), body: { type: 'text', text: 'Your parcel is on its way' } }),
      visitor.says('thanks'),
    ]);
    const began = kit.now;
    kit.now += 86_400_000;
    await kit.judge.judge([visitor.happens({ kind: 'time-passed' })]);
    kit.now = began;
    const events = await eventsOf(visitor, 4);
    expect(events.map(({ type }) => type)).toEqual(['bot.turn', 'bot.muted', 'bot.unmuted', 'bot.turn']);
    expect(events[2]!.data).toMatchObject({
      reason: 'mute-expired',
      human_stretch: [
        { from: 'agent', text: 'Your parcel is on its way' },
        { from: 'visitor', text: 'thanks' },
      ],
    });
    expect((events[2]!.data['human_stretch'] as unknown[]).length).toBe(2);
    expect(events[3]!.data).toMatchObject({ messages: [{ text: 'thanks' }] });
  });

  it('applies an edit that came before its message, and forgets a message that was removed before it came', async () => {
    const visitor = new Visitor();
    await withAgent(visitor);
    const of = { websiteId: WEBSITE, sessionId: `${SESSION}-${visitor.address.replace('_', '')}` };
    await kit.judge.judge([
      visitor.inCrisp({ ...of, kind: 'edited', fingerprint: '176000000000011', at: 20, body: { type: 'text', text: 'second' } }),
      visitor.inCrisp({ ...of, kind: 'edited', fingerprint: '176000000000011', at: 10, body: { type: 'text', text: 'first' } }),
      visitor.inCrisp({ ...of, kind: 'removed', fingerprint: '176000000000012', at: 30 }),
    ]);
    await kit.judge.judge([inSession(visitor, 'original', '176000000000011'), inSession(visitor, 'never', '176000000000012')]);
    const rows = await kit.dataSource.query(
      "SELECT body->>'text' AS text FROM transcript_lines WHERE conversation_id = $1 AND author->>'kind' = 'agent'",
      [visitor.conversationId],
    );
    expect(rows).toEqual([{ text: 'second' }]);
  });

  it('writes nothing of a batch in which one case cannot be judged, and names that one alone', async () => {
    const visitor = new Visitor();
    const lost = new Visitor('v_lost', 'nobody');
    await expect(kit.judge.judge([visitor.says('fine'), lost.says('whose bot am I?')])).rejects.toMatchObject({
      name: 'UnprocessableEvent',
    });
    expect(await readConversation(kit.dataSource, visitor.conversationId)).toBeNull();
    expect(await kit.judge.judge([visitor.says('fine')])).toMatchObject([{ came: 'first' }]);
  });
});
