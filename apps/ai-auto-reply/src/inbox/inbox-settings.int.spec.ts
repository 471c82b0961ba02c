import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@baton/testing';
import { lineTo } from '../testing/line-to.js';
import type { Line } from '../testing/line-to.js';
import { Stage } from '../testing/stage.js';

const SHIPPING = 'How long does shipping take?';
const RETURNS = 'How can I return an order?';

interface Listed {
  readonly answerId: string;
  readonly state: string;
  readonly kind: string;
  readonly why?: string;
  readonly quotaEntryId: string | null;
}

let stage: Stage;
let knowledge: Line;
beforeAll(async () => {
  stage = await Stage.build();
  knowledge = await lineTo(process.env['KNOWLEDGE_DATABASE_URL']!);
  await stage.replica({ KNOWLEDGE_DATABASE_URL: knowledge.url });
}, 120_000);
afterAll(async () => {
  await stage.close();
  knowledge.close();
}, 30_000);

async function answersOf(sessionId: string): Promise<Listed[]> {
  return (await stage.http<{ answers: Listed[] }>('GET', `/v1/bots/demo/answers?session=${sessionId}`)).body.answers;
}

describe('the mode of an inbox', () => {
  it('shadow: what would be said is recorded, and nobody sees it', async () => {
    await stage.publish({ assistant: { inbox: 'shadow' } });
    const visitor = await stage.visitor();
    await visitor.writes(SHIPPING);
    const [answer] = await eventually(async () => {
      const answers = await answersOf(visitor.sessionId);
      return answers.length > 0 && answers;
    });
    expect(answer).toMatchObject({ state: 'shadow', kind: 'answer', quotaEntryId: null });
    await visitor.isQuiet();
    expect([...(await visitor.answers()), ...(await visitor.notes())]).toEqual([]);
  });

  it('note: it is suggested to agents, also while they speak, and the visitor sees nothing', async () => {
    await stage.publish({ assistant: { inbox: 'note' } });
    const visitor = await stage.visitor();
    await visitor.writes(SHIPPING);
    expect((await visitor.isNoted()).content).toContain('3 to 5 working days');
    await visitor.agentWrites('Three to five days');
    await visitor.is('human');
    await visitor.writes(RETURNS);
    expect((await visitor.isNoted(2)).content).toContain('30 days');
    expect(await visitor.answers()).toEqual([]);
  });

  it('a share of none: all are recorded only', async () => {
    await stage.publish({ assistant: { inbox: 'reply', sharePercent: 0 } });
    const visitor = await stage.visitor();
    await visitor.writes(SHIPPING);
    await eventually(async () => (await answersOf(visitor.sessionId))[0]?.state === 'shadow');
    expect(await visitor.answers()).toEqual([]);
  });

  it('off: nothing is even kept', async () => {
    await stage.publish({ assistant: { inbox: 'off', sharePercent: 100 } });
    const visitor = await stage.visitor();
    const passedOver = () => stage.metric('baton_inbox_ignored_total{reason="inbox-off"}');
    const before = await passedOver();
    await visitor.writes(SHIPPING);
    await eventually(async () => (await passedOver()) > before, { what: 'the hook being passed over' });
    expect(await visitor.row()).toBeUndefined();
    await stage.publish({ assistant: { inbox: 'reply' } });
  });
});

describe('the plan', () => {
  it('counts an answer once, and at its end does what the settings say', async () => {
    await stage.publish({ workspace: { answers: { perMonth: 1, warnAtPercent: 80 } }, assistant: { atQuotaEnd: 'message' } });
    const visitor = await stage.visitor();
    await visitor.writes(SHIPPING);
    await visitor.isAnswered();
    const [counted] = await answersOf(visitor.sessionId);
    const uses = () => stage.used.filter(({ entryId }) => entryId === counted!.quotaEntryId);
    await eventually(() => uses().length > 0, { what: 'the use of an answer' });
    await visitor.writes(RETURNS);
    await visitor.isAnswered(2);
    await visitor.writes('And how do I reset my password?');
    await visitor.isQuiet();
    expect(await visitor.answers()).toHaveLength(2);
    expect((await answersOf(visitor.sessionId)).map(({ kind }) => kind)).toEqual(['quota-end', 'answer']);
    expect(uses()).toHaveLength(1);

    await stage.publish({ assistant: { atQuotaEnd: 'human' } });
    const other = await stage.visitor();
    await other.writes(RETURNS);
    await other.isAnswered();
    expect((await other.isNoted()).content).toContain('used up');
    await other.is('waiting');

    await stage.publish({ assistant: { atQuotaEnd: 'silence' } });
    const third = await stage.visitor();
    await third.writes(RETURNS);
    await third.isQuiet();
    expect(await third.lines()).toHaveLength(1);
    await third.writes('I want to talk to a human');
    await third.isAnswered();
    expect((await third.isNoted()).content).toContain('used up');
    await third.is('waiting');
    await stage.publish({ workspace: { answers: { warnAtPercent: 80 } } });
  });
});

describe('too many answers in one conversation', () => {
  it('silence the assistant there, and agents are told once', async () => {
    await stage.publish({ assistant: { answersPerConversationHour: 1 } });
    const visitor = await stage.visitor();
    await visitor.writes(SHIPPING);
    await visitor.isAnswered();
    for (const text of [RETURNS, 'How do I reset my password?']) {
      await visitor.writes(text);
      await visitor.isQuiet();
    }
    expect(await visitor.answers()).toHaveLength(1);
    expect(await visitor.notes()).toHaveLength(1);
    await stage.publish({ assistant: { answersPerConversationHour: 30 } });
  });
});

describe('a connection that is taken away', () => {
  it('ends answers, those that wait included', async () => {
    const visitor = await stage.visitor();
    await visitor.writes(SHIPPING);
    await visitor.isAnswered();
    await stage.publish({ assistant: { burst: { quietMs: 3_000, longestMs: 4_000 } } });
    await visitor.writes(RETURNS);
    await visitor.isDue();
    await stage.publish({ connected: false });
    await visitor.isQuiet();
    expect(await visitor.answers()).toHaveLength(1);
    await stage.publish({ assistant: { burst: { quietMs: 400, longestMs: 4_000 } } });
    await visitor.writes('How do I reset my password?');
    expect((await visitor.isAnswered(2)).content).toContain('Forgot password');
  });
});

describe('what fails', () => {
  it('in the knowledge: the visitor is told of it once, it costs nothing, and nobody is seen typing for ever', async () => {
    const visitor = await stage.visitor();
    knowledge.cut();
    await visitor.writes(SHIPPING);
    await visitor.isAnswered();
    await visitor.isQuiet();
    knowledge.mend();
    expect(await visitor.answers()).toHaveLength(1);
    expect(await answersOf(visitor.sessionId)).toMatchObject([{ kind: 'trouble', state: 'posted', quotaEntryId: null }]);
    expect((await visitor.shown()).operator_typing?.type).not.toBe('start');
    await visitor.writes(RETURNS);
    expect((await visitor.isAnswered(2)).content).toContain('30 days');
    const [answer, trouble] = await answersOf(visitor.sessionId);
    await eventually(() => stage.used.some(({ entryId }) => entryId === answer!.quotaEntryId), { what: 'the use of the answer' });
    expect([answer!.kind, trouble!.kind, trouble!.quotaEntryId]).toEqual(['answer', 'trouble', null]);
  });
});

describe('what was answered', () => {
  it('is listed and shown with all it rests on, to its own bot only', async () => {
    const visitor = await stage.visitor();
    await visitor.writes(SHIPPING);
    await visitor.isAnswered();
    await visitor.isQuiet();
    const [listed] = await answersOf(visitor.sessionId);
    const shown = await stage.http<{ answer: Record<string, unknown> }>('GET', `/v1/bots/demo/answers/${listed!.answerId}`);
    expect(shown.body.answer).toMatchObject({
      state: 'posted',
      place: 'inbox',
      sessionId: visitor.sessionId,
      epoch: 1,
      citations: [{ title: expect.any(String), url: 'https://shop.example/shipping', sourceVersion: 1 }],
      trace: { by: 'extract', passages: expect.arrayContaining([expect.objectContaining({ chunkId: expect.any(String) })]) },
    });
    expect((await stage.http('GET', '/v1/bots/demo/answers', undefined, 'another-key-of-somebody')).status).toBe(401);
    expect((await stage.http('GET', '/v1/bots/other/answers')).status).toBe(401);
    expect((await stage.http('GET', '/v1/bots/demo/answers?before=nowhere')).status).toBe(400);
    const page = await stage.http<{ answers: Listed[]; next: string }>('GET', '/v1/bots/demo/answers?limit=2');
    const behind = await stage.http<{ answers: Listed[] }>('GET', `/v1/bots/demo/answers?limit=2&before=${page.body.next}`);
    expect(page.body.answers).toHaveLength(2);
    expect(behind.body.answers.map(({ answerId }) => answerId)).not.toContain(page.body.answers[1]!.answerId);
  });

  it('can be tried without a visitor, on the same way', async () => {
    const tried = await stage.http<{ answer: Record<string, unknown> }>('POST', '/v1/bots/demo/ask', { question: SHIPPING });
    expect(tried).toMatchObject({ status: 200, body: { answer: { kind: 'answer', trace: { by: 'extract' } } } });
    const refused = await stage.http('POST', '/v1/bots/demo/ask', { question: '' });
    expect(refused.body).toMatchObject({ error: { code: 'invalid-request', field: 'question' } });
  });

  it('never cites a source that was deleted a moment ago', async () => {
    await stage.learn('short-lived', [{ question: 'Do you sell umbrellas?', answer: 'Umbrellas are on the second shelf.' }]);
    const visitor = await stage.visitor();
    await visitor.writes('Do you sell umbrellas?');
    expect((await visitor.isAnswered()).content).toContain('second shelf');
    await stage.knowledge.removeSource(stage.scope, stage.sourceId('short-lived'));
    await visitor.writes('Do you sell umbrellas?');
    expect((await visitor.isAnswered(2)).content).not.toContain('second shelf');
  });
});
