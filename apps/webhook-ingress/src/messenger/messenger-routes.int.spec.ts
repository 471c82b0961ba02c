import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { request } from 'node:http';
import { decodeEvent, messengerWebhooks, newId } from '@baton/contracts';
import { createKafka } from '@baton/messaging/kafka';
import type { KafkaRecord } from '@baton/messaging/kafka';
import { eventually, freePort } from '@baton/testing';
import { aMessengerHook, anEntry, aPage, metaSignatureOf, PAGE, said, VERIFY_TOKEN } from '../testkit/messenger-hooks.js';
import { callIngress, Stage } from '../testkit/stage.js';
import type { Ingress } from '../testkit/stage.js';

const OTHER_PAGE = '5500220033';
const JSON_TYPE = { 'content-type': 'application/json' };

let stage: Stage;
let ingress: Ingress;

const address = (botId = 'demo', query = '') => `/api/integrations/messenger/webhook/${botId}${query}`;
const call = (path: string, o: RequestInit = {}, port = ingress.port) => callIngress(port, path, o);

/** As Meta sends it: signed. */
function post(body: Buffer | string, o: { botId?: string; secret?: string; port?: number } = {}) {
  const headers = { ...JSON_TYPE, 'x-hub-signature-256': metaSignatureOf(body, o.secret) };
  return call(address(o.botId), { body, headers }, o.port);
}

function asks(o: Record<string, string> = {}, botId?: string, port?: number) {
  const query = new URLSearchParams({ 'hub.mode': 'subscribe', 'hub.verify_token': VERIFY_TOKEN, 'hub.challenge': '1158201444', ...o });
  return call(address(botId, `?${query}`), { method: 'GET', headers: {} }, port);
}

let people = 0;
const aPerson = () => String(9_100_000_000 + ++people);
const eventOf = (record: KafkaRecord) => decodeEvent(messengerWebhooks, record);
const midOf = (record: KafkaRecord) => (eventOf(record).data.event['message'] as { mid: string }).mid;

beforeAll(async () => {
  stage = await Stage.begin(messengerWebhooks.name, [
    aPage(),
    aPage({ botId: 'other', pageId: OTHER_PAGE, secrets: ['another-app-secret'] }),
    aPage({ botId: 'slow', pageId: '6600', hooksPerSecond: 1 }),
  ]);
  ingress = await stage.startReady();
});

afterAll(async () => {
  await ingress.close();
  await stage.end();
});

describe('the address of a page', () => {
  it('proves itself with the challenge: its bytes, as plain text', async () => {
    const answer = await asks();
    expect([answer.status, answer.text, answer.headers.get('content-length')]).toEqual([200, '1158201444', '10']);
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain/);
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it.each<[string, () => ReturnType<typeof call>]>([
    ['another token', () => asks({ 'hub.verify_token': 'guess' })],
    ['another mode', () => asks({ 'hub.mode': 'unsubscribe' })],
    ['a page to show', () => asks({ 'hub.challenge': '<script>alert(1)</script>' })],
    ['a bot that is none', () => asks({}, 'nobody')],
    ['a path for a bot', () => asks({}, '..%2f..%2fdemo')],
    ['nothing', () => call(address(), { method: 'GET', headers: {} })],
    [
      'two tokens at once',
      () =>
        call(address('demo', `?hub.mode=subscribe&hub.challenge=1${`&hub.verify_token=${encodeURIComponent(VERIFY_TOKEN)}`.repeat(2)}`), {
          method: 'GET',
          headers: {},
        }),
    ],
  ])('is not proven to who comes with %s', async (_, ask) => {
    const answer = await ask();
    expect(answer).toMatchObject({ status: 403, body: { code: 'hook.forbidden' } });
    expect(answer.text).not.toMatch(/script|guess|verify-token/);
  });

  it.each(['HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])('does not take %s', async (method) => {
    const answer = await call(address(), { method });
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, POST']);
  });
});

describe('what the ingress takes from Meta', () => {
  it('lies in Kafka word for word when it says 200, as an event that its readers understand', async () => {
    const userId = aPerson();
    const text = 'Grüße 👩🏽‍🚀 \u202eشكرا جزيلا <script>alert(1)</script> 50% \u0000';
    const element = { ...said('m_words', { userId, text }), unknown_thing: { kept: true } };
    const answer = await post(aMessengerHook([anEntry([element])]));
    expect([answer.status, answer.text]).toEqual([200, 'EVENT_RECEIVED']);
    const [record] = await stage.recordsOf(`${PAGE}:${userId}`, 1);
    expect(eventOf(record!)).toMatchObject({
      type: 'messenger.webhook',
      source: 'urn:baton:webhook-ingress',
      data: { botId: 'demo', pageId: PAGE, userId, sentAt: 1_767_225_600_123, standby: false, event: element },
    });
  });

  it('keeps its order for a person, within a batch and from one to the next', async () => {
    const userId = aPerson();
    for (let n = 0; n < 5; n++)
      await post(aMessengerHook([anEntry([...Array(20).keys()].map((i) => said(`m_${n * 20 + i}`, { userId })))]));
    const records = await stage.recordsOf(`${PAGE}:${userId}`, 100);
    expect(records.map(midOf)).toEqual([...Array(100).keys()].map((n) => `m_${n}`));
  });

  it('has one id when the same hook comes fifty times at once', async () => {
    const userId = aPerson();
    const body = aMessengerHook([anEntry([said('m_again', { userId })])]);
    const answers = await Promise.all(Array.from({ length: 50 }, () => post(body)));
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    const records = await stage.recordsOf(`${PAGE}:${userId}`, 50);
    expect(new Set(records.map(({ headers }) => String(headers['ce_id']))).size).toBe(1);
  });

  it('goes to the bots of both pages when a batch is over two, past what is broken and what is nobody’s', async () => {
    const userId = aPerson();
    const echo = {
      ...said('m_echo'),
      sender: { id: PAGE },
      recipient: { id: userId },
      message: { mid: 'm_echo', is_echo: true, app_id: 1 },
    };
    const body = aMessengerHook([
      anEntry([said('m_a', { userId }), { optin: { user_ref: 'r' } }, 7, echo]),
      anEntry([said('m_b', { userId, pageId: OTHER_PAGE })], OTHER_PAGE),
      anEntry([said('m_c', { userId, pageId: '7700' })], '7700'),
      { id: PAGE, time: 1, standby: [said('m_d', { userId })] },
    ]);
    expect(await post(body)).toMatchObject({ status: 200, text: 'EVENT_RECEIVED' });
    const [mine, others] = [await stage.recordsOf(`${PAGE}:${userId}`, 3), await stage.recordsOf(`${OTHER_PAGE}:${userId}`, 1)];
    const shown = [...mine, ...others].map((record) => [midOf(record), eventOf(record).data.botId, eventOf(record).data.standby]);
    expect(shown).toEqual([
      ['m_a', 'demo', false],
      ['m_echo', 'demo', false],
      ['m_d', 'demo', true],
      ['m_b', 'other', false],
    ]);
  });

  it('may be a thousand events at once', async () => {
    const userId = aPerson();
    const body = aMessengerHook([anEntry([...Array(1_000).keys()].map((n) => said(`m_${n}`, { userId, text: 'شكرا '.repeat(20) })))]);
    expect(body.length).toBeGreaterThan(512 * 1_024);
    expect(await post(body)).toMatchObject({ status: 200 });
    expect((await stage.recordsOf(`${PAGE}:${userId}`, 1_000)).map(midOf)).toEqual([...Array(1_000).keys()].map((n) => `m_${n}`));
  });

  it('may be of no use to us: news of Instagram, of a feed, of a page of nobody’s', async () => {
    const bodies = [
      aMessengerHook([anEntry([said('m_1')])], 'instagram'),
      aMessengerHook([{ id: PAGE, time: 1, changes: [{ field: 'feed', value: {} }] }]),
      aMessengerHook([anEntry([said('m_1', { pageId: '7700' })], '7700')]),
    ];
    for (const body of bodies) expect(await post(body)).toMatchObject({ status: 200, text: 'EVENT_RECEIVED' });
  });
});

describe('what the ingress refuses from who says he is Meta', () => {
  const body = aMessengerHook([anEntry([said('m_1', { text: 'Grüße' })])]);
  const withSignature = (signature: string) => () => call(address(), { body, headers: { ...JSON_TYPE, 'x-hub-signature-256': signature } });

  it.each<[string, () => ReturnType<typeof call>, number, Record<string, string>]>([
    ['no signature', () => call(address(), { body }), 401, { code: 'hook.unauthorized' }],
    ['another signature', withSignature(metaSignatureOf(body, 'guess')), 401, { code: 'hook.unauthorized' }],
    ['the signature of another app', withSignature(metaSignatureOf(body, 'another-app-secret')), 401, { code: 'hook.unauthorized' }],
    [
      'the signature of what a parser would write anew',
      withSignature(metaSignatureOf(JSON.stringify(JSON.parse(body.toString())))),
      401,
      { code: 'hook.unauthorized' },
    ],
    [
      'the older signature alone',
      () => call(address(), { body, headers: { ...JSON_TYPE, 'x-hub-signature': 'sha1=de91bdd96c9b6d7122d9930aa791150d9d0804bc' } }),
      401,
      { code: 'hook.unauthorized' },
    ],
    ['broken JSON', () => post('{"object":"page","entry":['), 400, { code: 'hook.not-json' }],
    ['no body', () => post(''), 400, { code: 'hook.not-json' }],
    ['a wrong type', () => post('{"object":"page","entry":7}'), 400, { code: 'hook.invalid', field: 'entry' }],
    ['boxes in boxes without end', () => post('['.repeat(250_000)), 400, { code: 'hook.not-json' }],
    [
      'another type of body',
      () => call(address(), { body, headers: { 'content-type': 'text/plain' } }),
      415,
      { code: 'hook.not-json-type' },
    ],
    ['a body over a mebibyte', () => post('x'.repeat(1_048_577)), 413, { code: 'hook.too-large' }],
    ['an unknown bot', () => post(body, { botId: 'nobody' }), 404, { code: 'bot.unknown' }],
    ['a path for a bot', () => post(body, { botId: '..%2f..%2fdemo' }), 404, { code: 'bot.unknown' }],
    ['a bot’s name without end', () => post(body, { botId: 'x'.repeat(4_000) }), 400, { code: 'http.malformed' }],
    ['an address that cannot be decoded', () => post(body, { botId: '%zz' }), 400, { code: 'http.malformed' }],
  ])('%s', async (_, send, status, expected) => {
    const answer = await send();
    expect(answer).toMatchObject({ status, body: { ...expected, message: expect.any(String) } });
    expect(answer.text).not.toMatch(/demo-app-secret|sha256|Gr/);
  });

  it('more than the rate of a bot, with a word when to come again', async () => {
    const hook = aMessengerHook([anEntry([said('m_1', { pageId: '6600' })], '6600')]);
    const refused = (await Promise.all(Array.from({ length: 5 }, () => post(hook, { botId: 'slow' })))).filter(
      ({ status }) => status === 429,
    );
    expect(refused.length).toBeGreaterThanOrEqual(3);
    expect(refused[0]!.headers.get('retry-after')).toBe('1');
  });

  it('ten megabytes that come without a length, before they are all here', async () => {
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const headers = { ...JSON_TYPE, 'transfer-encoding': 'chunked' };
      const sending = request({ port: ingress.port, path: address(), method: 'POST', headers }, (response) => resolve(response.statusCode));
      // The connection is closed on us while we still write; the answer came before that.
      sending.on('error', (error: NodeJS.ErrnoException) =>
        ['EPIPE', 'ECONNRESET'].includes(error.code ?? '') ? undefined : reject(error),
      );
      for (let i = 0; i < 160; i++) sending.write(Buffer.alloc(65_536, 'x'));
      sending.end();
    });
    expect(status).toBe(413);
    expect(await post(body)).toMatchObject({ status: 200 });
  });
});

describe('the figures of the ingress', () => {
  it('tell of forged hooks, of what was left out, and when the last one of a bot was stored', async () => {
    const began = Date.now() / 1_000;
    const body = aMessengerHook([anEntry([said('m_1'), 7])]);
    await call(address(), { body });
    await post(body);
    const { text } = await call('/metrics', { method: 'GET' });
    const valueOf = (series: string) =>
      Number(
        text
          .split('\n')
          .find((line) => line.startsWith(`${series} `))
          ?.slice(series.length + 1),
      );
    expect(valueOf('baton_webhooks_total{platform="messenger",outcome="hook.unauthorized"}')).toBeGreaterThan(0);
    expect(valueOf('baton_messenger_elements_total{outcome="malformed"}')).toBeGreaterThan(0);
    expect(valueOf('baton_last_webhook_timestamp_seconds{platform="messenger",bot="demo"}')).toBeGreaterThanOrEqual(began);
  });
});

describe('the promise of a 200 to Meta', () => {
  it('is given only when Kafka has acknowledged', async () => {
    const { kafka, open } = stage.gated();
    const waiting = await stage.startReady({ kafka });
    const userId = aPerson();
    let answered = false;
    const body = aMessengerHook([anEntry([said('m_1', { userId }), said('m_2', { userId })])]);
    const answer = post(body, { port: waiting.port }).finally(() => (answered = true));
    await stage.recordsOf(`${PAGE}:${userId}`, 2);
    await call('/health/live', { method: 'GET' }, waiting.port);
    expect(answered).toBe(false);
    open();
    expect(await answer).toMatchObject({ status: 200 });
    await waiting.close();
  });

  it('is a 503 inside Meta’s five seconds when Kafka is away, while the address still proves itself', async () => {
    const nowhere = createKafka({ ...stage.kafkaConfig, brokers: [`127.0.0.1:${await freePort()}`] });
    const away = await stage.start({ kafka: nowhere });
    await eventually(async () => (await asks({}, 'demo', away.port)).status === 200, { what: 'the settings' });
    const timed = async () => {
      const began = Date.now();
      const answer = await post(aMessengerHook(), { port: away.port });
      expect(answer).toMatchObject({ status: 503, body: { code: 'kafka.away' } });
      expect(answer.headers.get('retry-after')).toBe('5');
      return Date.now() - began;
    };
    // The bound is Meta's: we give up at 3.5 s, and a busy machine is a little late.
    expect(await timed()).toBeLessThan(5_000);
    expect(await timed()).toBeLessThan(1_500);
    expect(await asks({ 'hub.challenge': newId() }, 'demo', away.port)).toMatchObject({ status: 200 });
    await away.close();
  });

  it('is no promise about a bot while the settings cannot be read', async () => {
    const blind = await stage.start({ brokers: [`127.0.0.1:${await freePort()}`] });
    for (const answer of [await post(aMessengerHook(), { port: blind.port }), await asks({}, 'demo', blind.port)]) {
      expect(answer).toMatchObject({ status: 503, body: { code: 'settings.not-current' } });
    }
    await blind.close();
  });
});
