import { describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { decodeEvent, messengerWebhooks } from '@baton/contracts';
import type { OutgoingRecord } from '@baton/contracts';
import { ProduceError } from '@baton/messaging/kafka';
import { createLogger } from '@baton/telemetry';
import type { Received } from '../http/answering.js';
import { LastAccepted } from '../last-accepted.js';
import { aBot, KnownSettings } from '../testkit/known-settings.js';
import {
  aMessengerHook,
  anEntry,
  aPage,
  APP_SECRET,
  metaSignatureOf,
  PAGE,
  PERSON,
  said,
  VERIFY_TOKEN,
} from '../testkit/messenger-hooks.js';
import { MessengerDoors } from './messenger-doors.js';
import { ReceiveMessengerHook } from './receive-hook.js';

const NOW = Date.UTC(2026, 0, 5, 10);

function desk(o: { settings?: KnownSettings; now?: number; fails?: ProduceError['code']; healthy?: boolean } = {}) {
  const settings = o.settings ?? new KnownSettings(new Date(NOW)).put(aPage());
  const clock = { now: o.now ?? NOW };
  const calls: { records: readonly OutgoingRecord[]; deadlineMs: number }[] = [];
  const sink = {
    healthy: o.healthy ?? true,
    send: async (records: readonly OutgoingRecord[], { deadlineMs }: { deadlineMs: number }) => {
      calls.push({ records, deadlineMs });
      if (o.fails) throw new ProduceError(o.fails, 'no');
    },
  };
  const logged: string[] = [];
  const logger = createLogger({ service: 'test', level: 'info', instance: 'test', destination: { write: (line) => logged.push(line) } });
  const now = () => clock.now;
  const receive = new ReceiveMessengerHook({
    settings,
    doors: new MessengerDoors(settings, now),
    sink,
    last: new LastAccepted(settings),
    logger,
    now,
  });
  const post = (body = aMessengerHook(), signature: string | undefined = metaSignatureOf(body), botId = 'demo') =>
    receive.receive(botId, signature, body);
  const get = (o: { mode?: string; token?: string; challenge?: string } = {}, botId = 'demo') =>
    receive.verify(botId, { mode: 'subscribe', token: VERIFY_TOKEN, challenge: '1158201444', ...o });
  return { settings, clock, calls, logged, receive, post, get };
}

const told = (received: Received) =>
  typeof received === 'string' ? received : `${received.status} ${received.body.code} ${received.body.field ?? ''}`.trim();
const asked = (answer: ReturnType<ReceiveMessengerHook['verify']>) => ('challenge' in answer ? answer.challenge : told(answer));
const eventsOf = (records: readonly OutgoingRecord[]) =>
  records.map((record) => {
    const { data } = decodeEvent(messengerWebhooks, record);
    return [record.key, data.botId, (data.event['message'] as { mid?: string }).mid];
  });

describe('the verification of an address', () => {
  it('gives back the challenge, and nothing else', () => {
    expect(desk().get()).toEqual({ challenge: '1158201444' });
  });

  it.each<[string, Parameters<ReturnType<typeof desk>['get']>[0]]>([
    ['another mode', { mode: 'unsubscribe' }],
    ['no mode', { mode: undefined }],
    ['another token', { token: 'guess' }],
    ['an empty token', { token: '' }],
    ['no token', { token: undefined }],
    ['the app’s secret for a token', { token: APP_SECRET }],
    ['no challenge', { challenge: undefined }],
    ['an empty challenge', { challenge: '' }],
    ['a page for a challenge', { challenge: '<script>alert(1)</script>' }],
    ['a second line in its challenge', { challenge: '1\r\nSet-Cookie: a=b' }],
    ['a challenge without end', { challenge: '1'.repeat(257) }],
  ])('is forbidden with %s', (_, asks) => {
    expect(asked(desk().get(asks))).toBe('403 hook.forbidden');
  });

  it('follows the settings', () => {
    const { get, settings } = desk();
    expect(asked(get())).toBe('1158201444');
    settings.put(aPage({ verifyToken: 'new' }));
    expect([asked(get()), asked(get({ token: 'new' }))]).toEqual(['403 hook.forbidden', '1158201444']);
  });

  it('is forbidden for bots that we do not have, or have without a page', () => {
    const { get, settings } = desk();
    settings.put(aBot({ botId: 'crisp-only' }));
    expect(['nobody', '../demo', '__proto__', 'crisp-only'].map((botId) => asked(get({}, botId)))).toEqual(
      Array(4).fill('403 hook.forbidden'),
    );
  });

  it('waits for settings that are not current, and needs nothing but what is held', () => {
    const { get } = desk({ now: NOW + 61_000 });
    expect([asked(get({}, 'nobody')), asked(get())]).toEqual(['503 settings.not-current', '1158201444']);
  });
});

describe('a web hook of Messenger', () => {
  it('is stored element by element, in one go and in order, keyed by page and person', async () => {
    const { post, calls } = desk();
    const body = aMessengerHook([
      anEntry([said('m_1', { text: 'Grüße 👋🏽 شكرا <b>' }), said('m_2', { userId: '7' })]),
      anEntry([said('m_3')]),
    ]);
    expect(told(await post(body))).toBe('accepted');
    expect(calls).toHaveLength(1);
    const { records } = calls[0]!;
    expect(eventsOf(records)).toEqual([
      [`${PAGE}:${PERSON}`, 'demo', 'm_1'],
      [`${PAGE}:7`, 'demo', 'm_2'],
      [`${PAGE}:${PERSON}`, 'demo', 'm_3'],
    ]);
    const event = decodeEvent(messengerWebhooks, records[0]!);
    expect(event.data.event).toEqual(said('m_1', { text: 'Grüße 👋🏽 شكرا <b>' }));
    expect(event).toMatchObject({ source: 'urn:baton:webhook-ingress', time: new Date(NOW), data: { standby: false } });
    expect(event.traceparent).toBe(`00-${event.id.replaceAll('-', '')}-${event.id.replaceAll('-', '').slice(16)}-00`);
  });

  it('that repeats itself fifty times has one id', async () => {
    const { post, calls } = desk();
    for (let i = 0; i < 50; i++) await post();
    const ids = calls.flatMap(({ records }) => records.map(({ headers }) => headers['ce_id']));
    expect([ids.length, new Set(ids).size]).toEqual([50, 1]);
  });

  it('may be seen only, while another app has the thread', async () => {
    const { post, calls } = desk();
    await post(aMessengerHook([{ id: PAGE, time: 1, standby: [said('m_1')] }]));
    expect(decodeEvent(messengerWebhooks, calls[0]!.records[0]!).data.standby).toBe(true);
  });

  it('is decided well inside the five seconds that Meta waits, and sooner while Kafka is known to be away', async () => {
    const [current, away] = [desk(), desk({ healthy: false })];
    await current.post();
    await away.post();
    expect(current.calls[0]!.deadlineMs).toBeLessThanOrEqual(4_000);
    expect(away.calls[0]!.deadlineMs).toBeLessThanOrEqual(1_000);
  });

  it('that Kafka did not take is to come again', async () => {
    for (const fails of ['kafka.unavailable', 'kafka.queue-full', 'kafka.record-refused'] as const) {
      const answer = await desk({ fails }).post();
      expect([told(answer), answer]).toMatchObject(['503 kafka.away', { retryAfterSeconds: 5 }]);
    }
  });

  it.each<[string, (body: Buffer) => string | undefined]>([
    ['no signature', () => undefined],
    ['somebody else’s signature', (body) => metaSignatureOf(body, 'guess')],
    ['the signature of other bytes', () => metaSignatureOf('{}')],
    ['the signature of what a parser would write anew', (body) => metaSignatureOf(JSON.stringify(JSON.parse(body.toString())))],
    ['half a signature', (body) => metaSignatureOf(body).slice(0, 40)],
    ['the verify token for a signature', () => VERIFY_TOKEN],
  ])('with %s is unauthorized, and is not told why', async (_, sign) => {
    const { receive, calls } = desk();
    const body = aMessengerHook([anEntry([said('m_1', { text: 'Grüße' })])]);
    const answer = await receive.receive('demo', sign(body), body);
    expect(answer).toEqual(await receive.receive('demo', 'sha256=', Buffer.from('{')));
    expect([told(answer), calls]).toEqual(['401 hook.unauthorized', []]);
  });

  it('is taken with either of two secrets while rotating, and with the older no more when it is gone', async () => {
    const { post, settings } = desk();
    const body = aMessengerHook();
    const tries = async () => [told(await post(body, metaSignatureOf(body, 'old'))), told(await post(body, metaSignatureOf(body, 'new')))];
    settings.put(aPage({ secrets: ['old', 'new'] }));
    expect(await tries()).toEqual(['accepted', 'accepted']);
    settings.put(aPage({ secrets: ['new'] }));
    expect(await tries()).toEqual(['401 hook.unauthorized', 'accepted']);
  });

  it('over the rate of its bot waits; forged ones do not eat of it, and a batch counts once', async () => {
    const { post, settings, clock } = desk();
    settings.put(aPage({ hooksPerSecond: 2 }));
    const batch = aMessengerHook([anEntry([...Array(100).keys()].map((n) => said(`m_${n}`)))]);
    for (let i = 0; i < 100; i++) await post(batch, metaSignatureOf(batch, 'guess'));
    const answers = [await post(batch), await post(batch), await post(batch)];
    expect(answers.map(told)).toEqual(['accepted', 'accepted', '429 bot.over-rate']);
    clock.now += 500;
    expect(told(await post(batch))).toBe('accepted');
  });

  it.each<[string, string, string]>([
    ['broken JSON', '{"object":"page"', '400 hook.not-json'],
    ['nothing', '', '400 hook.not-json'],
    ['a list', '[]', '400 hook.invalid (whole)'],
    ['a text for its entries', '{"object":"page","entry":"all"}', '400 hook.invalid entry'],
    ['more than Meta sends at once', `{"object":"page","entry":[${'0,'.repeat(2_000)}0]}`, '413 hook.too-many entry'],
    ['news of Instagram', '{"object":"instagram","entry":[]}', 'ignored'],
    ['news of the page that is no message', `{"object":"page","entry":[{"id":"${PAGE}","time":1,"changes":[]}]}`, 'ignored'],
    ['no entries', '{"object":"page","entry":[]}', 'ignored'],
  ])('with %s is answered accordingly', async (_, body, expected) => {
    const { post, calls } = desk();
    expect([told(await post(Buffer.from(body))), calls]).toEqual([expected, []]);
  });

  it('loses nothing to a broken element beside it, and tells its shape only', async () => {
    const { post, calls, logged } = desk();
    const visitor = { ...said('m_2'), sender: { user_ref: 'ref-of-a-person' }, optin: { text: 'secret words' } };
    expect(told(await post(aMessengerHook([anEntry([said('m_1'), visitor, 'secret words', said('m_3')])])))).toBe('accepted');
    expect(eventsOf(calls[0]!.records).map(([, , mid]) => mid)).toEqual(['m_1', 'm_3']);
    expect(logged.map((line) => JSON.parse(line) as unknown)).toMatchObject([
      { botId: 'demo', reason: 'no-user', count: 1, shape: expect.stringContaining('{sender:{user_ref:string}') },
      { botId: 'demo', reason: 'malformed', count: 1, shape: 'string' },
    ]);
    expect(logged.join('')).not.toMatch(/ref-of-a-person|secret words/);
  });
});

describe('a web hook over several pages', () => {
  const OTHER = '5500';
  const body = aMessengerHook([anEntry([said('m_1')]), anEntry([said('m_2', { pageId: OTHER })], OTHER), anEntry([said('m_3')])]);
  const withOther = (o: Parameters<typeof aPage>[0]) =>
    new KnownSettings(new Date(NOW)).put(aPage(), aPage({ botId: 'other', pageId: OTHER, secrets: ['theirs'], ...o }));

  it('gives each page’s words to the bot of that page', async () => {
    const { post, calls } = desk({ settings: withOther({}) });
    expect(told(await post(body))).toBe('accepted');
    expect(calls).toHaveLength(1);
    expect(eventsOf(calls[0]!.records)).toEqual([
      [`${PAGE}:${PERSON}`, 'demo', 'm_1'],
      [`${OTHER}:${PERSON}`, 'other', 'm_2'],
      [`${PAGE}:${PERSON}`, 'demo', 'm_3'],
    ]);
  });

  it('gives nothing to a bot of another workspace, nor to nobody', async () => {
    for (const settings of [withOther({ workspaceId: 'else' }), undefined]) {
      const { post, calls } = desk(settings && { settings });
      expect(told(await post(body))).toBe('accepted');
      expect(eventsOf(calls[0]!.records).map(([, , mid]) => mid)).toEqual(['m_1', 'm_3']);
    }
  });

  it('of nobody’s pages alone is let go', async () => {
    const { post, calls } = desk();
    expect([told(await post(aMessengerHook([anEntry([said('m_2')], OTHER)]))), calls]).toEqual(['ignored', []]);
  });

  it('is kept for its own bot though another workspace names the same page', async () => {
    const settings = new KnownSettings(new Date(NOW)).put(aPage({ botId: 'aaa', workspaceId: 'else', secrets: ['theirs'] }), aPage());
    const { post, calls } = desk({ settings });
    expect(told(await post())).toBe('accepted');
    expect(eventsOf(calls[0]!.records)).toEqual([[`${PAGE}:${PERSON}`, 'demo', 'm_1']]);
  });

  it('reaches the neighbour although a bot of another workspace claims the same page', async () => {
    const claim = aPage({ botId: 'aaa', workspaceId: 'else', pageId: OTHER, secrets: ['claimed'] });
    const settings = new KnownSettings(new Date(NOW)).put(claim, aPage(), aPage({ botId: 'other', pageId: OTHER, secrets: ['theirs'] }));
    const { post, calls } = desk({ settings });
    expect(told(await post(body))).toBe('accepted');
    expect(eventsOf(calls[0]!.records).map(([, botId]) => botId)).toEqual(['demo', 'other', 'demo']);
  });

  it('comes again while settings are not current, for the page may be one we have not heard of; what is known is stored', async () => {
    const { post, calls } = desk({ now: NOW + 61_000 });
    const answer = await post(body);
    expect([told(answer), answer]).toMatchObject(['503 settings.not-current', { retryAfterSeconds: 5 }]);
    expect(eventsOf(calls[0]!.records).map(([, , mid]) => mid)).toEqual(['m_1', 'm_3']);
  });
});

describe('a bot that is not known', () => {
  it.each(['nobody', '../demo', '__proto__', 'constructor', 'x'.repeat(5_000)])(
    'is not found while settings are current (%.20s)',
    async (botId) => {
      expect(told(await desk().post(aMessengerHook(), 'sha256=', botId))).toBe('404 bot.unknown');
    },
  );

  it('is one without a page, too', async () => {
    const { post, settings } = desk();
    settings.put(aBot());
    expect(told(await post())).toBe('404 bot.unknown');
  });

  it('may be known tomorrow while settings are not current', async () => {
    const { post } = desk({ now: NOW + 61_000 });
    const answer = await post(aMessengerHook(), 'sha256=', 'nobody');
    expect([told(answer), answer]).toMatchObject(['503 settings.not-current', { retryAfterSeconds: 5 }]);
    expect(told(await post())).toBe('accepted');
  });

  it('is not one whose secrets we cannot open: that is our trouble, not the caller’s', async () => {
    const settings = new KnownSettings(new Date(NOW)).put(aPage({ keys: { secrets: randomBytes(32).toString('base64') } }));
    expect(told(await desk({ settings }).post())).toBe('503 settings.not-current');
  });

  it('is not one whose verify token alone we cannot open: what is signed is taken', async () => {
    const settings = new KnownSettings(new Date(NOW)).put(aPage({ keys: { verifyToken: randomBytes(32).toString('base64') } }));
    const { post, get } = desk({ settings });
    expect([told(await post()), asked(get())]).toEqual(['accepted', '403 hook.forbidden']);
  });
});
