import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@baton/testing';
import { Stage } from '../testing/stage.js';
import { WEBSITE } from '../floor/conversation.builder.js';

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.build();
  await stage.replica();
}, 90_000);
afterAll(() => stage.close(), 30_000);

interface HookLog {
  readonly event: string;
  readonly body: string;
}

function agentHook(session: string, patch: Record<string, unknown> = {}, envelope: Record<string, unknown> = {}): string {
  const data = {
    website_id: WEBSITE,
    session_id: session,
    type: 'text',
    from: 'operator',
    origin: 'chat',
    content: 'from a hook',
    fingerprint: Date.now() * 100,
    timestamp: Date.now(),
    user: { nickname: 'Mia' },
    ...patch,
  };
  return JSON.stringify({ website_id: WEBSITE, event: 'message:received', timestamp: Date.now(), data, ...envelope });
}

describe('the desk', () => {
  it.each([
    ['disconnect', 'crisp-unreachable'],
    ['timeout', 'crisp-unreachable'],
  ])(
    'promises nobody within seconds when Crisp answers with %s, and the bot hears what was said meanwhile',
    async (kind, reason) => {
      await stage.crisp('PUT', '/faults', { rest: { failures: [{ kind, path: '/availability' }] } });
      const visitor = stage.visitor(`declined by ${kind}`);
      await visitor.says('help');
      await visitor.hears('bot.turn');
      await visitor.botSays({ need_help: true, muted: true });
      await visitor.hears('bot.muted');
      await visitor.says('hello?');
      expect((await visitor.hears('handover.declined', 1, 6_000)).data).toMatchObject({ reason });
      const turn = await visitor.hears('bot.turn', 2);
      expect(turn.data['messages']).toMatchObject([{ text: 'hello?' }]);
      await stage.crisp('DELETE', '/faults');
    },
    20_000,
  );

  it('shows the same web hook once, however often and in whatever copies it comes', async () => {
    const visitor = stage.visitor('repeated');
    const session = await visitor.getsToAgents();
    const hook = agentHook(session, { content: 'only once' });
    const later = JSON.stringify({ ...(JSON.parse(hook) as object), timestamp: Date.now() + 5_000 });
    await Promise.all(Array.from({ length: 25 }, () => stage.send(stage.hookRecord(hook), stage.hookRecord(later))));
    await visitor.agentSays(session, 'and then');
    await visitor.isShown('and then');
    expect(visitor.shown.filter((text) => text === 'only once')).toHaveLength(1);
  }, 30_000);

  it('believes a web hook only for its own website and for sessions of ours', async () => {
    const visitor = stage.visitor('guarded');
    const session = await visitor.getsToAgents();
    const stranger = '99999999-2222-4333-8444-555555555555';
    await stage.send(
      stage.hookRecord(agentHook(session, { content: 'of another website' }, { website_id: stranger })),
      stage.hookRecord(agentHook(session, { content: 'by the address of an unknown bot' }), 'nobody'),
      stage.hookRecord(agentHook('session_00000000-bbbb-4ccc-8ddd-eeeeeeeeeeee', { content: 'of another session' })),
    );
    await visitor.agentSays(session, 'of the agent');
    await visitor.isShown('of the agent');
    expect(visitor.shown.filter((text) => text.includes('another') || text.includes('unknown'))).toEqual([]);
  }, 30_000);

  it('goes on behind a web hook that cannot be understood, and says in the inbox that something is missing', async () => {
    const visitor = stage.visitor('gap');
    const session = await visitor.getsToAgents();
    await stage.send(stage.hookRecord(agentHook(session, { fingerprint: 'not a number' })));
    await visitor.agentSays(session, 'next');
    await visitor.isShown('next');
    await eventually(
      async () =>
        (await visitor.inCrisp(session)).messages.some(
          ({ type, content }) => type === 'note' && content.includes('could not be understood'),
        ),
      { what: 'a note about the gap' },
    );
  }, 30_000);

  it('gives the visitor back when the conversation is deleted in Crisp, and to a new one when he asks again', async () => {
    const visitor = stage.visitor('deleted');
    const session = await visitor.getsToAgents();
    await stage.crisp('DELETE', `/conversations/${session}`);
    await visitor.hears('bot.unmuted');
    expect(await visitor.getsToAgents()).not.toBe(session);
  }, 30_000);

  it('lets an agent take over unasked in an ended conversation, and opens it again', async () => {
    const visitor = stage.visitor('unasked');
    const session = await visitor.getsToAgents();
    await visitor.isHelped(session, 'done');
    const later = Date.now() + 10_000;
    await stage.send(stage.hookRecord(agentHook(session, { content: 'one more thing', timestamp: later }, { timestamp: later })));
    await visitor.isShown('one more thing');
    expect(await visitor.floor()).toBe('agent');
    await eventually(async () => (await visitor.inCrisp(session)).state === 'unresolved', { what: 'the session being open again' });
  }, 30_000);

  it('lets Crisp know what the visitor received and saw', async () => {
    const visitor = stage.visitor('seer');
    const session = await visitor.getsToAgents();
    await visitor.agentSays(session, 'one');
    await visitor.agentSays(session, 'two');
    await visitor.isShown('two');
    const ids = visitor
      .told('delivery.message')
      .filter(({ data }) => data['via'] === 'crisp')
      .map(({ data }) => String(data['messageId']));
    await visitor.receives(ids, 'delivered');
    await visitor.receives(ids.slice(0, 1), 'seen');
    const marks = await eventually(
      async () => {
        const lines = (await visitor.inCrisp(session)).messages.filter(({ from, type }) => from === 'operator' && type === 'text');
        return lines.every(({ delivered }) => delivered !== '') && lines[0]?.read !== '' ? lines.map(({ read }) => read !== '') : null;
      },
      { within: 20_000, what: 'the marks in Crisp' },
    );
    expect(marks).toEqual([true, false]);
  }, 40_000);

  it("brings the visitor's file as a file, what Crisp refuses as a link, and the agent's file to the visitor", async () => {
    const visitor = stage.visitor('files');
    const session = await visitor.getsToAgents();
    await visitor.sends({ name: 'parcel.jpg', url: 'https://files.example/parcel.jpg', contentType: 'image/jpeg' });
    await visitor.sends({ name: 'odd', url: 'https://files.example/odd', contentType: '' });
    await visitor.says('and words');
    const messages = await eventually(
      async () => {
        const all = (await visitor.inCrisp(session)).messages.filter(({ from }) => from === 'user').slice(1);
        return all.length === 3 ? all : null;
      },
      { what: 'the files in Crisp' },
    );
    expect(messages.map(({ type, content }) => [type, content])).toEqual([
      ['file', { name: 'parcel.jpg', url: 'https://files.example/parcel.jpg', type: 'image/jpeg' }],
      ['text', 'odd https://files.example/odd'],
      ['text', 'and words'],
    ]);
    await stage.crisp('POST', `/conversations/${session}/file`, {
      from: 'operator',
      name: 'label.pdf',
      url: 'https://crisp.example/label.pdf',
      type: 'application/pdf',
    });
    const delivered = await eventually(
      () => visitor.told('delivery.message').find(({ data }) => (data['body'] as { type: string }).type === 'file'),
      { what: "the agent's file" },
    );
    expect(delivered.data['body']).toEqual({
      type: 'file',
      name: 'label.pdf',
      url: 'https://crisp.example/label.pdf',
      contentType: 'application/pdf',
    });
  }, 30_000);

  it('tells the agents what did not arrive and who else answered, each once', async () => {
    const visitor = stage.visitor('unreached');
    const session = await visitor.getsToAgents();
    await visitor.agentSays(session, 'Are you there?');
    await visitor.isShown('Are you there?');
    const ids = visitor
      .told('delivery.message')
      .filter(({ data }) => data['via'] === 'crisp')
      .map(({ data }) => String(data['messageId']));
    for (let times = 0; times < 3; times++) {
      await visitor.channelSays(ids, { status: 'failed', failure: 'blocked', reason: 'messenger.blocked' });
    }
    await visitor.isAnsweredElsewhere('We are closed');
    const notes = await eventually(
      async () => {
        const all = (await visitor.inCrisp(session)).messages
          .filter(({ type }) => type === 'note')
          .map(({ content }) => content)
          .slice(1);
        return all.some((note) => note.includes('We are closed')) && all.some((note) => note.includes('blocked us')) ? all : null;
      },
      { what: 'the notes in Crisp' },
    );
    expect(notes).toHaveLength(2);
    expect(notes).toEqual(expect.arrayContaining([expect.stringContaining('“Are you there?” did not reach the visitor')]));
    expect(await visitor.floor()).toBe('agent');
  }, 30_000);

  it('shows the agents the name that the channel told, until the bot knows a better one', async () => {
    const visitor = stage.visitor('named');
    const session = await visitor.getsToAgents();
    const isNamed = (name: string): Promise<unknown> =>
      eventually(async () => (await visitor.inCrisp(session)).meta.nickname === name, { what: `the name ${name} in Crisp` });
    await visitor.isKnownAs('Ada Park');
    await isNamed('Ada Park');
    await visitor.botSays({ user_data: { name: 'Ada K.' } });
    await isNamed('Ada K.');
    expect(visitor.told('bot.answer-rejected')).toEqual([]);
  }, 30_000);

  it('shows the agents what the visitor answers and by what he came', async () => {
    const visitor = stage.visitor('answering');
    await visitor.answers('Hello', { cameBy: 'spring-sale' });
    expect((await visitor.hears('bot.turn')).data['messages']).toMatchObject([{ text: 'Hello', came_by: 'spring-sale' }]);
    const session = await visitor.getsToAgents();
    await visitor.answers('The first', { replyTo: { excerpt: 'Which of the two?' } });
    const inbox = await eventually(async () => {
      const shown = await visitor.inCrisp(session);
      return shown.messages.some(({ content }) => content === '↪ “Which of the two?”\nThe first') && shown;
    });
    expect(inbox.meta).toMatchObject({ data: { came_by: 'spring-sale' } });
  }, 30_000);

  it('never shows the visitor what is private, automated or our own, in hooks as in readings', async () => {
    const visitor = stage.visitor('private');
    const session = await visitor.getsToAgents();
    await stage.crisp('POST', `/conversations/${session}/note`, { text: 'a note' });
    await stage.crisp('POST', `/conversations/${session}/agent-message`, { text: 'a machine', automated: true });
    await stage.crisp('POST', `/conversations/${session}/agent-message`, { text: 'ours', origin: 'urn:baton:ai-auto-reply:0' });
    await visitor.agentSays(session, 'a person');
    await visitor.isShown('a person');
    expect(visitor.shown).not.toEqual(expect.arrayContaining([expect.stringMatching(/note|machine|ours/)]));
    const hooks = await stage.crisp<HookLog[]>('GET', `/hooks?session_id=${session}`);
    expect(hooks.length).toBeGreaterThan(4);
  }, 30_000);
});
