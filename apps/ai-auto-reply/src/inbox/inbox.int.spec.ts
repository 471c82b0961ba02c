import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@baton/testing';
import { Stage } from '../testing/stage.js';

const SHIPPING = 'How long does shipping take?';
const RETURNS = 'How can I return an order?';

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.build();
  await stage.replica();
}, 120_000);
afterAll(() => stage.close(), 30_000);

describe('a visitor of the inbox', () => {
  it('gets an answer from the knowledge, as an automated line of the persona, and is told that a machine speaks', async () => {
    const visitor = await stage.visitor();
    await visitor.writes(SHIPPING);
    const answer = await visitor.isAnswered();
    expect(answer).toMatchObject({ automated: true, user: { nickname: 'Robin' }, origin: 'urn:baton:ai-auto-reply:0' });
    expect(answer.content).toContain('3 to 5 working days');
    await visitor.writes(RETURNS);
    const second = await visitor.isAnswered(2);
    expect(second.content).toContain('30 days');
    expect(answer.content.startsWith(second.content.slice(0, 12))).toBe(false);
    await visitor.isQuiet();
    expect((await visitor.shown()).operator_typing?.type).not.toBe('start');
  });

  it('gets one answer to a burst, with all of it', async () => {
    const visitor = await stage.visitor();
    for (const text of ['Hello', 'one question', SHIPPING, 'to Berlin']) await visitor.writes(text);
    expect((await visitor.isAnswered()).content).toContain('3 to 5 working days');
    await visitor.isQuiet();
    expect(await visitor.answers()).toHaveLength(1);
    const { body } = await stage.http<{ answers: { answerId: string; state: string }[] }>(
      'GET',
      `/v1/bots/demo/answers?session=${visitor.sessionId}`,
    );
    expect(body.answers.filter(({ state }) => state === 'posted')).toHaveLength(1);
  });

  it('is not answered in copies, however often his hook comes', async () => {
    const visitor = await stage.visitor();
    await visitor.writes(SHIPPING);
    await visitor.isAnswered();
    const hooks = await stage.crisp<{ body: string; event: string }[]>('GET', `/hooks?session_id=${visitor.sessionId}`);
    const hook = hooks.find(({ event }) => event === 'message:send')!;
    await Promise.all(Array.from({ length: 50 }, () => stage.send(stage.hookRecord(hook.body))));
    await visitor.writes(RETURNS);
    await visitor.isAnswered(2);
    await visitor.isQuiet();
    expect(await visitor.answers()).toHaveLength(2);
  });

  it('who asks for a human is told what happens next, agents are told why, and the assistant is silent', async () => {
    const visitor = await stage.visitor();
    await visitor.writes('I want to talk to a human');
    await visitor.isAnswered();
    await visitor.isNoted();
    await visitor.is('waiting');
    await eventually(async () => (await visitor.shown()).state === 'unresolved', { what: 'the session among those in work' });
    await visitor.writes(SHIPPING);
    await visitor.agentWrites('Here I am');
    await visitor.is('human');
    await visitor.isQuiet();
    expect(await visitor.answers()).toHaveLength(1);
  });
});

describe('an agent', () => {
  it('silences the assistant by a word, until the conversation is resolved', async () => {
    const visitor = await stage.visitor();
    await visitor.writes(SHIPPING);
    await visitor.isAnswered();
    await visitor.agentWrites('Let me help');
    await visitor.is('human');
    await visitor.writes(RETURNS);
    await visitor.isQuiet();
    expect(await visitor.answers()).toHaveLength(1);
    await visitor.does('resolve');
    await visitor.is('open');
    await visitor.writes(RETURNS);
    const again = await visitor.isAnswered(2);
    expect(again.content).toContain('30 days');
    // It says anew that a machine speaks.
    expect(again.content.indexOf('30 days')).toBeGreaterThan(30);
  });

  it('who speaks while an answer is in the making is not talked over, although his hook never came', async () => {
    const visitor = await stage.visitor();
    await visitor.writes(SHIPPING);
    await visitor.isAnswered();
    stage.loses = ({ event }) => event === 'message:received';
    await visitor.agentWrites('I take it from here');
    await eventually(() => stage.lost > 0, { what: 'the hook being lost' });
    stage.loses = () => false;
    await visitor.writes(RETURNS);
    await visitor.is('human');
    await visitor.isQuiet();
    expect(await visitor.answers()).toHaveLength(1);
  });

  it('commands it by private notes, and is answered by private notes', async () => {
    const visitor = await stage.visitor();
    await visitor.writes(SHIPPING);
    await visitor.isAnswered();
    await visitor.agentNotes('!why');
    const why = await visitor.isNoted();
    expect(why.content).toMatch(/Word for word.*Support \d+ %, needed \d+ %.*Frequent questions.*https:\/\/shop\.example\/shipping/s);
    await visitor.agentNotes('!AI off.');
    expect((await visitor.isNoted(2)).content).toContain('off in this conversation');
    await visitor.writes(RETURNS);
    await visitor.isQuiet();
    expect(await visitor.answers()).toHaveLength(1);
    await visitor.agentNotes('!ai on');
    await visitor.isAnswered(2);
    await visitor.agentNotes('!ai frobnicate');
    expect((await visitor.isNoted(4)).content).toContain('`!why` tells');
    await visitor.agentNotes('an ordinary note about !ai');
    await visitor.isQuiet();
    expect(await visitor.notes()).toHaveLength(4);
  });
});

describe('a session that a handover opened', () => {
  it('is never spoken in, known by its first line, and its commands are for whoever handed over', async () => {
    const visitor = await stage.visitor();
    const now = Date.now();
    const words = { type: 'text', from: 'user', content: 'This user needs your help', fingerprint: now * 100, timestamp: now };
    const marks = { origin: 'urn:baton:escalation-orchestrator:0', properties: { baton: 'x' } };
    await visitor.hooks('message:send', { ...words, ...marks });
    await visitor.is('handover');
    await visitor.writes(SHIPPING);
    await visitor.agentNotes('!ai on');
    await visitor.isQuiet();
    expect([await visitor.answers(), await visitor.notes()]).toEqual([[], []]);
  });

  it('is never spoken in, known by its event alone', async () => {
    const visitor = await stage.visitor();
    await stage.tellsOfHandover(visitor.sessionId);
    await visitor.is('handover');
    await visitor.writes(SHIPPING);
    await visitor.isQuiet();
    expect(await visitor.answers()).toEqual([]);
  });
});
