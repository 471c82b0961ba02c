import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CrispError } from '../crisp-error.js';
import { CrispClient } from './crisp-client.js';
import { envelope, raw, startLoopback, type Loopback } from '../testing/loopback.js';

const websiteId = '11111111-2222-4333-8444-555555555555';
const sessionId = 'session_aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee';
const at = { websiteId, sessionId };
const base = `/v1/website/${websiteId}`;
const line = {
  type: 'text',
  content: 'Where is my parcel?',
  from: 'user',
  origin: 'urn:baton:relay:0',
  fingerprint: 176000000012342,
} as const;

let crisp: Loopback;
let client: CrispClient;

beforeEach(async () => {
  crisp = await startLoopback();
  client = new CrispClient({ apiUrl: crisp.url, tier: 'plugin', tokenId: 'id', tokenKey: 'key' });
});
afterEach(() => crisp.close());

async function failureOf(call: Promise<unknown>): Promise<CrispError> {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(CrispError);
  return error as CrispError;
}

const message = (fingerprint: number, timestamp: number) => ({
  type: 'text',
  from: 'operator',
  origin: 'chat',
  content: 'Hi',
  fingerprint,
  timestamp,
  future: true,
});

describe('the answers', () => {
  it.each([
    ['goes well', envelope(200, 'resolved', { state: 'pending' }), [false]],
    ['is refused', envelope(404, 'conversation_not_found'), [false]],
    ['is one too many of the day', envelope(423, 'quota_limit_exceeded'), [true]],
    ['comes too fast', envelope(420, 'rate_limited'), [true]],
  ])('are told one by one: a call that %s', async (_how, answer, limited) => {
    const heard: boolean[] = [];
    const watched = new CrispClient({
      apiUrl: crisp.url,
      tier: 'plugin',
      tokenId: 'id',
      tokenKey: 'key',
      onAnswer: (one) => heard.push(one.limited),
    });
    crisp.answer(answer);
    await watched.getState(at).catch(() => undefined);
    expect(heard).toEqual(limited);
  });
});

describe('what goes over the wire', () => {
  it('speaks as the tier and the token it was given', async () => {
    crisp.answer(envelope(201, 'added', { session_id: sessionId }));
    await expect(client.createConversation(websiteId)).resolves.toEqual({ sessionId });
    expect(crisp.seen[0]).toMatchObject({
      method: 'POST',
      url: `${base}/conversation`,
      body: {},
      headers: {
        'x-crisp-tier': 'plugin',
        authorization: `Basic ${Buffer.from('id:key').toString('base64')}`,
        'content-type': 'application/json',
      },
    });
  });

  it('posts the visitor words under the fingerprint we chose', async () => {
    crisp.answer(envelope(202, 'dispatched', { fingerprint: line.fingerprint }));
    await expect(client.sendMessage(at, { ...line, properties: { baton: 'e1' } })).resolves.toEqual({ fingerprint: line.fingerprint });
    expect(crisp.seen[0]).toMatchObject({
      method: 'POST',
      url: `${base}/conversation/${sessionId}/message`,
      body: { ...line, properties: { baton: 'e1' } },
    });
  });

  it('takes a segment off and leaves the others, and asks for nothing where it is not there', async () => {
    crisp.answer(envelope(200, 'resolved', { segments: ['chat', 'back to bot', 'vip'] }), envelope(200, 'updated', {}));
    await client.removeSegments(at, ['Back to  Bot']);
    expect(crisp.seen[1]?.body).toEqual({ segments: ['chat', 'vip'] });
    crisp.answer(envelope(200, 'resolved', { segments: ['chat'] }));
    await client.removeSegments(at, ['back to bot']);
    expect(crisp.seen).toHaveLength(3);
  });

  it('adds segments and data to those there, in lower-case underscore names', async () => {
    crisp.answer(
      envelope(200, 'resolved', { nickname: 'anonymous', segments: ['chat'], data: { plan: 'pro', step: 1 } }),
      envelope(200, 'updated'),
    );
    await client.updateMeta(at, { nickname: 'Mona', segments: ['delivery', 'chat', ''], data: { step: 2 } });
    expect(crisp.seen.map(({ method }) => method)).toEqual(['GET', 'PATCH']);
    expect(crisp.seen[1]?.body).toEqual({ nickname: 'Mona', segments: ['chat', 'delivery'], data: { plan: 'pro', step: 2 } });
  });

  it('does not read first when only plain fields change', async () => {
    await client.updateMeta(at, { email: 'mona@shop.example' });
    expect(crisp.seen).toHaveLength(1);
    expect(crisp.seen[0]).toMatchObject({
      method: 'PATCH',
      url: `${base}/conversation/${sessionId}/meta`,
      body: { email: 'mona@shop.example' },
    });
  });

  it('sets and reads the state', async () => {
    crisp.answer(envelope(200, 'updated'), envelope(200, 'resolved', { state: 'unresolved' }));
    await client.setState(at, { state: 'unresolved', origin: 'urn:baton:relay:0' });
    expect(crisp.seen[0]).toMatchObject({
      method: 'PATCH',
      url: `${base}/conversation/${sessionId}/state`,
      body: { state: 'unresolved', origin: 'urn:baton:relay:0' },
    });
    await expect(client.getState(at)).resolves.toBe('unresolved');
  });

  it('puts a conversation into an inbox', async () => {
    await client.setInbox(at, 'inbox-of-billing');
    expect(crisp.seen[0]).toMatchObject({
      method: 'PATCH',
      url: `${base}/conversation/${sessionId}/inbox`,
      body: { inbox_id: 'inbox-of-billing' },
    });
  });

  it('marks what the visitor saw, and shows that somebody writes', async () => {
    await client.markRead(at, { writtenBy: 'operator', origin: 'chat', fingerprints: [1] });
    await client.markDelivered(at, { writtenBy: 'operator', origin: 'chat' });
    await client.compose(at, { type: 'start', from: 'user' });
    expect(crisp.seen.map(({ url, body }) => [url.split('/').at(-1), body])).toEqual([
      ['read', { from: 'operator', origin: 'chat', fingerprints: [1] }],
      ['delivered', { from: 'operator', origin: 'chat' }],
      ['compose', { type: 'start', from: 'user' }],
    ]);
  });

  it('encodes an e-mail address in a path, and knows that nobody has it', async () => {
    crisp.answer(envelope(404, 'not_found'));
    await expect(client.findPerson(websiteId, 'mona+parcel@shop.example')).resolves.toBeUndefined();
    expect(crisp.seen[0]?.url).toBe(`${base}/people/profile/mona%2Bparcel%40shop.example`);
  });
});

describe('what comes back', () => {
  it('tells whether anyone is there', async () => {
    crisp.answer(envelope(200, 'resolved', { status: 'online', since: 1760000000000 }));
    await expect(client.availability(websiteId)).resolves.toEqual({ online: true, since: 1760000000000 });
    expect(crisp.seen[0]).toMatchObject({ url: `${base}/availability/status` });
  });

  it('tells who is online, and takes nobody for it who only may be', async () => {
    const who = [
      { user_id: 'mia', type: 'online' },
      { user_id: 'tom', type: 'away' },
      { user_id: 'eve', type: 'Online' },
      { user_id: 'joe', type: null },
      { type: 'online' },
      null,
    ];
    crisp.answer(envelope(200, 'listed', who), envelope(200, 'listed', []), envelope(200, 'listed', {}));
    await expect(client.onlineOperators(websiteId)).resolves.toEqual(['mia']);
    expect(crisp.seen[0]).toMatchObject({ url: `${base}/availability/operators` });
    await expect(client.onlineOperators(websiteId)).resolves.toEqual([]);
    await expect(client.onlineOperators(websiteId)).resolves.toEqual([]);
  });

  it('lists the operators as the wire spells them, without invitations', async () => {
    const details = {
      user_id: 'mia',
      first_name: 'Mia',
      last_name: 'Lee',
      availability: 'online',
      email: 'mia@shop.example',
      avatar: null,
    };
    crisp.answer(
      envelope(200, 'listed', [
        { type: 'operator', details },
        { type: 'invite', details: { email: 'new@shop.example' } },
      ]),
    );
    await expect(client.getOperators(websiteId)).resolves.toEqual([
      { userId: 'mia', name: 'Mia Lee', email: 'mia@shop.example', online: true },
    ]);
  });

  it('sees that a list goes on, keeps unknown fields, and counts what it cannot read', async () => {
    crisp.answer(envelope(206, 'listed', [message(2, 2_000_000_000_000), { type: 'text' }, message(1, 1_999_999_999_999)]));
    const page = await client.getMessages(at, { before: 5 });
    expect(page).toMatchObject({ more: true, unreadable: 1, messages: [{ fingerprint: 1, future: true }, { fingerprint: 2 }] });
    expect(crisp.seen[0]?.url).toBe(`${base}/conversation/${sessionId}/messages?timestamp_before=5`);
  });

  it('takes a list without data for an empty one', async () => {
    crisp.answer(envelope(200, 'listed', null));
    await expect(client.getMessages(at)).resolves.toEqual({ messages: [], unreadable: 0, more: false });
  });

  it('reads an unassigned conversation in both of its forms', async () => {
    crisp.answer(
      envelope(200, 'resolved', {}),
      envelope(200, 'resolved', { assigned: null }),
      envelope(200, 'resolved', { assigned: { user_id: 'mia' } }),
    );
    await expect(Promise.all([client.getRouting(at)])).resolves.toEqual([null]);
    await expect(client.getRouting(at)).resolves.toBeNull();
    await expect(client.getRouting(at)).resolves.toBe('mia');
  });

  for (const newestFirst of [true, false]) {
    it(`finds every message since a time when a batch is the ${newestFirst ? 'newest' : 'oldest'} of them`, async () => {
      const start = 1_760_000_000_000;
      const all = Array.from({ length: 93 }, (_, index) => message(index + 1, start + index * 1_000));
      crisp.answer((seen, response) => {
        const query = new URL(seen.url, crisp.url).searchParams;
        const after = Number(query.get('timestamp_after') ?? 0);
        const before = Number(query.get('timestamp_before') ?? Number.MAX_SAFE_INTEGER);
        const fitting = all.filter(({ timestamp }) => timestamp > after && timestamp < before);
        const batch = newestFirst || !query.has('timestamp_after') ? fitting.slice(-20) : fitting.slice(0, 20);
        envelope(fitting.length > 20 ? 206 : 200, 'listed', batch)(seen, response);
      });
      const since = start + 10_000;
      const found = await client.getMessagesSince(at, since);
      expect(found.complete).toBe(true);
      expect(found.messages.map(({ fingerprint }) => fingerprint)).toEqual(
        all.filter(({ timestamp }) => timestamp >= since).map(({ fingerprint }) => fingerprint),
      );
    });
  }

  it('lists conversations only as far back as asked', async () => {
    const conversation = (n: number, updated_at: number) => ({ session_id: `session_${n}`, state: 'unresolved', updated_at });
    crisp.answer(
      envelope(206, 'listed', [conversation(1, 1_760_000_003_000), conversation(2, 1_760_000_002_000)]),
      envelope(206, 'listed', [conversation(3, 1_760_000_001_000), conversation(4, 1_759_000_000_000)]),
    );
    const { conversations, complete } = await client.listConversationsUpdatedSince(websiteId, 1_760_000_000_000, { notResolved: true });
    expect(complete).toBe(true);
    expect(conversations.map(({ session_id }) => session_id)).toEqual(['session_1', 'session_2', 'session_3']);
    expect(crisp.seen.map(({ url }) => url)).toEqual(
      [1, 2].map((page) => `${base}/conversations/${page}?per_page=50&order_date_updated=1&filter_not_resolved=1`),
    );
  });
});

describe('an answer that is a failure', () => {
  const refusals: readonly (readonly [string, Parameters<Loopback['answer']>[0], Partial<CrispError>])[] = [
    [
      '429',
      envelope(429, 'rate_limited', {}, { 'retry-after': '7' }),
      { code: 'crisp.rate-limited', retriable: true, mayHaveHappened: false, retryAfterMs: 7_000 },
    ],
    ['420', envelope(420, 'rate_limited'), { code: 'crisp.rate-limited', retriable: true, mayHaveHappened: false }],
    ['423, the quota', envelope(423, 'quota_limit_exceeded'), { code: 'crisp.rate-limited', retriable: true, mayHaveHappened: false }],
    ['500', envelope(500, 'internal_error'), { code: 'crisp.server-error', retriable: true, mayHaveHappened: true }],
    ['a 502 of a proxy', raw(502, '<html>Bad gateway</html>'), { code: 'crisp.server-error', retriable: true, mayHaveHappened: true }],
    ['a 404 of a proxy', raw(404, 'no such host'), { code: 'crisp.server-error', retriable: true, mayHaveHappened: false }],
    ['404', envelope(404, 'conversation_not_found'), { code: 'crisp.not-found', retriable: false, mayHaveHappened: false }],
    ['404 of a website without the plugin', envelope(404, 'not_subscribed'), { code: 'crisp.unauthorized', retriable: false }],
    ['401', envelope(401, 'invalid_session'), { code: 'crisp.unauthorized', retriable: false, mayHaveHappened: false }],
    ['403', envelope(403, 'not_allowed'), { code: 'crisp.unauthorized', retriable: false }],
    ['402', envelope(402, 'subscription_upgrade_required'), { code: 'crisp.refused', retriable: false }],
    [
      '400',
      envelope(400, 'invalid_data', { message: 'said: secret words' }),
      { code: 'crisp.refused', retriable: false, mayHaveHappened: false, detail: 'said: secret words' },
    ],
    ['a redirection', raw(302, ''), { code: 'crisp.server-error', retriable: true }],
    ['204 without a body', raw(204, ''), { code: 'crisp.server-error', retriable: true, mayHaveHappened: true }],
    [
      '200 with error: true',
      raw(200, '{"error":true,"reason":"dispatch_failed","data":{}}'),
      { code: 'crisp.server-error', retriable: true, mayHaveHappened: true },
    ],
    [
      '200 with error: true for a known reason',
      raw(200, '{"error":true,"reason":"invalid_data"}'),
      { code: 'crisp.refused', retriable: false, mayHaveHappened: false },
    ],
    [
      '200 with error: true for too many',
      raw(200, '{"error":true,"reason":"rate_limited"}'),
      { code: 'crisp.rate-limited', mayHaveHappened: false },
    ],
  ];
  for (const [what, answer, expected] of refusals) {
    it(`${what}: ${expected.code}`, async () => {
      crisp.answer(answer);
      expect(await failureOf(client.sendMessage(at, line))).toMatchObject(expected);
    });
  }

  it('never quotes what was said in its message', async () => {
    crisp.answer(envelope(400, 'invalid_data', { message: 'said: secret words' }));
    const error = await failureOf(client.sendMessage(at, line));
    expect(error.message).toBe(`crisp.refused: POST /v1/website/${websiteId}/conversation/${sessionId}/message answered 400 invalid_data`);
  });

  it('never names a person either', async () => {
    crisp.answer(envelope(500, 'internal_error'));
    expect((await failureOf(client.findPerson(websiteId, 'mona@shop.example'))).message).not.toContain('mona');
  });

  it('a read never may have happened', async () => {
    crisp.answer(envelope(500, 'internal_error'));
    expect(await failureOf(client.getState(at))).toMatchObject({ code: 'crisp.server-error', mayHaveHappened: false });
  });

  it('a success without what was asked for is none', async () => {
    crisp.answer(envelope(201, 'added', {}));
    expect(await failureOf(client.createConversation(websiteId))).toMatchObject({ code: 'crisp.server-error', mayHaveHappened: true });
  });
});

describe('no answer', () => {
  /** So short that nothing but silence may be tested with it: a busy machine answers later than this. */
  const soon = { timeoutMs: 100 };

  it('a silent Crisp is a time-out that may have happened', async () => {
    crisp.answer(() => undefined);
    expect(await failureOf(client.sendMessage(at, line, soon))).toMatchObject({
      code: 'crisp.timeout',
      retriable: true,
      mayHaveHappened: true,
    });
  });

  it('a body that never ends is one too', async () => {
    crisp.answer((_seen, response) => void response.writeHead(200).write('{"error":'));
    expect(await failureOf(client.getState(at, soon))).toMatchObject({ code: 'crisp.timeout', mayHaveHappened: false });
  });

  it('the caller may give up earlier', async () => {
    crisp.answer(() => undefined);
    const given = new AbortController();
    const call = failureOf(client.sendMessage(at, line, { signal: given.signal, timeoutMs: 60_000 }));
    given.abort();
    expect(await call).toMatchObject({ code: 'crisp.timeout', mayHaveHappened: true });
  });

  it('a cut connection may have happened', async () => {
    crisp.answer((_seen, response) => response.socket?.destroy());
    expect(await failureOf(client.sendMessage(at, line))).toMatchObject({
      code: 'crisp.unreachable',
      retriable: true,
      mayHaveHappened: true,
    });
  });

  it('a refused connection surely did not', async () => {
    await crisp.close();
    expect(await failureOf(client.sendMessage(at, line))).toMatchObject({
      code: 'crisp.unreachable',
      retriable: true,
      mayHaveHappened: false,
    });
  });
});

describe('path tricks', () => {
  const tricks = [
    '..',
    '../..',
    `${sessionId}/../../x`,
    `${sessionId}?a=b`,
    `${sessionId}#`,
    `${sessionId}%2f`,
    '',
    'session_',
    `session_${'a'.repeat(65)}`,
    'session_é',
    `${sessionId}\n`,
  ];
  for (const trick of tricks) {
    it(`refuses ${JSON.stringify(trick).slice(0, 40)} without a call`, async () => {
      expect(await failureOf(client.getState({ websiteId, sessionId: trick }))).toMatchObject({
        code: 'crisp.refused',
        mayHaveHappened: false,
      });
      expect(await failureOf(client.getState({ websiteId: trick, sessionId }))).toMatchObject({ code: 'crisp.refused' });
      expect(await failureOf(client.findPerson(websiteId, trick === sessionId ? '' : `${trick}/`))).toMatchObject({
        code: 'crisp.refused',
      });
      expect(crisp.seen).toEqual([]);
    });
  }

  it('refuses a fingerprint that is no whole number', async () => {
    expect(await failureOf(client.removeMessage(at, 1.5))).toMatchObject({ code: 'crisp.refused' });
    expect(await failureOf(client.sendMessage(at, { ...line, fingerprint: Number.NaN }))).toMatchObject({ code: 'crisp.refused' });
    expect(crisp.seen).toEqual([]);
  });
});
