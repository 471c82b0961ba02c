import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { crispWebhooks, decodeEvent } from '@baton/contracts';
import { createKafka } from '@baton/messaging/kafka';
import { eventually, freePort } from '@baton/testing';
import { aHook, SESSION, signatureOf } from './testkit/hooks.js';
import { aBot, aPlugin } from './testkit/known-settings.js';
import { callIngress, Stage } from './testkit/stage.js';
import type { Ingress } from './testkit/stage.js';

const JSON_TYPE = { 'content-type': 'application/json' };

let stage: Stage;
let ingress: Ingress;

const website = (query = '?key=hook-secret', botId = 'demo') => `/api/integrations/livechat/crisp/webhook/${botId}${query}`;
const PLUGIN = '/api/integrations/livechat/crisp/plugin/plugin-1';

const call = (path: string, o: RequestInit = {}, port = ingress.port) => callIngress(port, path, o);

const aSession = () => `session_${randomUUID()}`;

beforeAll(async () => {
  stage = await Stage.begin(crispWebhooks.name, [
    aBot({ secrets: ['hook-secret', 'next-secret'] }),
    aBot({ botId: 'slow', websiteId: '22222222-2222-4333-8444-555555555555', hooksPerSecond: 1 }),
    aPlugin(),
  ]);
  ingress = await stage.startReady();
});

afterAll(async () => {
  await ingress.close();
  await stage.end();
});

describe('what the ingress takes', () => {
  it('lies in Kafka byte for byte when it says 200, as an event that its readers understand', async () => {
    const session = aSession();
    const body = aHook({ data: { session_id: session, content: 'Grüße 👩🏽‍🚀 \u202eشكرا جزيلا', html: '<script>alert(1)</script>' } });
    expect(await call(website(), { body })).toMatchObject({ status: 200 });
    const [record] = await stage.recordsOf(session, 1);
    expect(record!.value!.equals(body)).toBe(true);
    const event = decodeEvent(crispWebhooks, record!);
    expect(event).toMatchObject({
      type: 'crisp.webhook',
      key: session,
      extensions: { botid: 'demo' },
      source: 'urn:baton:webhook-ingress',
    });
  });

  it('keeps its order within a session', async () => {
    const session = aSession();
    for (let n = 0; n < 20; n++) await call(website(), { body: aHook({ data: { session_id: session, fingerprint: n } }) });
    const records = await stage.recordsOf(session, 20);
    expect(records.map(({ value }) => (JSON.parse(value!.toString()) as { data: { fingerprint: number } }).data.fingerprint)).toEqual([
      ...Array(20).keys(),
    ]);
  });

  it('has one id when the same hook comes fifty times at once', async () => {
    const session = aSession();
    const body = aHook({ data: { session_id: session } });
    const answers = await Promise.all(Array.from({ length: 50 }, () => call(website(), { body })));
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    const records = await stage.recordsOf(session, 50);
    expect(new Set(records.map(({ headers }) => String(headers['ce_id']))).size).toBe(1);
  });

  it('comes by either of two secrets while rotating, and by the signed door', async () => {
    const body = aHook({ data: { session_id: aSession() } });
    const signed = signatureOf(body, Date.now() - 3_600_000);
    const headers = { ...JSON_TYPE, 'x-crisp-request-timestamp': signed.timestamp, 'x-crisp-signature': signed.signature };
    const answers = [
      await call(website(), { body }),
      await call(website('?key=next-secret'), { body }),
      await call(PLUGIN, { body, headers }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  });

  it('may be almost as large as the limit', async () => {
    const body = aHook({ data: { session_id: aSession(), content: 'x'.repeat(523_000) } });
    expect(await call(website(), { body })).toMatchObject({ status: 200 });
  });
});

describe('what the ingress refuses', () => {
  const body = aHook();
  const invalid = (data: Record<string, unknown>) => aHook({ data });
  it.each<[string, string, RequestInit, number, Record<string, string>]>([
    ['a wrong secret', website('?key=guess'), { body }, 401, { code: 'hook.unauthorized' }],
    ['no secret', website(''), { body }, 401, { code: 'hook.unauthorized' }],
    ['two secrets at once', website('?key=hook-secret&key=hook-secret'), { body }, 401, { code: 'hook.unauthorized' }],
    ['a missing signature', PLUGIN, { body }, 401, { code: 'hook.unauthorized' }],
    ['broken JSON', website(), { body: '{"website_id": ' }, 400, { code: 'hook.not-json' }],
    ['no body', website(), {}, 400, { code: 'hook.not-json' }],
    ['a wrong type', website(), { body: aHook({ event: 7 as never }) }, 400, { code: 'hook.invalid', field: 'event' }],
    [
      'a path for a session',
      website(),
      { body: invalid({ session_id: 'session_../../../etc' }) },
      400,
      { code: 'hook.invalid', field: 'data.session_id' },
    ],
    [
      'another website',
      website(),
      { body: aHook({ websiteId: '99999999-2222-4333-8444-555555555555' }) },
      400,
      { code: 'hook.wrong-website', field: 'website_id' },
    ],
    ['another type of body', website(), { body, headers: { 'content-type': 'text/plain' } }, 415, { code: 'hook.not-json-type' }],
    ['a body over 512 KiB', website(), { body: 'x'.repeat(524_289) }, 413, { code: 'hook.too-large' }],
    ['an unknown bot', website(undefined, 'nobody'), { body }, 404, { code: 'bot.unknown' }],
    ['a path for a bot', website(undefined, '..%2f..%2fdemo'), { body }, 404, { code: 'bot.unknown' }],
    ['a bot’s name without end', website(undefined, 'x'.repeat(4_000)), { body }, 400, { code: 'http.malformed' }],
    ['an address that cannot be decoded', website(undefined, '%zz'), { body }, 400, { code: 'http.malformed' }],
    ['an unknown plugin', '/api/integrations/livechat/crisp/plugin/nobody', { body }, 404, { code: 'plugin.unknown' }],
    ['another address', '/api/integrations/livechat', { body }, 404, { code: 'http.not-found' }],
    ['another address, with nothing where it says JSON', '/nowhere', { body: '', headers: JSON_TYPE }, 400, { code: 'http.malformed' }],
    ['another method', website(), { method: 'PUT', body }, 405, { code: 'http.method' }],
  ])('%s', async (_, path, init, status, expected) => {
    const answer = await call(path, init);
    expect(answer).toMatchObject({ status, body: { ...expected, message: expect.any(String) } });
    expect(JSON.stringify(answer.body)).not.toMatch(/hook-secret|guess/);
  });

  it('more than the rate of a bot, with a word when to come again', async () => {
    const hook = aHook({ websiteId: '22222222-2222-4333-8444-555555555555' });
    const answers = await Promise.all(Array.from({ length: 5 }, () => call(website(undefined, 'slow'), { body: hook })));
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThanOrEqual(3);
    expect(refused[0]!.headers.get('retry-after')).toBe('1');
  });

  it('ten megabytes that come without a length, before they are all here', async () => {
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const sending = request(
        { port: ingress.port, path: website(), method: 'POST', headers: { ...JSON_TYPE, 'transfer-encoding': 'chunked' } },
        (response) => resolve(response.statusCode),
      );
      // The connection is closed on us while we still write; the answer came before that.
      sending.on('error', (error: NodeJS.ErrnoException) =>
        ['EPIPE', 'ECONNRESET'].includes(error.code ?? '') ? undefined : reject(error),
      );
      for (let i = 0; i < 160; i++) sending.write(Buffer.alloc(65_536, 'x'));
      sending.end();
    });
    expect(status).toBe(413);
    expect(await call(website(), { body })).toMatchObject({ status: 200 });
  });
});

describe('the promise of a 2xx', () => {
  it('is given only when Kafka has acknowledged', async () => {
    const { kafka, open } = stage.gated();
    const waiting = await stage.startReady({ kafka });
    const session = aSession();
    let answered = false;
    const answer = call(website(), { body: aHook({ data: { session_id: session } }) }, waiting.port).finally(() => (answered = true));
    await stage.recordsOf(session, 1);
    await call('/health/live', { method: 'GET' }, waiting.port);
    expect(answered).toBe(false);
    open();
    expect(await answer).toMatchObject({ status: 200 });
    await waiting.close();
  });

  it('is kept by a clean stop: what was taken is answered first', async () => {
    const { kafka, open } = stage.gated();
    const stopping = await stage.startReady({ kafka });
    const session = aSession();
    const answer = call(website(), { body: aHook({ data: { session_id: session } }) }, stopping.port);
    await stage.recordsOf(session, 1);
    const closed = stopping.close();
    open();
    expect(await answer).toMatchObject({ status: 200 });
    await closed;
  });

  it('is a 503 when Kafka is away, at the deadline at the latest, and quickly from then on', async () => {
    const nowhere = createKafka({ ...stage.kafkaConfig, brokers: [`127.0.0.1:${await freePort()}`] });
    const away = await stage.start({ kafka: nowhere });
    const body = aHook();
    await eventually(async () => (await call(website('?key=guess'), { body }, away.port)).status === 401, { what: 'the settings' });
    const timed = async () => {
      const began = Date.now();
      const answer = await call(website(), { body }, away.port);
      expect(answer).toMatchObject({ status: 503, body: { code: 'kafka.away' } });
      expect(answer.headers.get('retry-after')).toBe('5');
      return Date.now() - began;
    };
    expect(await timed()).toBeLessThan(5_500);
    expect(await timed()).toBeLessThan(1_500);
    expect(away.health.ready()).toMatchObject({ ok: false, problems: { kafka: expect.any(String) } });
    await away.close();
  });

  it('is not waited for by a door that is idle: it finds out by itself that Kafka is away, and asks for no restart', async () => {
    const nowhere = createKafka({ ...stage.kafkaConfig, brokers: [`127.0.0.1:${await freePort()}`] });
    const away = await stage.start({ kafka: nowhere });
    const problems = () => Object.keys(away.health.ready().problems);
    await eventually(() => problems().join() === 'kafka', { what: 'the settings, and only Kafka missing' });
    expect(away.health.live()).toMatchObject({ ok: true });
    await away.close();
  });

  it('is no promise about a bot while the settings cannot be read', async () => {
    const blind = await stage.start({ brokers: [`127.0.0.1:${await freePort()}`] });
    const answer = await call(website(), { body: aHook({ data: { session_id: SESSION } }) }, blind.port);
    expect(answer).toMatchObject({ status: 503, body: { code: 'settings.not-current' } });
    expect(blind.health.ready().ok).toBe(false);
    await blind.close();
  });
});
