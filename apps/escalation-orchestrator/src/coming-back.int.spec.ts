import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { STILL_NEED_HELP, ratingTap } from '@baton/contracts';
import type { Capsule } from '@baton/contracts';
import { eventually } from '@baton/testing';
import { handoverIdOf } from './floor/handover.js';
import { Stage } from './testing/stage.js';
import type { TalkingVisitor } from './testing/talking-visitor.js';

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.build({ ratings: { human: true }, continueWith: { resolved: 'survey', byCategory: { Billing: 'invoices' } } });
  await stage.replica();
}, 90_000);
afterAll(() => stage.close(), 30_000);

const QUESTION = 'You are back with the assistant.\nHow was your talk with Mia?';

/** Mia says these lines and resolves the conversation; returns its session. */
async function helped(visitor: TalkingVisitor, ...lines: [string, ...string[]]): Promise<string> {
  const session = await visitor.getsToAgents({ handover_category_name: 'billing' });
  for (const line of lines.slice(0, -1)) {
    await visitor.agentSays(session, line);
    await visitor.isShown(line);
  }
  await visitor.isHelped(session, lines.at(-1)!);
  return session;
}

async function ratingsOf(visitor: TalkingVisitor): Promise<Record<string, unknown>[]> {
  return stage.dataSource.query(
    'SELECT stretch, number, handover_id, stars, comment, via FROM ratings WHERE conversation_id = $1 ORDER BY number, via',
    [visitor.conversationId],
  );
}

async function notesIn(visitor: TalkingVisitor, session: string): Promise<string[]> {
  return (await visitor.inCrisp(session)).messages.filter(({ type }) => type === 'note').map(({ content }) => content);
}

describe('a conversation that comes back from an agent', () => {
  it('tells the bot what he said, promised and decided, and where to go on', async () => {
    const visitor = stage.visitor('capsule');
    await helped(visitor, 'I have cancelled the order.', 'I will call you tomorrow at ten.');
    const { data } = await visitor.hears('bot.unmuted');
    const capsule = data['capsule'] as Capsule;
    const texts = (lines: Capsule['said']) => lines.map(({ name, text }) => `${name}: ${text}`);
    expect(texts(capsule.said)).toEqual(['Mia: I have cancelled the order.', 'Mia: I will call you tomorrow at ten.']);
    expect(texts(capsule.promised)).toEqual(['Mia: I will call you tomorrow at ten.']);
    expect(texts(capsule.decided)).toEqual(['Mia: I have cancelled the order.']);
    expect(capsule).toMatchObject({ handover_id: handoverIdOf(visitor.conversationId, 1), category: 'billing', agents: ['Mia'] });
    expect([capsule.continue_with, data['continue_with']]).toEqual(['invoices', 'invoices']);
  });

  it('is taken up again by a tap, in the same session; the agents read it, and the floor is theirs', async () => {
    const visitor = stage.visitor('taps');
    const session = await helped(visitor, 'Hello');
    await visitor.isShown(QUESTION);
    await visitor.says('I still need help', STILL_NEED_HELP);
    const requested = await visitor.hears('handover.requested', 2);
    expect(requested.data).toMatchObject({
      requested_by: 'visitor',
      cause: { by: 'visitor' },
      reopens: handoverIdOf(visitor.conversationId, 1),
    });
    expect((await visitor.hears('handover.accepted', 2)).data['crisp_session_id']).toBe(session);
    await eventually(async () => (await visitor.inCrisp(session)).state === 'unresolved', { what: 'the conversation being open again' });
    await eventually(async () => (await notesIn(visitor, session)).includes('The visitor still needs help.'), { what: 'the note' });
    expect(await visitor.floor()).toBe('waiting');
    await visitor.agentSays(session, 'Here again');
    await visitor.isShown('Here again');
    expect(visitor.told('handover.connected')).toHaveLength(2);
    await stage.crisp('POST', `/conversations/${session}/resolve`);
    await visitor.hears('bot.unmuted', 2);
    expect(visitor.told('handover.requested')).toHaveLength(2);
  });

  it('is taken up again by the agent who opens it in Crisp', async () => {
    const visitor = stage.visitor('opened again');
    const session = await helped(visitor, 'Hello');
    // What Baton set itself was a minute ago.
    const ago = "state_set_from - interval '1 minute', state_set_until = state_set_until - interval '1 minute'";
    await stage.dataSource.query(`UPDATE crisp_sessions SET state_set_from = ${ago} WHERE session_id = $1`, [session]);
    await stage.crisp('POST', `/conversations/${session}/reopen`);
    expect((await visitor.hears('handover.requested', 2)).data).toMatchObject({ requested_by: 'agent', cause: { by: 'agent' } });
    await visitor.agentSays(session, 'One more thing');
    await visitor.isShown('One more thing');
    expect(await visitor.floor()).toBe('agent');
    expect(visitor.shown.filter((text) => text === 'Mia joined the conversation.')).toHaveLength(2);
  });

  it('and what Baton set itself in Crisp opens nothing', async () => {
    const visitor = stage.visitor('echoes');
    await stage.crisp('PUT', '/faults', { hooks: { delay: { from: 0, to: 400 }, repeated: 1, repeat_within_ms: 1_500 } });
    const session = await helped(visitor, 'Hello');
    await visitor.says('I still need help', STILL_NEED_HELP);
    await visitor.hears('handover.accepted', 2);
    await eventually(async () => (await notesIn(visitor, session)).includes('The visitor still needs help.'), { what: 'the note' });
    await visitor.isHelped(session, 'Solved now');
    await stage.crisp('DELETE', '/faults');
    await visitor.says('thank you');
    await visitor.hears('bot.turn', 2);
    expect([await visitor.floor(), visitor.told('handover.requested').length]).toEqual(['bot', 2]);
  }, 40_000);
});

describe('how it was', () => {
  it('is asked once, counted once, told to the agents, and is no word to the bot', async () => {
    const visitor = stage.visitor('stars');
    const session = await helped(visitor, 'Hello');
    const id = handoverIdOf(visitor.conversationId, 1);
    await visitor.isShown(QUESTION);
    const turns = visitor.told('bot.turn').length;
    await visitor.says('5 ★', ratingTap({ handoverId: id, stars: 5 }));
    await visitor.isShown('Thank you for telling us.');
    await visitor.says('1 ★', ratingTap({ handoverId: id, stars: 1 }));
    await visitor.says('and now something else');
    await visitor.hears('bot.turn', turns + 1);
    expect(await ratingsOf(visitor)).toEqual([{ stretch: 'human', number: 1, handover_id: id, stars: 5, comment: null, via: 'channel' }]);
    await eventually(async () => (await notesIn(visitor, session)).includes('The visitor rated this 5 of 5.'), { what: 'the note' });
    const { messages } = await visitor.inCrisp(session);
    expect(messages.filter(({ content }) => /★/.test(String(content)))).toEqual([]);
  });

  it("is heard from Crisp's own question, too, however often its web hook comes", async () => {
    const visitor = stage.visitor('rated at the desk');
    const session = await helped(visitor, 'Hello');
    await stage.crisp('POST', `/conversations/${session}/rating`, { stars: 0 });
    await stage.crisp('POST', `/conversations/${session}/rating`, { stars: 4, comment: 'Fast' });
    await stage.crisp('POST', `/conversations/${session}/rating`, { stars: 1 });
    const id = handoverIdOf(visitor.conversationId, 1);
    const rated = { stretch: 'human', number: 1, handover_id: id, stars: 4, comment: 'Fast', via: 'crisp' };
    await eventually(async () => (await ratingsOf(visitor)).length > 0, { what: 'the rating' });
    await visitor.says('3 ★', ratingTap({ handoverId: id, stars: 3 }));
    await visitor.isShown('Thank you for telling us.');
    expect(await ratingsOf(visitor)).toEqual([{ ...rated, stars: 3, comment: null, via: 'channel' }, rated]);
  });
});
