import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { groupOnTheWire, topicOnTheWire } from '@baton/contracts';
import { eventually } from '@baton/testing';
import { BOT_KEY, Stage } from './testing/stage.js';

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.build();
  await stage.replica({ CATCH_UP_SECONDS: '1' });
}, 90_000);
afterAll(() => stage.close(), 30_000);

describe('the orchestrator', () => {
  it('gives the bot what the visitor says and shows what the bot answers', async () => {
    const visitor = stage.visitor('talker');
    await visitor.says('hello');
    const turn = await visitor.hears('bot.turn');
    await visitor.botSays({ turn: turn.data['turn'], epoch: turn.data['epoch'], messages: [{ text: 'Hi there' }] });
    await visitor.isShown('Hi there');
  });

  it('reads under its own name', async () => {
    const { topicPrefix } = stage.kafka.config;
    const admin = stage.kafka.admin();
    await admin.connect();
    const topic = topicOnTheWire('visitor-messages', topicPrefix);
    const committed = () => admin.committed(groupOnTheWire('escalation-orchestrator', topicPrefix), topic);
    await eventually(async () => (await committed()).length > 0, { what: 'a commit of the group' });
    await admin.disconnect();
  });

  it('brings a visitor to an agent and back, with who he is and what it is about', async () => {
    const visitor = stage.visitor('ada');
    const session = await visitor.getsToAgents({
      handover_category_name: 'Billing',
      user_data: { name: 'Ada Park', email: 'ada@example.test', phone: '+49 30 1234567', order: { id: 1234 }, password: 'secret' },
    });
    const inCrisp = await visitor.inCrisp(session);
    expect(inCrisp.messages[0]).toMatchObject({ type: 'text', from: 'user' });
    expect(inCrisp.messages[0]!.content).toMatch(/^Hi, this user need your help\. You can find the conversation history here: http/);
    expect(inCrisp.meta).toMatchObject({ nickname: 'Ada Park', email: 'ada@example.test', phone: '+49 30 1234567' });
    expect(inCrisp.meta.data).toMatchObject({ 'order.id': 1234 });
    expect(JSON.stringify(inCrisp.meta)).not.toContain('secret');
    expect(inCrisp.segments).toContain('billing');
    await eventually(async () => (await visitor.inCrisp(session)).state === 'unresolved', { what: 'the session being unresolved' });

    await visitor.says('My parcel never came');
    await eventually(async () =>
      (await visitor.inCrisp(session)).messages.some((message) => message.content === 'My parcel never came' && message.from === 'user'),
    );
    const fingerprint = await visitor.agentSays(session, 'I am lokking into it');
    await visitor.isShown('I am lokking into it');
    await stage.crisp('PATCH', `/conversations/${session}/messages/${fingerprint}`, { text: 'I am looking into it' });
    expect((await visitor.hears('delivery.edit')).data['body']).toEqual({ type: 'text', text: 'I am looking into it' });
    await stage.crisp('POST', `/conversations/${session}/note`, { text: 'a secret between agents' });
    const mistake = await visitor.agentSays(session, 'wrong window');
    await visitor.isShown('wrong window');
    await stage.crisp('DELETE', `/conversations/${session}/messages/${mistake}`);
    await visitor.hears('delivery.removal');
    await stage.crisp('POST', `/conversations/${session}/resolve`);
    const unmuted = await visitor.hears('bot.unmuted');
    expect(unmuted.data).toMatchObject({ reason: 'resolved' });
    expect(JSON.stringify(unmuted.data)).toContain('I am looking into it');
    expect(JSON.stringify(stage.told)).not.toContain('a secret between agents');
    expect(JSON.stringify(unmuted.data)).not.toContain('wrong window');
    await visitor.says('thanks');
    await visitor.hears('bot.turn', 2);

    const second = await visitor.getsToAgents();
    expect(second).not.toBe(session);
    await visitor.agentSays(second, 'Me again');
    await visitor.isShown('Me again');
    expect(visitor.told('handover.connected')).toHaveLength(2);
  }, 40_000);

  it('shows on-calls what became of its work outside, by kind', async () => {
    const metrics = await (await fetch(`${stage.replicas[0]!.url}/metrics`)).text();
    expect(metrics).toContain('# TYPE baton_effects_total counter');
    expect(metrics).toMatch(/^baton_effects_total\{kind="[a-z-]+",outcome="done"\} [1-9]/m);
    expect(metrics).toMatch(/^baton_in_doubt_total\{kind="[a-z-]+"\} \d/m);
    expect(metrics).toMatch(/^baton_outbox_waiting \d/m);
  });

  it('promises nobody when nobody is there', async () => {
    await stage.crisp('POST', `/websites/11111111-2222-4333-8444-555555555555/availability`, { status: 'away' });
    const visitor = stage.visitor('lonely');
    await visitor.says('help');
    await visitor.hears('bot.turn');
    await visitor.botSays({ need_help: true, muted: true });
    expect((await visitor.hears('handover.declined')).data).toMatchObject({ reason: 'nobody-online' });
    await visitor.isShown('Nobody from our team is available right now. I am still here to help.');
    await stage.crisp('POST', `/websites/11111111-2222-4333-8444-555555555555/availability`, { status: 'online' });
  }, 20_000);

  it('finds what a web hook never told, in order, and the resolve behind it', async () => {
    const visitor = stage.visitor('unhooked');
    const session = await visitor.getsToAgents();
    await visitor.agentSays(session, 'first');
    await visitor.isShown('first');
    stage.dropsHooks = true;
    await visitor.agentSays(session, 'second');
    await visitor.agentSays(session, 'third');
    await visitor.isShown('third', 20_000);
    stage.dropsHooks = false;
    expect(visitor.shown.slice(-3)).toEqual(['first', 'second', 'third']);
    stage.dropsHooks = true;
    await stage.dataSource.query("UPDATE handovers SET accepted_at = accepted_at - interval '5 minutes' WHERE conversation_id = $1", [
      visitor.conversationId,
    ]);
    await stage.dataSource.query(
      "UPDATE crisp_sessions SET state_set_until = state_set_until - interval '5 minutes' WHERE conversation_id = $1",
      [visitor.conversationId],
    );
    await stage.crisp('POST', `/conversations/${session}/resolve`);
    await visitor.hears('handover.resolved', 1, 20_000);
    stage.dropsHooks = false;
  }, 60_000);

  it('keeps the words of visitors through an outage of Crisp and brings them once, in order', async () => {
    const visitor = stage.visitor('patient');
    const session = await visitor.getsToAgents();
    await stage.crisp('PUT', '/faults', { rest: { failures: [{ kind: '500', path: '/message', method: 'POST', when: 'either' }] } });
    for (const word of ['one', 'two', 'three']) await visitor.says(word);
    const isInTrouble = 'SELECT 1 FROM effects WHERE lane = $1 AND ended_at IS NULL AND attempts > 1';
    await eventually(async () => ((await stage.dataSource.query(isInTrouble, [visitor.conversationId])) as unknown[]).length > 0, {
      what: 'a second attempt',
    });
    await stage.crisp('DELETE', '/faults');
    const words = await eventually(
      async () => {
        const found = (await visitor.inCrisp(session)).messages.filter((message) => ['one', 'two', 'three'].includes(message.content));
        return found.length >= 3 ? found.map((message) => message.content) : null;
      },
      { within: 60_000, every: 200, what: 'the words being in Crisp' },
    );
    expect(words).toEqual(['one', 'two', 'three']);
  }, 90_000);

  it('tells an agent with a link where the whole talk can be read, and takes it back on demand', async () => {
    const visitor = stage.visitor('reader');
    await visitor.says('<b>before</b>');
    const session = await visitor.getsToAgents();
    const link = /http\S+/.exec((await visitor.inCrisp(session)).messages[0]!.content)![0];
    const page = await fetch(link);
    expect(page.status).toBe(200);
    expect(Object.fromEntries(page.headers)).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-robots-tag': expect.stringContaining('noindex'),
    });
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await page.text()).toContain('&lt;b&gt;before&lt;/b&gt;');
    const forged = link.slice(0, -2) + (link.endsWith('AA') ? 'BB' : 'AA');
    const unknown = await fetch(forged);
    expect(unknown.status).toBe(404);
    const { url } = stage.replicas[0]!;
    const revoked = await fetch(`${url}/v1/conversations/${visitor.conversationId}/history-links`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${BOT_KEY}` },
    });
    expect(await revoked.json()).toEqual({ revoked: 1 });
    expect((await fetch(link)).status).toBe(410);
    expect(await stage.dataSource.query('SELECT answer FROM history_accesses ORDER BY id')).toEqual([
      { answer: 'open' },
      { answer: 'revoked' },
    ]);
  });

  describe('over HTTP', () => {
    const ask = (body: unknown, headers: Record<string, string> = {}) =>
      fetch(`${stage.replicas[0]!.url}/v1/escalations`, {
        method: 'POST',
        body: typeof body === 'string' ? body : JSON.stringify(body),
        headers: { 'content-type': 'application/json', authorization: `Bearer ${BOT_KEY}`, ...headers },
      });

    it('asks for a human once per request, and returns the open handover to whoever asks again', async () => {
      const visitor = stage.visitor('http');
      await visitor.says('hello');
      await visitor.hears('bot.turn');
      const request = { conversation_id: visitor.conversationId, history: [{ from: 'visitor', text: 'before' }] };
      const first = await ask(request, { 'idempotency-key': 'one' });
      expect(first.status).toBe(202);
      const answer = (await first.json()) as { handover_id: string; floor: string };
      expect(answer.floor).toBe('escalating');
      const again = await ask(request, { 'idempotency-key': 'one' });
      expect([again.status, ((await again.json()) as typeof answer).handover_id]).toEqual([200, answer.handover_id]);
      expect((await ask({ ...request, reason: 'other' }, { 'idempotency-key': 'one' })).status).toBe(409);
      const another = await ask(request);
      expect([another.status, ((await another.json()) as typeof answer).handover_id]).toEqual([200, answer.handover_id]);
      await visitor.hears('handover.accepted');
      expect(visitor.told('handover.requested')).toHaveLength(1);
    });

    it('refuses who asks for a human in a circle, before the visitor has said anything', async () => {
      const visitor = stage.visitor('circle');
      await visitor.says('hello');
      await visitor.hears('bot.turn');
      const away = (status: string) => stage.crisp('POST', '/websites/11111111-2222-4333-8444-555555555555/availability', { status });
      await away('away');
      const request = { conversation_id: visitor.conversationId };
      expect((await ask(request)).status).toBe(202);
      await visitor.hears('handover.declined');
      await away('online');
      const refused = await ask(request);
      expect([refused.status, await refused.json()]).toMatchObject([409, { error: { code: 'handover-loop' } }]);
      await visitor.hears('bot.answer-rejected');
      expect(visitor.told('bot.answer-rejected')).toMatchObject([{ data: { reason: 'budget' } }]);
      expect(await (await fetch(`${stage.replicas[0]!.url}/metrics`)).text()).toMatch(/baton_alarms_total{name="handover-loop"} [1-9]/);
    });

    it.each([
      ['a body that is no JSON', () => ask('{'), 400, 'invalid-request'],
      ['a list', () => ask('[]'), 400, 'invalid-request'],
      ['a field that is wrong', () => ask({ conversation_id: 'x' }), 400, 'invalid-request'],
      ['a key that is none', () => ask({}, { authorization: 'Bearer wrong-key' }), 401, 'unauthorized'],
      ['a conversation that does not exist', () => ask({ conversation_id: '5c3f1c1e-3c7e-5b6a-8f39-2f3f7c1b9a10' }), 404, 'not-found'],
      ['a body that is too large', () => ask({ conversation_id: 'x'.repeat(1_100_000) }), 413, 'too-large'],
      ['a form', () => ask('a=b', { 'content-type': 'text/plain' }), 415, 'unsupported-media-type'],
    ] as const)('refuses %s', async (_what, request, status, code) => {
      const response = await request();
      expect([response.status, await response.json()]).toMatchObject([status, { error: { code } }]);
    });
  });
});
