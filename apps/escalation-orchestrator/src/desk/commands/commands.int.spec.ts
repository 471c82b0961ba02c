import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@baton/testing';
import { WEBSITE } from '../../floor/conversation.builder.js';
import { Stage } from '../../testing/stage.js';
import type { TalkingVisitor } from '../../testing/talking-visitor.js';

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.build({ commandSegments: { bot: 'back to bot', hold: 'on hold' }, waiting: { keepAliveSeconds: 0 } });
  await stage.replica();
}, 90_000);
afterAll(() => stage.close(), 30_000);

interface HookLog {
  readonly event: string;
  readonly body: string;
}

/** The notes that are ours; the briefing is one. */
async function ourNotes(visitor: TalkingVisitor, session: string): Promise<string[]> {
  const { messages } = (await visitor.inCrisp(session)) as { messages: readonly { type: string; content: string; origin?: string }[] };
  return messages.flatMap(({ type, content, origin }) => (type === 'note' && origin?.startsWith('urn:baton:') ? [content] : []));
}

async function isNoted(visitor: TalkingVisitor, session: string, words: string): Promise<string> {
  return eventually(async () => (await ourNotes(visitor, session)).find((note) => note.includes(words)), {
    what: `a note with "${words}"`,
    within: 15_000,
  });
}

const note = (session: string, text: string, more: object = {}) =>
  stage.crisp<{ fingerprint: number }>('POST', `/conversations/${session}/note`, { text, ...more });

async function counted(reason: string): Promise<number> {
  const metrics = await (await fetch(`${stage.replicas[0]!.url}/metrics`)).text();
  return Number(new RegExp(`baton_facts_ignored_total{reason="${reason}"} (\\d+)`).exec(metrics)?.[1] ?? 0);
}

describe('an agent', () => {
  it('gives the visitor back by a note, once, however often Crisp tells of it, and the visitor sees no note', async () => {
    const visitor = stage.visitor('given back');
    const session = await visitor.getsToAgents();
    await visitor.agentSays(session, 'Here it is');
    await visitor.isShown('Here it is');
    await note(session, '!bot order-status');
    expect((await visitor.hears('bot.unmuted')).data).toMatchObject({ reason: 'resolved' });
    await isNoted(visitor, session, 'It goes on with “order-status”');
    await eventually(async () => (await visitor.inCrisp(session)).state === 'resolved', { what: 'the conversation being resolved' });

    const hooks = await stage.crisp<HookLog[]>('GET', `/hooks?session_id=${session}&event=message:received`);
    const hook = hooks.find(({ body }) => body.includes('!bot'))!.body;
    const later = JSON.stringify({ ...(JSON.parse(hook) as object), timestamp: Date.now() + 5_000 });
    await Promise.all(Array.from({ length: 25 }, () => stage.send(stage.hookRecord(hook), stage.hookRecord(later))));
    await visitor.agentSays(session, 'And one thing more');
    await visitor.isShown('And one thing more');
    expect((await ourNotes(visitor, session)).filter((text) => text.includes('order-status'))).toHaveLength(1);
    expect(visitor.told('handover.resolved')).toHaveLength(1);
    expect(visitor.shown.filter((text) => /!bot|goes on with|private note/.test(text))).toEqual([]);
  }, 40_000);

  it('asks for time: the visitor hears of it, and nobody gives him back meanwhile', async () => {
    const visitor = stage.visitor('held');
    const session = await visitor.getsToAgents();
    await note(session, '!hold 45');
    await isNoted(visitor, session, 'about 45 minutes');
    await eventually(() => visitor.shown.some((text) => text.includes('45')), { what: 'the visitor hearing of it' });
    expect(visitor.shown.filter((text) => text.includes('45'))).toEqual([expect.stringContaining('Mia')]);
    await note(session, '!hold off');
    await isNoted(visitor, session, 'The hold is over');
    await note(session, '!why');
    expect(await isNoted(visitor, session, 'Nobody has answered yet')).toContain('The bot asked for a human');
  }, 30_000);

  it('is told what he may say, and no ordinary note is taken for a command', async () => {
    const visitor = stage.visitor('explained');
    const session = await visitor.getsToAgents();
    await note(session, '!!! urgent');
    await note(session, '!important call him');
    await note(session, '!hodl 20m');
    await isNoted(visitor, session, 'I do not understand “!hodl 20m”');
    await note(session, '!ai on');
    await isNoted(visitor, session, 'never speaks');
    expect(await ourNotes(visitor, session)).toHaveLength(3);
    expect(await visitor.floor()).toBe('waiting');
  }, 30_000);

  it('commands by a segment, which is taken off again and leaves the others', async () => {
    const visitor = stage.visitor('segments');
    const session = await visitor.getsToAgents({ handover_category_name: 'On Hold', user_data: { name: 'Ada' } });
    const segments = (await visitor.inCrisp(session)).segments;
    expect(segments).toContain('on hold');
    await stage.crisp('POST', `/conversations/${session}/segments`, { segments: [...segments, 'vip', 'back to bot'] });
    await visitor.hears('handover.resolved');
    await isNoted(visitor, session, 'with the bot again');
    await eventually(async () => !(await visitor.inCrisp(session)).segments.includes('back to bot'), { what: 'the segment being gone' });
    expect((await visitor.inCrisp(session)).segments).toEqual([...segments, 'vip']);
    expect((await ourNotes(visitor, session)).filter((text) => text.includes('on hold'))).toEqual([]);
  }, 30_000);
});

describe('a note', () => {
  it('of somebody else, of a token, or without a name is not obeyed', async () => {
    const visitor = stage.visitor('strangers');
    const session = await visitor.getsToAgents();
    const before = await counted('command-of-a-stranger');
    await note(session, '!bot', { as: { user_id: '99999999-2222-4333-8444-555555555501', nickname: 'Mia' } });
    await note(session, '!bot', { origin: 'urn:acme.example:tool:0', as: { nickname: 'Mia' } });
    await note(session, '!bot', { automated: true });
    await note(session, '!bot', { as: { nickname: 'Mia' } });
    await isNoted(visitor, session, 'did not say who wrote it');
    await eventually(async () => (await counted('command-of-a-stranger')) > before, { what: 'the stranger being counted' });
    expect([await visitor.floor(), (await ourNotes(visitor, session)).length]).toEqual(['waiting', 2]);
  }, 30_000);

  it('that was changed into a command is none', async () => {
    const visitor = stage.visitor('changed');
    const session = await visitor.getsToAgents();
    const { fingerprint } = await note(session, 'later');
    await stage.crisp('PATCH', `/conversations/${session}/messages/${fingerprint}`, { text: '!bot' });
    await visitor.agentSays(session, 'Hello');
    await visitor.isShown('Hello');
    expect(await visitor.floor()).toBe('agent');
  }, 30_000);

  it('whose web hook was lost is found by the reading of the session, and acts once', async () => {
    const lone = await Stage.build();
    try {
      await lone.replica({ CATCH_UP_SECONDS: '1' });
      const visitor = lone.visitor('lost');
      const session = await visitor.getsToAgents();
      lone.dropsHooks = true;
      await lone.crisp('POST', `/conversations/${session}/note`, { text: '!bot' });
      await visitor.hears('handover.resolved');
      expect(visitor.told('handover.resolved')).toHaveLength(1);
    } finally {
      await lone.close();
    }
  }, 90_000);
});

describe('the briefing', () => {
  it('stands behind the first message and before what the bot tells itself, with the question and what was before', async () => {
    const visitor = stage.visitor('briefed');
    await visitor.says('Where is my parcel?');
    await visitor.hears('bot.turn');
    await visitor.botSays({ messages: [{ text: 'It is on its way.' }], turn: 1 });
    await visitor.isShown('It is on its way.');
    const session = await visitor.getsToAgents({ reason: 'He is not content.', handover_note: 'Order 4711' });
    const briefing = await isNoted(visitor, session, 'The whole conversation');
    expect(briefing).toContain('Reason: He is not content.');
    expect(briefing).toContain('His last question: “Where is my parcel?”');
    expect(briefing).toContain('3 lines were exchanged with the bot.');
    await isNoted(visitor, session, 'Order 4711');
    const { messages } = await visitor.inCrisp(session);
    expect(messages.map(({ type }) => type).slice(0, 3)).toEqual(['text', 'note', 'note']);
    await stage.crisp('POST', `/conversations/${session}/resolve`);
    await visitor.hears('handover.resolved');
    const again = await visitor.getsToAgents();
    expect(await isNoted(visitor, again, 'He was handed over once before')).toContain('resolved');
  }, 40_000);

  it('is missed by nobody where the plan of the website has no notes: the handover goes on', async () => {
    const poor = await Stage.build();
    try {
      const website = {
        website_id: WEBSITE,
        plan: 'free',
        operators: [{ user_id: '22222222-2222-4333-8444-555555555501', first_name: 'Mia' }],
      };
      await poor.crisp('PUT', '/setup', {
        websites: [website],
        tokens: [{ identifier: 'sandbox-token', key: 'sandbox-key', tier: 'plugin', websites: [WEBSITE] }],
      });
      await poor.replica();
      for (const name of ['first', 'second']) {
        const visitor = poor.visitor(name);
        const session = await visitor.getsToAgents();
        await visitor.says('Hello?');
        await eventually(async () => (await visitor.inCrisp(session)).messages.some(({ content }) => content === 'Hello?'), {
          what: 'his words in the inbox',
        });
      }
      const { calls } = await poor.crisp<{ calls: { byStatus: Record<string, number> } }>('GET', '/state');
      expect(calls.byStatus['402']).toBe(1);
    } finally {
      await poor.close();
    }
  }, 90_000);
});
