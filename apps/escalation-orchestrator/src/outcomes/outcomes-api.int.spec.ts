import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@baton/testing';
import { BOT_KEY, Stage } from '../testing/stage.js';

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.build({ rules: { words: ['lawyer'], fallbacksInARow: 2, category: 'care' } });
  await stage.replica();
}, 90_000);
afterAll(() => stage.close());

const ask = (path: string, key = BOT_KEY) =>
  fetch(`${stage.replicas[0]!.url}/v1/outcomes${path}`, { headers: { authorization: `Bearer ${key}` } });

describe('outcomes over HTTP', () => {
  it('are facts, and rates of them, for the bot whose key is shown', async () => {
    expect(await (await ask('')).json()).toEqual({ outcomes: [], next: null });
    const rates = (await (await ask('/rates?from=2026-01-01&to=2026-02-01&by=day')).json()) as object;
    expect(rates).toMatchObject({
      from: '2026-01-01T00:00:00.000Z',
      by: 'day',
      whole: { rates: { accepted: { count: 0, of: 0, rate: null } } },
    });
  });

  it.each([
    ['?from=2026-02-01&to=2026-01-01', BOT_KEY, 400, 'from'],
    ['/rates?by=moon', BOT_KEY, 400, 'by'],
    ['/rates?what=this', BOT_KEY, 400, 'what'],
    ['?category=a%00b', BOT_KEY, 400, 'category'],
    ['?from=0000-01-01', BOT_KEY, 400, 'from'],
    ['?before=OTk5', BOT_KEY, 400, 'before'],
    ['', 'another-key-of-nobody', 401, undefined],
  ])('are refused for %s', async (path, key, status, field) => {
    const answer = await ask(path, key);
    const { error } = (await answer.json()) as { error: { field?: string } };
    expect([answer.status, error.field]).toEqual([status, field]);
  });
});

describe('a rule that asks for a human', () => {
  it('brings the words that asked to the agents, and what became of it is told with its cause', async () => {
    const visitor = stage.visitor('angry');
    await visitor.says('I will call my lawyer');
    const { data } = await visitor.hears('handover.accepted');
    const session = data['crisp_session_id'] as string;
    await eventually(async () => (await visitor.inCrisp(session)).messages.some(({ content }) => content === 'I will call my lawyer'), {
      what: 'his words in the inbox',
      within: 10_000,
    });
    expect(visitor.told('bot.turn')).toEqual([]);
    await visitor.agentSays(session, 'How can I help?');
    await visitor.hears('handover.connected');
    await stage.crisp('POST', `/conversations/${session}/resolve`);
    const outcome = (await visitor.hears('handover.outcome')).data;
    expect(outcome).toMatchObject({
      category: 'care',
      outcome: { revision: 1, requested_by: 'rule', cause: { by: 'words', detail: 'lawyer' }, end: 'resolved', abandoned: false },
    });
    const { outcomes } = (await (await ask('?category=care')).json()) as { outcomes: { conversation_id: string; outcome: object }[] };
    expect(outcomes.find((one) => one.conversation_id === visitor.conversationId)?.outcome).toEqual(outcome['outcome']);
  });

  it('hears that the bot had no answer twice', async () => {
    const visitor = stage.visitor('unanswered');
    await visitor.says('why?');
    await visitor.hears('bot.turn');
    for (const text of ['I do not know', 'I still do not know']) await visitor.botSays({ messages: [{ text }], fallback: true });
    expect((await visitor.hears('handover.requested')).data).toMatchObject({
      requested_by: 'rule',
      cause: { by: 'fallbacks', detail: '2' },
    });
    expect(visitor.shown.slice(0, 2)).toEqual(['I do not know', 'I still do not know']);
  });
});
