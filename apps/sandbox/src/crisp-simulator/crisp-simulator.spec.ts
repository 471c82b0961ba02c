import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '@baton/testing';
import { Crisp } from 'crisp-api';
import { FaultsSchema, type FaultsInput } from './faults/faults.js';
import { signHook } from './hooks/sign.js';
import { type CrispSimulator, createCrispSimulator } from './server.js';

const WEBSITE = '11111111-2222-4333-8444-555555555555';
const OTHER_WEBSITE = '11111111-2222-4333-8444-666666666666';
const MIA = '22222222-2222-4333-8444-555555555501';
const SECRET = 'demo-hook-secret';
const ORIGIN = 'urn:acme.example:handover:0';

interface Hook {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
  event: string;
  data: Record<string, unknown>;
}

let simulator: CrispSimulator;
let url: string;
let receiver: Server;
let hooks: Hook[] = [];
let refuseHooks = 0;
let client: Crisp;

beforeAll(async () => {
  receiver = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const { event, data } = JSON.parse(body) as { event: string; data: Record<string, unknown> };
      hooks.push({ path: request.url ?? '', headers: request.headers, body, event, data });
      response.writeHead(refuseHooks-- > 0 ? 503 : 200).end('{}');
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  const to = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
  simulator = createCrispSimulator({
    setup: {
      websites: [
        { website_id: WEBSITE, hook_url: `${to}/website?key=right`, operators: [{ user_id: MIA, first_name: 'Mia', last_name: 'Berger' }] },
        { website_id: OTHER_WEBSITE },
      ],
      tokens: [
        { identifier: 'id', key: 'key', tier: 'plugin', websites: [WEBSITE] },
        { identifier: 'reader', key: 'key', tier: 'website', websites: [WEBSITE], scopes: { 'website:conversation:sessions': ['read'] } },
        { identifier: 'poor', key: 'key', tier: 'plugin', websites: [WEBSITE], daily_quota: 2 },
      ],
      plugins: [
        { plugin_id: '0b0b0b0b-0000-4000-8000-000000000001', websites: [WEBSITE], hook_url: `${to}/plugin`, signing_secret: SECRET },
      ],
    },
  });
  url = await simulator.listen(0);
});

afterAll(async () => {
  await simulator.close();
  receiver.closeAllConnections();
  await new Promise((resolve) => receiver.close(resolve));
});

beforeEach(async () => {
  await control('POST', '/reset', { seed: 7 });
  hooks = [];
  refuseHooks = 0;
  client = clientOf('id', 'plugin');
});

function clientOf(identifier: string, tier: 'plugin' | 'website' | 'user'): Crisp {
  const made = new Crisp();
  made.setRestHost(url);
  made.authenticateTier(tier, identifier, 'key');
  return made;
}

async function control<T = Record<string, unknown>>(method: string, path: string, body?: unknown): Promise<T> {
  const response = await fetch(`${url}/control${path}`, {
    method,
    ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as T;
}

const faults = (wanted: FaultsInput): unknown => (simulator.world.faults = FaultsSchema.parse(wanted));

async function opened(): Promise<string> {
  return (await client.website.createNewConversation(WEBSITE)).session_id!;
}

async function raw(
  method: string,
  path: string,
  init: { body?: string; tier?: string; token?: string } = {},
): Promise<{ status: number; reason: string; data: Record<string, unknown> }> {
  const response = await fetch(`${url}/v1/${path}`, {
    method,
    headers: {
      authorization: `Basic ${Buffer.from(init.token ?? 'id:key').toString('base64')}`,
      ...(init.tier === '' ? {} : { 'x-crisp-tier': init.tier ?? 'plugin' }),
      ...(init.body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(init.body === undefined ? {} : { body: init.body }),
  });
  return { status: response.status, ...((await response.json()) as { reason: string; data: Record<string, unknown> }) };
}

const say = (session: string, text: string, more: Record<string, unknown> = {}): Promise<unknown> =>
  client.website.sendMessageInConversation(WEBSITE, session, {
    type: 'text',
    from: 'user',
    origin: ORIGIN,
    content: text,
    ...more,
  } as never);

const signed = (event: string): Hook[] => hooks.filter((hook) => hook.path === '/plugin' && hook.event === event);

describe("Crisp's own client at the simulated Crisp", () => {
  it('opens a conversation that is pending, anonymous and in the segment chat', async () => {
    const session = await opened();
    expect(session).toMatch(/^session_[0-9a-f-]{36}$/);
    expect(await client.website.getConversation(WEBSITE, session)).toMatchObject({ state: 'pending', unread: { operator: 0, visitor: 0 } });
    expect(await client.website.getConversationMetas(WEBSITE, session)).toMatchObject({
      nickname: 'anonymous',
      email: '',
      segments: ['chat'],
      data: {},
    });
  });

  it("keeps a message with the fingerprint that was chosen and tells it as the visitor's word", async () => {
    const session = await opened();
    expect(await say(session, 'Where is my parcel?', { fingerprint: 176000000012342, properties: { bridge_id: 'msg_42' } })).toEqual({
      fingerprint: 176000000012342,
    });
    const [message] = (await client.website.getMessagesInConversation(WEBSITE, session, Date.now() + 1_000)) as unknown as Record<
      string,
      unknown
    >[];
    expect(message).toMatchObject({
      content: 'Where is my parcel?',
      fingerprint: 176000000012342,
      read: '',
      stamped: true,
      properties: { bridge_id: 'msg_42' },
    });
    await eventually(() => signed('message:send').length === 1);
    expect(signed('message:send')[0]!.data).toMatchObject({
      session_id: session,
      origin: ORIGIN,
      from: 'user',
      user: { user_id: session },
    });
    expect((await client.website.getConversation(WEBSITE, session)).unread).toEqual({ operator: 1, visitor: 0 });
  });

  it('pages messages by twenty: the newest first, oldest first inside, 206 while older ones remain', async () => {
    const session = await opened();
    for (let at = 1; at <= 45; at++) await say(session, `line ${at}`, { timestamp: 1_760_000_000_000 + at });
    const path = `website/${WEBSITE}/conversation/${session}/messages`;
    const newest = await raw('GET', path);
    const texts = (answer: { data: unknown }): string[] => (answer.data as { content: string }[]).map((message) => message.content);
    expect([newest.status, texts(newest)[0], texts(newest).at(-1)]).toEqual([206, 'line 26', 'line 45']);
    const oldest = await raw('GET', `${path}?timestamp_before=${1_760_000_000_006}`);
    expect([oldest.status, texts(oldest)]).toEqual([200, ['line 1', 'line 2', 'line 3', 'line 4', 'line 5']]);
    expect(texts(await raw('GET', `${path}?timestamp_after=${1_760_000_000_043}`))).toEqual(['line 44', 'line 45']);
  });

  it('changes meta in part, tells one event a changed field and none for what stayed', async () => {
    const session = await opened();
    await client.website.updateConversationMetas(WEBSITE, session, {
      nickname: 'Ada',
      email: 'ada@example.test',
      segments: ['chat', 'billing'],
      data: { order: 1234 },
    });
    await client.website.updateConversationMetas(WEBSITE, session, { nickname: 'Ada', phone: '+4930123' });
    await eventually(() => signed('session:set_phone').length === 1);
    const told = hooks.filter((hook) => hook.path === '/plugin').map((hook) => hook.event);
    expect(told.sort()).toEqual([
      'session:set_data',
      'session:set_email',
      'session:set_nickname',
      'session:set_phone',
      'session:set_segments',
    ]);
    expect(await client.website.getConversationMetas(WEBSITE, session)).toMatchObject({
      nickname: 'Ada',
      email: 'ada@example.test',
      data: { order: 1234 },
    });
  });

  it('reopens a resolved conversation as pending when the visitor writes', async () => {
    const session = await opened();
    await client.website.changeConversationState(WEBSITE, session, 'resolved');
    await say(session, 'One more thing');
    expect(await client.website.getConversationState(WEBSITE, session)).toEqual({ state: 'pending' });
    await eventually(() => signed('session:set_state').length === 2);
    expect(signed('session:set_state').map((hook) => hook.data['state'])).toEqual(['resolved', 'pending']);
  });

  it('marks read by the author of the messages', async () => {
    const session = await opened();
    await say(session, 'Hello');
    await client.website.markMessagesReadInConversation(WEBSITE, session, { from: 'user', origin: ORIGIN } as never);
    expect((await client.website.getConversation(WEBSITE, session)).unread).toEqual({ operator: 0, visitor: 0 });
    await eventually(() => signed('message:acknowledge:read:send').length === 1);
    expect((await raw('PATCH', `website/${WEBSITE}/conversation/${session}/read`, { body: '{"from":"user"}' })).status).toBe(400);
  });

  it('edits, removes, routes, blocks and deletes', async () => {
    const session = await opened();
    await say(session, 'Helo', { fingerprint: 1 });
    await client.website.updateMessageInConversation(WEBSITE, session, 1, 'Hello');
    await client.website.removeMessageInConversation(WEBSITE, session, 1);
    await client.website.assignConversationRouting(WEBSITE, session, { assigned: { user_id: MIA } } as never);
    await client.website.blockIncomingMessagesForConversation(WEBSITE, session, true);
    await client.website.removeConversation(WEBSITE, session);
    await eventually(() => signed('session:removed').length === 1);
    expect(hooks.filter((hook) => hook.path === '/plugin').map((hook) => hook.event)).toEqual([
      'message:send',
      'message:updated',
      'message:removed',
      'session:set_routing',
      'session:set_block',
      'session:removed',
    ]);
    expect(signed('message:updated')[0]!.data).toMatchObject({ fingerprint: 1, content: 'Hello' });
    await expect(client.website.getConversation(WEBSITE, session)).rejects.toMatchObject({ code: 404, message: 'conversation_not_found' });
  });

  it('tells of each operator whether he is there, as the control says', async () => {
    const there = () => client.website.listWebsiteOperatorAvailabilities(WEBSITE);
    expect(await there()).toMatchObject([{ user_id: MIA, type: 'online' }]);
    await control('POST', `/websites/${WEBSITE}/availability`, { status: 'away', operator_id: 'somebody else' });
    expect(await there()).toMatchObject([{ user_id: MIA, type: 'online' }]);
    await control('POST', `/websites/${WEBSITE}/availability`, { status: 'away', operator_id: MIA });
    expect(await there()).toMatchObject([{ user_id: MIA, type: 'away' }]);
  });

  it('puts a conversation into an inbox, and tells it', async () => {
    const session = await opened();
    await client.website.updateConversationInbox(WEBSITE, session, 'inbox_money' as never);
    expect(await client.website.getConversation(WEBSITE, session)).toMatchObject({ inbox_id: 'inbox_money' });
    expect(await control('GET', `/conversations/${session}`)).toMatchObject({ inbox_id: 'inbox_money' });
    const hook = await eventually(() => hooks.find(({ event }) => event === 'session:set_inbox'));
    expect(hook.data).toMatchObject({ inbox_id: 'inbox_money', previous_inbox_id: null });
  });

  it('knows operators, availability, people and the plugin', async () => {
    expect(await client.website.getWebsiteAvailabilityStatus(WEBSITE)).toMatchObject({ status: 'online' });
    await control('POST', `/websites/${WEBSITE}/availability`, { status: 'away' });
    expect(await client.website.getWebsiteAvailabilityStatus(WEBSITE)).toMatchObject({ status: 'away' });
    expect(await client.website.listWebsiteOperators(WEBSITE)).toMatchObject([
      { type: 'operator', details: { user_id: MIA, availability: 'away' } },
    ]);
    const { people_id } = (await client.website.addNewPeopleProfile(WEBSITE, {
      email: 'ada@example.test',
      person: { nickname: 'Ada' },
    } as never)) as { people_id: string };
    expect(await client.website.getPeopleProfile(WEBSITE, encodeURIComponent('ada@example.test'))).toMatchObject({ people_id });
    expect(await raw('GET', 'plugin/connect/account')).toMatchObject({
      status: 200,
      data: { plugin_id: '0b0b0b0b-0000-4000-8000-000000000001' },
    });
    expect(await raw('POST', 'bucket/url/generate', { body: '{}' })).toMatchObject({ status: 501, reason: 'not_implemented' });
  });

  it('lists conversations newest change first, without empty ones, and by filter', async () => {
    const [first, second, empty] = [await opened(), await opened(), await opened()];
    await say(first, 'one');
    await say(second, 'two');
    await client.website.changeConversationState(WEBSITE, first, 'resolved');
    const ids = (list: unknown): string[] => (list as { session_id: string }[]).map((conversation) => conversation.session_id);
    expect(ids(await client.website.listConversations(WEBSITE, 1, {} as never))).not.toContain(empty);
    expect(ids((await raw('GET', `website/${WEBSITE}/conversations/1?filter_not_resolved=1`)).data)).toEqual([second]);
    expect(ids((await raw('GET', `website/${WEBSITE}/conversations/1?filter_resolved=1`)).data)).toEqual([first]);
  });
});

describe('who may call', () => {
  it.each([
    ['a wrong key', { token: 'id:wrong' }],
    ['no tier', { tier: '' }],
    ['a tier in capitals', { tier: 'Plugin' }],
    ['the tier of another token', { tier: 'website' }],
  ])('refuses %s', async (_what, init) => {
    expect(await raw('GET', `website/${WEBSITE}`, init)).toMatchObject({ status: 401, reason: 'invalid_session' });
  });

  it('refuses a workspace that did not subscribe, one that is none, and a right that was not granted', async () => {
    expect(await raw('GET', `website/${OTHER_WEBSITE}`)).toMatchObject({ status: 404, reason: 'not_subscribed' });
    expect(await raw('GET', 'website/99999999-2222-4333-8444-555555555555')).toMatchObject({ status: 404, reason: 'website_not_found' });
    expect(await raw('POST', `website/${WEBSITE}/conversation`, { token: 'reader:key', tier: 'website' })).toMatchObject({
      status: 403,
      reason: 'not_allowed',
    });
  });

  it('refuses with 423 when the quota of the day is used up', async () => {
    const statuses = [];
    for (let call = 0; call < 3; call++) statuses.push((await raw('GET', `website/${WEBSITE}`, { token: 'poor:key' })).status);
    expect(statuses).toEqual([200, 200, 423]);
  });
});

describe('what it takes', () => {
  it.each([
    ['an unknown type', { type: 'song', from: 'user', origin: 'chat', content: 'la' }],
    ['an unknown side', { type: 'text', from: 'visitor', origin: 'chat', content: 'hi' }],
    ['no origin', { type: 'text', from: 'user', content: 'hi' }],
    ['a fingerprint in quotes', { type: 'text', from: 'user', origin: 'chat', content: 'hi', fingerprint: '176000000012342' }],
    ['a text for a file', { type: 'file', from: 'user', origin: 'chat', content: 'hi' }],
    ['nothing', {}],
  ])('refuses a message with %s', async (_what, body) => {
    const answer = await raw('POST', `website/${WEBSITE}/conversation/${await opened()}/message`, { body: JSON.stringify(body) });
    expect(answer).toMatchObject({ status: 400, reason: 'invalid_data' });
    expect(answer.data['message']).toEqual(expect.any(String));
  });

  it('refuses ids of another form, broken JSON and unknown routes with an envelope', async () => {
    expect(await raw('GET', `website/${WEBSITE}/conversation/session_x`)).toMatchObject({ status: 400, reason: 'invalid_data' });
    expect(await raw('POST', `website/${WEBSITE}/conversation`, { body: '{' })).toMatchObject({ status: 400, reason: 'invalid_data' });
    expect(await raw('GET', 'nowhere')).toMatchObject({ status: 404, reason: 'not_found' });
  });

  it('answers 201 to a creation and 202 to a message', async () => {
    const created = await raw('POST', `website/${WEBSITE}/conversation`);
    expect(created).toMatchObject({ status: 201, reason: 'added' });
    const body = JSON.stringify({ type: 'text', from: 'user', origin: 'chat', content: 'hi' });
    expect(await raw('POST', `website/${WEBSITE}/conversation/${String(created.data['session_id'])}/message`, { body })).toMatchObject({
      status: 202,
      reason: 'dispatched',
    });
  });
});

describe('its hooks', () => {
  it('sign as the test vector says', () => {
    const body =
      '{"website_id":"11111111-2222-4333-8444-555555555555","event":"message:send","data":{"website_id":"11111111-2222-4333-8444-555555555555","session_id":"session_aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee","type":"text","content":"Héllo 👋","from":"user","origin":"chat","fingerprint":176000000012342,"timestamp":1760000000123,"stamped":true,"user":{"user_id":"session_aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee","nickname":"visitor1"}},"timestamp":1760000000200}';
    expect(signHook(SECRET, 1760000000250, body)).toBe('84750629e5bbce1b2dd03fb8d3cdc9bed35089767438d598d980516473d24e4e');
  });

  it("carry five headers and a signature that Crisp's own package accepts; the website's only its key", async () => {
    const session = await opened();
    await control('POST', `/conversations/${session}/agent-message`, { text: 'Hello, Mia here' });
    const hook = await eventually(() => signed('message:received')[0]);
    const header = (name: string): string => String(hook.headers[name]);
    expect(header('x-crisp-signature')).toBe(signHook(SECRET, header('x-crisp-request-timestamp'), hook.body));
    expect(header('x-crisp-hook-origin')).toContain('plugin/rtm');
    expect([header('x-delivery-attempt-count'), header('x-delivery-attempt-limit')]).toEqual(['1', '3']);
    expect(
      client.verifyWidget(
        SECRET,
        JSON.parse(hook.body) as object,
        Number(header('x-crisp-request-timestamp')),
        header('x-crisp-signature'),
      ),
    ).toBe(true);
    const unsigned = await eventually(() => hooks.find((other) => other.path === '/website?key=right'));
    expect(unsigned.headers['x-crisp-signature']).toBeUndefined();
  });

  it('come again with a rising count when they were refused', async () => {
    faults({ hooks: { retry_gaps_ms: [20] } });
    refuseHooks = 2;
    await control('POST', `/conversations/${await opened()}/note`, { text: 'only for us' });
    await eventually(() => hooks.length === 4);
    expect(hooks.map((hook) => hook.headers['x-delivery-attempt-count']).sort()).toEqual(['1', '1', '2', '2']);
    expect(new Set(hooks.map((hook) => hook.body)).size).toBe(1);
  });

  it('tell who wrote a note, be it somebody of another workspace or a token, and which segments there are', async () => {
    const session = await opened();
    await control('POST', `/conversations/${session}/note`, { text: 'mine' });
    await control('POST', `/conversations/${session}/note`, { text: 'a stranger', as: { user_id: 'tom' } });
    await control('POST', `/conversations/${session}/note`, { text: 'a token', origin: ORIGIN, as: {} });
    await control('POST', `/conversations/${session}/segments`, { segments: ['chat', 'vip'] });
    await eventually(() => signed('message:received').length === 3 && signed('session:set_segments').length === 1);
    expect(signed('message:received').map(({ data }) => (data['user'] as { user_id?: string }).user_id)).toEqual([MIA, 'tom', undefined]);
    expect(signed('session:set_segments')[0]?.data['segments']).toEqual(['chat', 'vip']);
  });

  it('of one session arrive in order, however late', async () => {
    faults({ hooks: { delay: { from: 0, to: 30 } } });
    const session = await opened();
    for (let at = 0; at < 15; at++) await control('POST', `/conversations/${session}/agent-message`, { text: `line ${at}` });
    await eventually(() => signed('message:received').length === 15);
    expect(signed('message:received').map((hook) => hook.data['content'])).toEqual(Array.from({ length: 15 }, (_, at) => `line ${at}`));
  });

  it('can be held and let go the wrong way round, sent again, dropped and forged', async () => {
    const session = await opened();
    faults({ hooks: { held: true } });
    for (const text of ['first', 'second']) await control('POST', `/conversations/${session}/agent-message`, { text });
    expect(hooks).toHaveLength(0);
    expect(await control('POST', '/hooks/release', { order: 'reversed' })).toEqual({ released: 4 });
    expect(signed('message:received').map((hook) => hook.data['content'])).toEqual(['second', 'first']);

    const [known] = await control<{ id: number }[]>('GET', `/hooks?session_id=${session}`);
    expect(await control('POST', `/hooks/${known!.id}/again`, { times: 3, forged: true })).toEqual({ statuses: [200, 200, 200] });
    expect(hooks.filter((hook) => hook.path === '/website?key=not-the-key')).toHaveLength(3);

    faults({ hooks: { drop_next_messages: 2 } });
    await control('POST', `/conversations/${session}/agent-message`, { text: 'never told' });
    const { hooks: counts } = await control<{ hooks: { dropped: number } }>('GET', '/state');
    expect(counts.dropped).toBe(2);
  });
});

describe('its faults', () => {
  it.each(['420', '429', '423', '500'] as const)('answers %s so many times as asked', async (kind) => {
    faults({ rest: { failures: [{ kind, count: 1, path: '/availability' }] } });
    const path = `website/${WEBSITE}/availability/status`;
    expect([(await raw('GET', path)).status, (await raw('GET', path)).status]).toEqual([Number(kind), 200]);
  });

  it('does the thing and says that it failed', async () => {
    const session = await opened();
    faults({ rest: { failures: [{ kind: '500', when: 'after', method: 'POST', count: 1 }] } });
    await expect(say(session, 'Hello')).rejects.toMatchObject({ code: 500 });
    expect(await client.website.getMessagesInConversation(WEBSITE, session)).toHaveLength(1);
  });

  it('says 200 with an error, answers no JSON, or never', async () => {
    const path = `${url}/v1/website/${WEBSITE}`;
    faults({
      rest: {
        failures: [
          { kind: '200-with-error', count: 1 },
          { kind: '502-html', count: 1 },
          { kind: 'disconnect', count: 1 },
          { kind: 'timeout' },
        ],
      },
    });
    expect(await raw('GET', `website/${WEBSITE}`)).toMatchObject({ status: 200, error: true });
    expect((await fetch(path)).headers.get('content-type')).toContain('text/html');
    await expect(fetch(path)).rejects.toThrow();
    await expect(fetch(path, { signal: AbortSignal.timeout(100) })).rejects.toThrow();
  });

  it('reads what was true before, but never forgets that a conversation exists', async () => {
    let now = 1_760_000_000_000;
    const late = createCrispSimulator({
      now: () => now,
      setup: { websites: [{ website_id: WEBSITE }], tokens: [{ identifier: 'id', key: 'key', tier: 'plugin', websites: [WEBSITE] }] },
    });
    const reader = new Crisp();
    reader.setRestHost(await late.listen(0));
    reader.authenticateTier('plugin', 'id', 'key');
    late.world.faults = FaultsSchema.parse({ rest: { stale_reads_ms: 1_000 } });
    const session_id = (await reader.website.createNewConversation(WEBSITE)).session_id!;
    await reader.website.changeConversationState(WEBSITE, session_id, 'resolved');
    late.world.random.between = (_least, most) => most;
    expect(await reader.website.getConversationState(WEBSITE, session_id)).toEqual({ state: 'pending' });
    now += 1_001;
    expect(await reader.website.getConversationState(WEBSITE, session_id)).toEqual({ state: 'resolved' });
    await late.close();
  });

  it('hands the echo over before it answers the call', async () => {
    const session = await opened();
    faults({ rest: { echo_before_answer: true } });
    await say(session, 'Hello');
    expect(signed('message:send')).toHaveLength(1);
  });

  it.each([
    ['duplicate', ['one', 'two']],
    ['ignore', ['one']],
    ['replace', ['two']],
  ] as const)('treats a repeated fingerprint as told: %s', async (repeated_fingerprint, kept) => {
    faults({ rest: { repeated_fingerprint } });
    const session = await opened();
    await say(session, 'one', { fingerprint: 5 });
    await say(session, 'two', { fingerprint: 5 });
    const messages = (await client.website.getMessagesInConversation(WEBSITE, session)) as unknown as { content: string }[];
    expect(messages.map((message) => message.content)).toEqual(kept);
  });

  it('repeats what is left to chance from its seed, and no id ever', async () => {
    const run = async (): Promise<{ session: string; dropped: boolean[] }> => {
      await control('POST', '/reset', { seed: 42 });
      faults({ hooks: { dropped: 0.5 } });
      const session = await opened();
      for (let at = 0; at < 10; at++) await control('POST', `/conversations/${session}/note`, { text: `n${at}` });
      const listed = await control<{ fate: string }[]>('GET', '/hooks');
      return { session, dropped: listed.map((hook) => hook.fate === 'dropped') };
    };
    const [first, second] = [await run(), await run()];
    expect(first.dropped).toEqual(second.dropped);
    expect(new Set(first.dropped).size).toBe(2);
    expect(first.session).not.toBe(second.session);
  });
});

describe('its control API', () => {
  it('refuses a page of another origin', async () => {
    const response = await fetch(`${url}/control/state`, { headers: { origin: 'https://evil.example' } });
    expect(response.status).toBe(403);
  });

  it('shows what an agent would see, and what was removed', async () => {
    const { session_id } = await control<{ session_id: string }>('POST', '/conversations', {
      website_id: WEBSITE,
      nickname: 'Ada',
      text: 'Hello',
    });
    const { fingerprint } = await control<{ fingerprint: number }>('POST', `/conversations/${session_id}/agent-message`, {
      text: 'Hi Ada',
      operator_id: MIA,
    });
    await control('DELETE', `/conversations/${session_id}/messages/${fingerprint}`);
    await control('POST', `/conversations/${session_id}/read`, { from: 'user' });
    await control('POST', `/conversations/${session_id}/resolve`);
    const transcript = await control<{ messages: Record<string, unknown>[] }>('GET', `/conversations/${session_id}`);
    expect(transcript).toMatchObject({ nickname: 'Ada', state: 'resolved', unread: 0 });
    expect(transcript.messages).toMatchObject([
      { content: 'Hello' },
      { content: 'Hi Ada', user: { nickname: 'Mia Berger' }, removed_at: expect.any(Number) },
    ]);
  });
});
