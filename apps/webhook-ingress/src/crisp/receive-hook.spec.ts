import { describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import type { OutgoingRecord } from '@baton/contracts';
import { ProduceError } from '@baton/messaging/kafka';
import type { Received } from '../http/answering.js';
import { LastAccepted } from '../last-accepted.js';
import { aHook, SESSION, signatureOf } from '../testkit/hooks.js';
import { aBot, aPlugin, KnownSettings } from '../testkit/known-settings.js';
import { HookDoors } from './hook-doors.js';
import { ReceiveCrispHook } from './receive-hook.js';

const NOW = Date.UTC(2026, 0, 5, 10);
const HOUR = 3_600_000;

function desk(o: { settings?: KnownSettings; now?: number; fails?: ProduceError['code'] } = {}) {
  const settings = o.settings ?? new KnownSettings(new Date(NOW)).put(aBot(), aPlugin());
  const clock = { now: o.now ?? NOW };
  const stored: OutgoingRecord[] = [];
  const sink = {
    healthy: true,
    send: async (records: readonly OutgoingRecord[]) => {
      if (o.fails) throw new ProduceError(o.fails, 'no');
      stored.push(...records);
    },
  };
  const now = () => clock.now;
  const receive = new ReceiveCrispHook(settings, new HookDoors(settings, now), sink, new LastAccepted(settings), now);
  const website = (body = aHook(), secret: string | undefined = 'hook-secret', botId = 'demo') => receive.ofWebsite(botId, secret, body);
  const plugin = (
    body = aHook(),
    signed: { timestamp?: string; signature?: string } = signatureOf(body, clock.now),
    pluginId = 'plugin-1',
  ) => receive.ofPlugin(pluginId, { timestamp: signed.timestamp, signature: signed.signature }, body);
  return { receive, settings, stored, clock, website, plugin };
}

const told = (received: Received) =>
  typeof received === 'string' ? received : `${received.status} ${received.body.code} ${received.body.field ?? ''}`.trim();

describe('a website hook', () => {
  it('with the secret of its URL is stored as it came, keyed by session, marked with the bot', async () => {
    const { website, stored } = desk();
    const body = aHook({ data: { content: 'Grüße 👋🏽 شكرا', unknown: { kept: true } } });
    expect(told(await website(body))).toBe('accepted');
    expect(stored).toMatchObject([
      { topic: 'crisp-webhooks', key: SESSION, headers: { ce_type: 'baton.crisp.webhook.v1', ce_botid: 'demo' } },
    ]);
    expect(stored[0]!.value).toBe(body);
  });

  it('without a session is keyed by its website', async () => {
    const { website, stored } = desk();
    const body = Buffer.from(
      JSON.stringify({ website_id: '11111111-2222-4333-8444-555555555555', event: 'website:users:available', timestamp: 1, data: {} }),
    );
    expect(told(await website(body))).toBe('accepted');
    expect(stored[0]!.key).toBe('11111111-2222-4333-8444-555555555555');
  });

  it.each([
    ['another secret', 'guess'],
    ['an empty secret', ''],
    ['no secret', undefined],
    ['a signing secret of a plugin', 'signing-secret'],
  ])('with %s is unauthorized, whatever its body', async (_, secret) => {
    const { receive, stored } = desk();
    expect(told(await receive.ofWebsite('demo', secret, Buffer.from('{')))).toBe('401 hook.unauthorized');
    expect(stored).toEqual([]);
  });

  it('is taken with either of two secrets while rotating, and with the older no more when it is gone', async () => {
    const { website, settings } = desk();
    settings.put(aBot({ secrets: ['old', 'new'] }));
    expect([told(await website(aHook(), 'old')), told(await website(aHook(), 'new'))]).toEqual(['accepted', 'accepted']);
    settings.put(aBot({ secrets: ['new'] }));
    expect([told(await website(aHook(), 'old')), told(await website(aHook(), 'new'))]).toEqual(['401 hook.unauthorized', 'accepted']);
  });

  it('of a bot that was disconnected is taken no more, whatever secret it has', async () => {
    const { website, settings, stored } = desk();
    expect(told(await website())).toBe('accepted');
    const connected = aBot();
    if (connected.type !== 'settings.bot') throw new Error('a bot was expected');
    const { crisp: _forgotten, ...bot } = connected.bot;
    settings.put({ ...connected, bot });
    expect(told(await website())).toMatch(/^404 bot\.unknown/);
    expect(stored).toHaveLength(1);
  });

  it('of another website than the bot has is refused', async () => {
    const { website, stored } = desk();
    expect(told(await website(aHook({ websiteId: '99999999-2222-4333-8444-555555555555' })))).toBe('400 hook.wrong-website website_id');
    expect(stored).toEqual([]);
  });

  it.each([
    ['broken JSON', '{"website_id":', '400 hook.not-json'],
    ['nothing', '', '400 hook.not-json'],
    ['a list', '[]', '400 hook.invalid (whole)'],
    ['no event', JSON.stringify({ website_id: '11111111-2222-4333-8444-555555555555', timestamp: 1, data: {} }), '400 hook.invalid event'],
    [
      'a number for data',
      aHook()
        .toString()
        .replace(/"data":\{.*\},"timestamp/, '"data":7,"timestamp'),
      '400 hook.invalid data',
    ],
    ['a path for a session', aHook({ data: { session_id: 'session_../../x' } }).toString(), '400 hook.invalid data.session_id'],
    [
      'a session of endless length',
      aHook({ data: { session_id: `session_${'a'.repeat(500)}` } }).toString(),
      '400 hook.invalid data.session_id',
    ],
    [
      'text for a timestamp',
      aHook()
        .toString()
        .replace(/"timestamp":\d+/, '"timestamp":"now"'),
      '400 hook.invalid timestamp',
    ],
    ['a quarter of a million brackets', '['.repeat(250_000), '400 hook.not-json'],
  ])('with %s in its body is refused, and told which field', async (_, body, expected) => {
    expect(told(await desk().website(Buffer.from(body)))).toBe(expected);
  });

  it('in another encoding than UTF-8 is refused', async () => {
    expect(told(await desk().website(Buffer.from(aHook({ data: { content: 'é' } }).toString(), 'latin1')))).toBe('400 hook.not-json');
  });

  it('that repeats itself fifty times has one id', async () => {
    const { website, stored } = desk();
    for (let i = 0; i < 50; i++) await website();
    expect([stored.length, new Set(stored.map(({ headers }) => headers['ce_id'])).size]).toEqual([50, 1]);
  });

  it('over the rate of its bot waits; forged ones do not eat of it', async () => {
    const { website, settings, clock } = desk();
    settings.put(aBot({ hooksPerSecond: 2 }));
    for (let i = 0; i < 100; i++) await website(aHook(), 'guess');
    const answers = [await website(), await website(), await website()];
    expect(answers.map(told)).toEqual(['accepted', 'accepted', '429 bot.over-rate']);
    expect(answers[2]).toMatchObject({ retryAfterSeconds: 1 });
    clock.now += 500;
    expect(told(await website())).toBe('accepted');
  });

  it('that Kafka did not take is to come again', async () => {
    for (const fails of ['kafka.unavailable', 'kafka.queue-full', 'kafka.record-refused'] as const) {
      const answer = await desk({ fails }).website();
      expect([told(answer), answer]).toMatchObject(['503 kafka.away', { retryAfterSeconds: 5 }]);
    }
  });
});

describe('an unknown bot', () => {
  it.each(['nobody', '../demo', '__proto__', 'constructor', 'x'.repeat(5_000)])(
    'is not found while settings are current (%.20s)',
    async (botId) => {
      expect(told(await desk().website(aHook(), 'hook-secret', botId))).toBe('404 bot.unknown');
    },
  );

  it('may be known tomorrow while settings are not current', async () => {
    const answer = await desk({ now: NOW + 61_000 }).website(aHook(), 'hook-secret', 'nobody');
    expect([told(answer), answer]).toMatchObject(['503 settings.not-current', { retryAfterSeconds: 5 }]);
  });

  it('may be one whose newest settings could not be read', async () => {
    const settings = new KnownSettings(new Date(NOW)).breakSetting('bot:broken');
    expect(told(await desk({ settings }).website(aHook(), 'hook-secret', 'broken'))).toBe('503 settings.not-current');
  });

  it('is not one whose secrets we cannot open: that is our trouble, not the caller’s', async () => {
    const settings = new KnownSettings(new Date(NOW)).put(aBot({ key: randomBytes(32).toString('base64') }));
    expect(told(await desk({ settings }).website())).toBe('503 settings.not-current');
  });

  it('does not keep those of before from being served', async () => {
    expect(told(await desk({ now: NOW + HOUR }).website())).toBe('accepted');
  });
});

describe('a plugin hook', () => {
  it('that is signed is stored, marked with the plugin', async () => {
    const { plugin, stored } = desk();
    expect(told(await plugin())).toBe('accepted');
    expect(stored).toMatchObject([{ key: SESSION, headers: { ce_pluginid: 'plugin-1' } }]);
    expect(stored[0]!.headers).not.toHaveProperty('ce_botid');
  });

  it('says the same as the website hook of the same fact', async () => {
    const { plugin, website, stored } = desk();
    await plugin();
    await website();
    expect(stored[0]!.headers['ce_id']).toBe(stored[1]!.headers['ce_id']);
  });

  it.each([
    ['signed by somebody else', (body: Buffer) => signatureOf(body, NOW, 'guess')],
    ['with the time changed after signing', (body: Buffer) => ({ ...signatureOf(body, NOW), timestamp: String(NOW + 1) })],
    ['with another body than was signed', () => signatureOf(Buffer.from('{}'), NOW)],
    ['without a signature', () => ({ timestamp: String(NOW) })],
    ['without a time', (body: Buffer) => ({ signature: signatureOf(body, NOW).signature })],
    ['older than its window', (body: Buffer) => signatureOf(body, NOW - 25 * HOUR)],
    ['from the future', (body: Buffer) => signatureOf(body, NOW + 25 * HOUR)],
  ])('%s is unauthorized, and is not told why', async (_, sign) => {
    const { plugin, stored } = desk();
    const body = aHook();
    const answer = await plugin(body, sign(body));
    expect(told(answer)).toBe('401 hook.unauthorized');
    expect(answer).toEqual(await desk().website(aHook(), 'guess'));
    expect(stored).toEqual([]);
  });

  it('is taken when clocks are an hour apart, unless the window says otherwise', async () => {
    const { plugin, settings } = desk();
    const body = aHook();
    expect(told(await plugin(body, signatureOf(body, NOW - HOUR)))).toBe('accepted');
    settings.put(aPlugin({ freshnessSeconds: 600 }));
    expect(told(await plugin(body, signatureOf(body, NOW - HOUR)))).toBe('401 hook.unauthorized');
    expect(told(await plugin(body, signatureOf(body, NOW + HOUR)))).toBe('401 hook.unauthorized');
  });

  it('is taken with either of two secrets while rotating', async () => {
    const { plugin, settings } = desk();
    settings.put(aPlugin({ secrets: ['old', 'new'] }));
    const body = aHook();
    expect([told(await plugin(body, signatureOf(body, NOW, 'old'))), told(await plugin(body, signatureOf(body, NOW, 'new')))]).toEqual([
      'accepted',
      'accepted',
    ]);
  });

  it('of a website that is none of ours is let go, and kept while settings are not current', async () => {
    const foreign = aHook({ websiteId: '99999999-2222-4333-8444-555555555555' });
    const current = desk();
    expect([told(await current.plugin(foreign)), current.stored.length]).toEqual(['ignored', 0]);
    const old = desk({ now: NOW + 61_000 });
    expect([told(await old.plugin(foreign)), old.stored.length]).toEqual(['accepted', 1]);
  });

  it('of an unknown plugin is not found', async () => {
    const body = aHook();
    expect(told(await desk().plugin(body, signatureOf(body, NOW), 'nobody'))).toBe('404 plugin.unknown');
  });
});
