import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@baton/testing';
import { WEBSITE } from '../floor/conversation.builder.js';
import { Stage } from '../testing/stage.js';
import type { TalkingVisitor } from '../testing/talking-visitor.js';

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.build();
  await stage.replica();
}, 90_000);
afterAll(() => stage.close(), 30_000);

const COMPOSE = 'PATCH /website/:website/conversation/:session/compose';

async function composeCalls(): Promise<number> {
  const { calls } = await stage.crisp<{ calls: { byRoute: Record<string, number> } }>('GET', '/state');
  return calls.byRoute[COMPOSE] ?? 0;
}

/** Only a plugin's web hooks tell it. */
async function agentTypes(session: string, type: 'start' | 'stop'): Promise<void> {
  const timestamp = Date.now();
  const data = { website_id: WEBSITE, session_id: session, type, timestamp, user: { nickname: 'Mia' } };
  await stage.send(stage.hookRecord(JSON.stringify({ website_id: WEBSITE, event: 'message:compose:receive', timestamp, data })));
}

async function isSeenWriting(visitor: TalkingVisitor, session: string, type: string): Promise<void> {
  await eventually(async () => (await visitor.inCrisp(session)).typing?.type === type, { what: `"${type}" in Crisp` });
}

async function keptEvents(): Promise<number> {
  const rows: { count: string }[] = await stage.dataSource.query('SELECT count(*) FROM inbox');
  return Number(rows[0]!.count);
}

async function lastWordOf(visitor: TalkingVisitor): Promise<string> {
  const rows: { message_id: string }[] = await stage.dataSource.query(
    `SELECT message_id FROM transcript_lines WHERE conversation_id = $1 AND author->>'kind' = 'visitor' ORDER BY position DESC LIMIT 1`,
    [visitor.conversationId],
  );
  return rows[0]!.message_id;
}

async function arrives(visitor: TalkingVisitor, session: string, text: string): Promise<void> {
  await eventually(async () => (await visitor.inCrisp(session)).messages.some(({ content }) => content === text), {
    what: `"${text}" in Crisp`,
  });
}

describe('between agent and visitor', () => {
  it('the visitor sees who writes, and that he stopped, and nothing of it is kept', async () => {
    const visitor = stage.visitor('watching');
    const session = await visitor.getsToAgents();
    // What he wrote, what the bot answered, and what Crisp tells of the segments that we set.
    await eventually(async () => (await keptEvents()) === 3, { what: 'all that came before' });
    await agentTypes(session, 'start');
    expect((await visitor.hears('delivery.typing')).data).toMatchObject({ author: { kind: 'agent', name: 'Mia' }, typing: true });
    await agentTypes(session, 'stop');
    expect((await visitor.hears('delivery.typing', 2)).data).toMatchObject({ typing: false });
    expect(await keptEvents()).toBe(3);
  }, 30_000);

  it('nobody is seen writing in a conversation that is over', async () => {
    const visitor = stage.visitor('over');
    const session = await visitor.getsToAgents();
    await visitor.isHelped(session, 'Done.');
    await agentTypes(session, 'start');
    await visitor.says('And now?');
    await visitor.hears('bot.turn', 2);
    expect(visitor.told('delivery.typing')).toEqual([]);
  }, 30_000);

  it('the visitor sees which of his messages was read last, each once', async () => {
    const visitor = stage.visitor('read');
    const session = await visitor.getsToAgents();
    await visitor.says('one');
    await visitor.says('two');
    await arrives(visitor, session, 'two');
    const two = await lastWordOf(visitor);
    await stage.crisp('POST', `/conversations/${session}/read`, { from: 'user' });
    expect((await visitor.hears('delivery.read')).data).toMatchObject({ messageId: two });
    await visitor.says('three');
    await arrives(visitor, session, 'three');
    for (let i = 0; i < 2; i++) await stage.crisp('POST', `/conversations/${session}/read`, { from: 'user' });
    expect((await visitor.hears('delivery.read', 2)).data).toMatchObject({ messageId: await lastWordOf(visitor) });
    await visitor.agentSays(session, 'I see.');
    await visitor.isShown('I see.');
    expect(visitor.told('delivery.read')).toHaveLength(2);
  }, 30_000);

  it('an agent sees that the visitor writes while he hears him, and that he stopped', async () => {
    const visitor = stage.visitor('writing');
    await visitor.says('Hello');
    await visitor.hears('bot.turn');
    await visitor.types(true);
    const session = await visitor.getsToAgents();
    expect(await composeCalls()).toBe(0);
    await visitor.types(false);
    await visitor.types(true, new Date(Date.now() - 6_000));
    await visitor.says('It is about');
    await arrives(visitor, session, 'It is about');
    expect(await composeCalls()).toBe(0);
    await eventually(async () => {
      await visitor.types(true);
      return (await composeCalls()) > 0;
    });
    await isSeenWriting(visitor, session, 'start');
    await visitor.types(false);
    await isSeenWriting(visitor, session, 'stop');
  }, 30_000);

  it('no sign goes to Crisp where signs are switched off', async () => {
    await stage.publish({ signs: false });
    const visitor = stage.visitor('unseen');
    const session = await visitor.getsToAgents();
    const before = await composeCalls();
    await visitor.types(true);
    await visitor.says('Hello');
    await arrives(visitor, session, 'Hello');
    expect(await composeCalls()).toBe(before);
    await stage.publish();
  }, 30_000);

  it('when Crisp says that it was too much, signs are left out and words go on', async () => {
    const visitor = stage.visitor('too much');
    await visitor.getsToAgents();
    await stage.crisp('PUT', '/faults', { rest: { failures: [{ kind: '423', path: '/compose', count: 1 }] } });
    await eventually(async () => {
      await visitor.types(true);
      const { calls } = await stage.crisp<{ calls: { byFault: Record<string, number> } }>('GET', '/state');
      return (calls.byFault['423'] ?? 0) > 0;
    });
    const before = await composeCalls();
    const another = stage.visitor('another one');
    const anotherSession = await another.getsToAgents();
    await another.types(true);
    await another.says('words');
    await arrives(another, anotherSession, 'words');
    expect(await composeCalls()).toBe(before);
    const metrics = await (await fetch(`${stage.replicas[0]!.url}/metrics`)).text();
    expect(metrics).toMatch(/baton_signs_dropped_total\{[^}]*reason="crisp-refuses"[^}]*\} [1-9]/);
    expect(metrics).toMatch(/baton_breakers_open(?:\{[^}]*\})? 0/);
    await stage.crisp('DELETE', '/faults');
  }, 40_000);
});
