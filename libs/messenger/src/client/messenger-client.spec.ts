import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { cut, hang, json, metaError, raw, startGraph, type Answer, type Graph } from '../testing/graph.js';
import { MessengerClient } from './messenger-client.js';
import { MessengerError } from './messenger-error.js';
import type { MessengerClientOptions, SendRequest, Usage } from './requests.js';

const pageId = '4400110022';
const recipientId = '9100200300';
const pageToken = 'EAADemoPageToken';
/** The contract's test vector for this token. */
const proofSecret = 'demo-app-secret-0123456789abcdef';
const proof = 'ecb41390a6cc1cfa54cc377b86bd9936d379e9b2137c41750a605776996411ad';

const hello: SendRequest = { pageId, recipientId, part: { text: 'Hello' }, metadata: 'baton:x:0', messagingType: 'RESPONSE' };
const picture: SendRequest = {
  ...hello,
  part: { attachment: { type: 'image', url: 'https://files.shop.example/shoe.png' }, fallbackText: 'shoe.png' },
};

let graph: Graph;
let client: MessengerClient;

const connect = (more: Partial<MessengerClientOptions> = {}) =>
  new MessengerClient({ pageToken, proofSecret, graphUrl: `${graph.url}/`, ...more });

beforeEach(async () => {
  graph = await startGraph();
  client = connect();
});
afterEach(() => graph.close());

async function failureOf(call: Promise<unknown>): Promise<MessengerError> {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(MessengerError);
  return error as MessengerError;
}

describe('what goes over the wire', () => {
  it('a text, as the page, with the proof of the app', async () => {
    await expect(client.send(hello)).resolves.toEqual({ messageId: 'm_demo-001' });
    expect(graph.seen).toEqual([
      expect.objectContaining({
        method: 'POST',
        path: `/v25.0/${pageId}/messages`,
        query: { access_token: pageToken, appsecret_proof: proof },
        body: { recipient: { id: recipientId }, messaging_type: 'RESPONSE', message: { text: 'Hello', metadata: 'baton:x:0' } },
      }),
    ]);
    expect(graph.seen[0]?.headers).not.toHaveProperty('authorization');
  });

  it('no proof without the secret, and the version that is asked for', async () => {
    const { pageToken: token, graphUrl } = { pageToken, graphUrl: graph.url };
    await new MessengerClient({ pageToken: token, graphUrl, graphVersion: 'v26.0' }).send(hello);
    expect(graph.seen[0]).toMatchObject({ path: `/v26.0/${pageId}/messages`, query: { access_token: pageToken } });
    expect(graph.seen[0]?.query).not.toHaveProperty('appsecret_proof');
  });

  it('taps, a tag, a persona and a quiet notification', async () => {
    await client.send({
      ...hello,
      part: { text: 'Which?', quickReplies: [{ title: 'This', payload: 'a' }] },
      messagingType: 'MESSAGE_TAG',
      tag: 'HUMAN_AGENT',
      personaId: '55',
      notificationType: 'SILENT_PUSH',
    });
    expect(graph.seen[0]?.body).toEqual({
      recipient: { id: recipientId },
      messaging_type: 'MESSAGE_TAG',
      tag: 'HUMAN_AGENT',
      persona_id: '55',
      notification_type: 'SILENT_PUSH',
      message: { text: 'Which?', quick_replies: [{ content_type: 'text', title: 'This', payload: 'a' }], metadata: 'baton:x:0' },
    });
  });

  it('a file by its address, without the text that stands for it', async () => {
    await client.send(picture);
    expect((graph.seen[0]?.body as { message: unknown }).message).toEqual({
      attachment: { type: 'image', payload: { url: 'https://files.shop.example/shoe.png' } },
      metadata: 'baton:x:0',
    });
  });

  it('Arabic and emoji as they are', async () => {
    await client.send({ ...hello, part: { text: 'مرحبا 👨‍👩‍👧‍👦' } });
    expect(graph.seen[0]?.body).toMatchObject({ message: { text: 'مرحبا 👨‍👩‍👧‍👦' } });
  });

  it('that somebody writes', async () => {
    graph.answer(json(200, { recipient_id: recipientId }));
    await client.senderAction({ pageId, recipientId, action: 'typing_on', personaId: '55' });
    expect(graph.seen[0]?.body).toEqual({ recipient: { id: recipientId }, sender_action: 'typing_on', persona_id: '55' });
  });

  it('a persona, with a name that Meta takes', async () => {
    graph.answer(json(200, { id: '55' }));
    await expect(client.createPersona({ pageId, name: 'M'.repeat(60), pictureUrl: 'https://shop.example/m.png' })).resolves.toEqual({
      personaId: '55',
    });
    expect(graph.seen[0]).toMatchObject({
      method: 'POST',
      path: `/v25.0/${pageId}/personas`,
      body: { name: `${'M'.repeat(49)}…`, profile_picture_url: 'https://shop.example/m.png' },
    });
  });

  it('the list of personas, page by page', async () => {
    graph.answer(
      json(200, {
        data: [{ id: '55', name: 'Mia', profile_picture_url: 'https://x.example/m' }],
        paging: { cursors: { after: 'c1' }, next: 'https://…' },
      }),
      json(200, { data: [{ id: 56, name: 'Kim' }], paging: { cursors: { after: 'c2' } } }),
    );
    await expect(client.listPersonas(pageId)).resolves.toEqual([
      { personaId: '55', name: 'Mia', pictureUrl: 'https://x.example/m' },
      { personaId: '56', name: 'Kim' },
    ]);
    expect(graph.seen.map(({ query }) => query.after)).toEqual([undefined, 'c1']);
  });

  it('the end of a persona, also of one that is gone', async () => {
    graph.answer(json(200, { success: 'true' }), metaError(100, 33, { type: 'GraphMethodException' }));
    await client.deletePersona('55');
    await client.deletePersona('55');
    expect(graph.seen.map(({ method, path }) => `${method} ${path}`)).toEqual(['DELETE /v25.0/55', 'DELETE /v25.0/55']);
  });

  it.each([
    [
      'all of it',
      json(200, { name: 'Mona Kim', first_name: 'Mona', last_name: 'Kim', profile_pic: 'https://x.example/p', id: recipientId }),
      { name: 'Mona Kim', firstName: 'Mona', lastName: 'Kim', pictureUrl: 'https://x.example/p' },
    ],
    ['nothing', json(200, {}), {}],
    ['that there is none', metaError(100, 2018218), {}],
    ['that it is not ours to see', metaError(2018247), {}],
  ])('the profile of a person, of which Meta tells %s', async (_what, answer, profile) => {
    graph.answer(answer);
    await expect(client.profile(recipientId)).resolves.toEqual(profile);
  });

  it.each([
    ['an id that leads elsewhere', () => client.send({ ...hello, pageId: '../me' }), 'messenger.bad-id'],
    ['an empty text', () => client.send({ ...hello, part: { text: '' } }), 'messenger.too-long-or-empty'],
    ['a text of 2,000 characters', () => client.send({ ...hello, part: { text: 'x'.repeat(2_000) } }), 'messenger.too-long-or-empty'],
    ['metadata of 1,000 characters', () => client.send({ ...hello, metadata: 'x'.repeat(1_000) }), 'messenger.too-long-or-empty'],
  ])('never %s', async (_what, call, code) => {
    await expect(failureOf(call())).resolves.toMatchObject({ code, mayHaveHappened: false });
    expect(graph.seen).toEqual([]);
  });
});

describe('an answer', () => {
  it('without the id of the message is a success all the same', async () => {
    graph.answer(json(200, { recipient_id: recipientId }));
    await expect(client.send(hello)).resolves.toEqual({});
  });

  it.each<[string, Answer, object]>([
    ['Meta refused', metaError(10, 2018278), { code: 'messenger.window-closed', mayHaveHappened: false, graphCode: 10, subcode: 2018278 }],
    ['Meta could not do for now', metaError(1200), { code: 'messenger.temporary', mayHaveHappened: false }],
    ['Meta does not know what became of', metaError(1, undefined, {}, 500), { code: 'messenger.temporary', mayHaveHappened: true }],
    ['a sick server did not explain', raw(502, '<html>'), { code: 'messenger.temporary', mayHaveHappened: true, status: 502 }],
    ['a proxy refused', raw(403, '<html>'), { code: 'messenger.temporary', mayHaveHappened: false }],
    ['says yes, in words nobody can read', raw(200, 'EVENT_RECEIVED'), { code: 'messenger.unreadable', mayHaveHappened: true }],
    ['says yes, and nothing', json(200, {}), { code: 'messenger.unreadable', mayHaveHappened: true }],
    [
      'leads elsewhere',
      (r) => r.writeHead(302, { location: '/elsewhere' }).end(),
      { code: 'messenger.unreadable', mayHaveHappened: false },
    ],
    ['is an error under 200', metaError(190, 460, {}, 200), { code: 'messenger.token-dead', mayHaveHappened: false }],
    ['misses the app’s proof', metaError(100, undefined, { type: 'GraphMethodException' }), { code: 'messenger.proof-refused' }],
    ['is an error of odd fields', json(400, { error: { code: 'x', error_subcode: {}, fbtrace_id: 7 } }), { code: 'messenger.temporary' }],
    ['passes, as Meta says', metaError(98765, undefined, { is_transient: true }), { code: 'messenger.temporary' }],
  ])('that %s', async (_what, answer, expected) => {
    graph.answer(answer);
    await expect(failureOf(client.send(hello))).resolves.toMatchObject(expected);
    expect(graph.seen).toHaveLength(1);
  });

  it.each<[string, Answer, number | undefined]>([
    ['does not say how long', metaError(613), 10_000],
    ['says how long, in seconds', metaError(613, undefined, {}, 429, { 'retry-after': '30' }), 30_000],
    ['says how long, a day off', metaError(613, undefined, {}, 429, { 'retry-after': '999999' }), 3_600_000],
    [
      'says how long, in minutes of use',
      metaError(613, undefined, {}, 400, {
        'x-business-use-case-usage': '{"1":[{"type":"messenger","estimated_time_to_regain_access":2}]}',
      }),
      120_000,
    ],
    ['is about something else', metaError(10, 2018278), undefined],
    ['is of Messenger’s own flow', metaError(100, 2018321), 60_000],
  ])('to wait, that %s', async (_what, answer, retryAfterMs) => {
    graph.answer(answer);
    expect((await failureOf(client.send(hello))).retryAfterMs).toBe(retryAfterMs);
  });

  it('tells how much is used, whether it went well or not', async () => {
    const told: Usage[] = [];
    const telling = connect({ onUsage: (usage) => told.push(usage) });
    const headers = { 'x-app-usage': '{"call_count":85,"total_time":3,"total_cputime":2}' };
    graph.answer(
      json(200, { recipient_id: '1', message_id: 'm' }, headers),
      metaError(613, undefined, {}, 400, headers),
      json(200, { id: '1' }),
    );
    await telling.send(hello);
    await failureOf(telling.send(hello));
    await telling.profile('1');
    expect(told).toEqual([
      { percent: 85, waitMs: 0, slowDown: true },
      { percent: 85, waitMs: 0, slowDown: true },
    ]);
  });
});

describe('a line', () => {
  it('that goes dead behind the call leaves a doubt', async () => {
    graph.answer(cut);
    await expect(failureOf(client.send(hello))).resolves.toMatchObject({ code: 'messenger.unreachable', mayHaveHappened: true });
  });

  it('that nobody takes leaves none', async () => {
    await graph.close();
    const error = await failureOf(client.send(hello));
    expect(error).toMatchObject({ code: 'messenger.unreachable', mayHaveHappened: false });
    expect(error.message).toContain('ECONNREFUSED');
  });

  it('to a host that does not exist leaves none', async () => {
    const lost = connect({ graphUrl: 'http://graph.invalid' });
    await expect(failureOf(lost.send(hello))).resolves.toMatchObject({ code: 'messenger.unreachable', mayHaveHappened: false });
  });

  it('that stays silent is given up, in doubt; for a file it may be silent longer', async () => {
    const impatient = connect({ timeoutMs: 50, fileTimeoutMs: 30_000 });
    graph.answer(hang, (response) => setTimeout(() => json(200, { recipient_id: '1', message_id: 'm' })(response), 150));
    await expect(failureOf(impatient.send(hello))).resolves.toMatchObject({ code: 'messenger.timeout', mayHaveHappened: true });
    await expect(impatient.send(picture)).resolves.toEqual({ messageId: 'm' });
  });

  it('is given up when the caller says so', async () => {
    graph.answer(hang);
    const stop = new AbortController();
    const call = failureOf(client.send(hello, { signal: stop.signal }));
    stop.abort();
    await expect(call).resolves.toMatchObject({ code: 'messenger.timeout' });
  });

  it('that fails while reading leaves no doubt', async () => {
    graph.answer(cut);
    await expect(failureOf(client.profile(recipientId))).resolves.toMatchObject({ mayHaveHappened: false });
  });
});

describe('a failure', () => {
  it.each<[string, Answer]>([
    ['of Meta', metaError(100, undefined, { message: `Bad text: Hello ${pageToken}` })],
    ['of the line', cut],
  ])('%s tells nobody the token or the words', async (_what, answer) => {
    graph.answer(answer);
    const error = await failureOf(client.send({ ...hello, part: { text: 'My card is 1234' } }));
    const printed = `${inspect(error, { depth: 9, showHidden: true })} ${JSON.stringify(error)} ${error.stack}`;
    for (const secret of [pageToken, proof, proofSecret, '1234', 'Bad text']) expect(printed).not.toContain(secret);
  });

  it('says in one line what happened', async () => {
    graph.answer(metaError(613, 2534040));
    const error = await failureOf(client.send(hello));
    expect(error.message).toBe(
      'messenger.rate: POST /v25.0/4400110022/messages answered 400, code 613/2534040, retry in 10 s, trace AxDemoTrace01',
    );
  });
});
