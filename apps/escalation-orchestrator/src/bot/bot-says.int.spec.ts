import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { topicOnTheWire } from '@baton/contracts';
import { eventually } from '@baton/testing';
import { BOT_KEY, Stage } from '../testing/stage.js';
import type { TalkingVisitor } from '../testing/talking-visitor.js';

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.build();
  await stage.replica();
}, 90_000);
afterAll(() => stage.close(), 30_000);

const NOTE = 'Wants a refund for order 1234; the return policy did not help';

/** What agents see in the inbox: kind and words, in order. */
async function inInbox(visitor: TalkingVisitor, session: string): Promise<string[]> {
  return (await visitor.inCrisp(session)).messages.map(({ type, content }) => `${type}: ${content}`);
}

async function deadLetters(): Promise<number> {
  const admin = stage.kafka.admin();
  await admin.connect();
  const bounds = await admin.bounds(topicOnTheWire('dead-letters', stage.kafka.config.topicPrefix));
  await admin.disconnect();
  return bounds.reduce((sum, { begin, end }) => sum + Number(end - begin), 0);
}

describe('what the bot tells the agents beside the handover', () => {
  it('is a private note behind the first message, and stands nowhere else', async () => {
    const visitor = stage.visitor('noted');
    const session = await visitor.getsToAgents({ handover_note: NOTE });
    await visitor.says('and hurry');
    const shown = await eventually(async () => {
      const all = await inInbox(visitor, session);
      return all.includes('text: and hurry') && all;
    });
    expect(shown.slice(1)).toEqual([expect.stringContaining('note: The bot asked for a human'), `note: ${NOTE}`, 'text: and hurry']);
    await visitor.agentSays(session, 'I read it');
    await visitor.isShown('I read it');
    expect(JSON.stringify(stage.told)).not.toContain('return policy');
    expect(stage.lines.join('')).not.toContain('return policy');
    const link = /http\S+/.exec(shown[0]!)![0];
    expect(await (await fetch(link)).text()).not.toContain('return policy');
  }, 30_000);

  it('comes over HTTP, too', async () => {
    const visitor = stage.visitor('noted over http');
    await visitor.says('hello');
    await visitor.hears('bot.turn');
    await fetch(`${stage.replicas[0]!.url}/v1/escalations`, {
      method: 'POST',
      body: JSON.stringify({ conversation_id: visitor.conversationId, handover_note: NOTE }),
      headers: { 'content-type': 'application/json', authorization: `Bearer ${BOT_KEY}` },
    });
    const session = (await visitor.hears('handover.accepted')).data['crisp_session_id'] as string;
    await eventually(async () => (await inInbox(visitor, session)).includes(`note: ${NOTE}`), { what: 'the note' });
  }, 30_000);

  it.each([
    [402, 'subscription_upgrade_required'],
    [403, 'not_allowed'],
  ])(
    'is left out, and counted, where Crisp refuses notes with %s %s: the handover goes on',
    async (status, reason) => {
      const plan = await withoutNotes(status, reason);
      await stage.publish({}, plan.url);
      const visitor = stage.visitor(`without notes ${status}`);
      await eventually(async () => (await refusedNotes()) !== undefined, { what: 'the metrics' });
      const before = await refusedNotes();
      const session = await visitor.getsToAgents({ handover_note: NOTE });
      await visitor.says('hello?');
      await eventually(async () => (await inInbox(visitor, session)).includes('text: hello?'), { what: 'the words behind the note' });
      expect((await inInbox(visitor, session)).some((line) => line.startsWith('note'))).toBe(false);
      expect(await refusedNotes()).toBe(before! + 1);
      await stage.publish();
      plan.close();
    },
    30_000,
  );
});

async function refusedNotes(): Promise<number | undefined> {
  const metrics = await (await fetch(`${stage.replicas[0]!.url}/metrics`)).text();
  const found = /^baton_effects_total\{kind="post-note",outcome="refused"\} (\d+)/m.exec(metrics);
  return found ? Number(found[1]) : undefined;
}

/** Crisp on a plan without private notes; all else is as the simulated one answers. */
async function withoutNotes(status: number, reason: string): Promise<{ url: string; close: () => void }> {
  const server = createServer((request, response) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const body = Buffer.concat(chunks);
      if (body.includes('"type":"note"')) {
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ error: true, reason, data: {} }));
        return;
      }
      const { host: _host, 'content-length': _length, connection: _connection, ...headers } = request.headers;
      const answer = await fetch(`${stage.crispAddress}${request.url}`, {
        method: request.method!,
        headers: headers as Record<string, string>,
        ...(body.length > 0 ? { body } : {}),
      });
      response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'application/json' });
      response.end(Buffer.from(await answer.arrayBuffer()));
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

describe('that the bot writes', () => {
  it('is shown while it works on an open turn, at a pace, and not beside its answer', async () => {
    const visitor = stage.visitor('watching');
    await visitor.says('hello');
    const { turn, epoch } = (await visitor.hears('bot.turn')).data as { turn: number; epoch: number };
    for (let again = 0; again < 20; again++) await visitor.botTypes({ turn, epoch, typing: true });
    const sign = await visitor.hears('delivery.typing');
    expect(sign.data).toMatchObject({ author: { kind: 'bot', name: 'Robin' }, typing: true });
    await visitor.botSays({ turn, epoch, messages: [{ text: 'Here I am' }] });
    await visitor.isShown('Here I am');
    await visitor.botTypes({ turn, epoch, typing: false });
    await visitor.says('and again');
    await visitor.hears('bot.turn', 2);
    expect(visitor.told('delivery.typing')).toHaveLength(1);
  }, 30_000);

  it('is dropped in silence when it comes too late, from another bot or against the floor', async () => {
    const visitor = stage.visitor('handed over');
    await visitor.says('hello');
    const { turn, epoch } = (await visitor.hears('bot.turn')).data as { turn: number; epoch: number };
    await visitor.botTypes({ turn, epoch, typing: true }, new Date(Date.now() - 60_000));
    const session = await visitor.getsToAgents();
    await visitor.botTypes({ turn, epoch, typing: true });
    await visitor.botTypes({ turn: turn + 1, epoch, typing: true });
    const nobody = stage.visitor('nobody has heard of him');
    await nobody.botTypes({ turn: 1, epoch: 0, typing: true });
    await visitor.botSays({ user_data: { name: 'Ada' } });
    await eventually(async () => (await visitor.inCrisp(session)).meta.nickname === 'Ada', { what: 'what the bot said behind it' });
    expect([...visitor.told('delivery.typing'), ...nobody.told()]).toEqual([]);
    expect(await deadLetters()).toBe(0);
  }, 30_000);
});
