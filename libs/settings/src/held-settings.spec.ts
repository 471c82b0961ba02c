import { describe, expect, it } from '@jest/globals';
import { encodeEvent, newId, settings } from '@baton/contracts';
import { HeldSettings } from './held-settings.js';
import type { Setting } from './setting.js';
import { aBot, aPlugin, recordOf, someKeys } from './testkit.js';

const keys = someKeys();
const at = (second: number) => new Date(Date.UTC(2026, 0, 5, 10, 0, second));

const record = (setting: Setting, revision: number, time = at(revision)) => recordOf(setting, revision, time);

const nameIn = (held: HeldSettings, id = 'bot:demo') => {
  const setting = held.get(id)?.setting;
  return setting?.type === 'settings.bot' ? setting.bot.name : undefined;
};

describe('what is held of the settings topic', () => {
  it('is the last of each setting', () => {
    const held = new HeldSettings(keys);
    held.apply(record(aBot(keys, 'demo', { name: 'Old' }), 1));
    held.apply(record(aPlugin(keys), 1));
    expect(held.apply(record(aBot(keys, 'demo', { name: 'New' }), 2))).toEqual({ changed: 'bot:demo' });
    expect(nameIn(held)).toBe('New');
    expect([...held.all()]).toHaveLength(2);
  });

  it('loses a setting whose record has no value', () => {
    const held = new HeldSettings(keys);
    held.apply(record(aBot(keys), 1));
    expect(held.apply({ key: 'bot:demo', value: null })).toEqual({ changed: 'bot:demo' });
    expect(held.get('bot:demo')).toBeUndefined();
  });

  const good = record(aBot(keys, 'demo', { name: 'Broken' }), 2);
  it.each([
    ['broken JSON', { ...good, value: '{' }, 'not-json'],
    ['no headers', { ...good, headers: {} }, 'not-an-event'],
    ['a version of tomorrow', { ...good, headers: { ...good.headers, ce_type: 'baton.settings.bot.v2' } }, 'unknown-version'],
    ['a field of a wrong type', { ...good, value: String(good.value).replace('"revision":2', '"revision":"two"') }, 'invalid-data'],
    ['the key of another setting', { ...record(aBot(keys, 'other'), 2), key: 'bot:demo' }, 'wrong-key'],
    ['secrets sealed with a key that we do not have', record(aBot(someKeys(), 'demo', { name: 'Broken' }), 2), 'secret-unreadable'],
  ])('keeps the older good one when the newer has %s, and says so', (_, broken, reason) => {
    const held = new HeldSettings(keys);
    held.apply(record(aBot(keys, 'demo', { name: 'Good' }), 1));
    expect(held.apply(broken)).toMatchObject({ problem: { settingId: 'bot:demo', reason } });
    expect(nameIn(held)).toBe('Good');
    expect(held.doubtful.has('bot:demo')).toBe(true);
    held.apply(record(aBot(keys, 'demo', { name: 'Good again' }), 3));
    expect([nameIn(held), held.doubtful.size]).toEqual(['Good again', 0]);
  });

  it('holds a bot seen for the first time even if its secrets cannot be opened, and is in doubt about it', () => {
    const held = new HeldSettings(keys);
    expect(held.apply(record(aBot(someKeys()), 1))).toMatchObject({ changed: 'bot:demo', problem: { reason: 'secret-unreadable' } });
    expect([nameIn(held), held.doubtful.has('bot:demo')]).toEqual(['Demo', true]);
  });

  it('opens the secrets of its purposes only, and forgets those that were replaced', () => {
    const held = new HeldSettings({ webhooks: keys.webhooks });
    const first = aBot(keys, 'demo', { hookSecrets: ['one', 'two'] });
    held.apply(record(first, 1));
    const { hookSecrets, tokenKey } = first.type === 'settings.bot' ? first.bot.crisp! : { hookSecrets: [], tokenKey: '' };
    expect([...hookSecrets, tokenKey].map((sealed) => held.secret(sealed))).toEqual(['one', 'two', undefined]);
    held.apply(record(aBot(keys), 2));
    expect(hookSecrets.map((sealed) => held.secret(sealed))).toEqual([undefined, undefined]);
  });

  it('is as fresh as the newest record, heartbeats included', () => {
    const held = new HeldSettings(keys);
    expect(held.freshAt).toBeUndefined();
    held.apply(record(aBot(keys), 1, at(5)));
    const beat = { settingId: 'heartbeat' as const, publishedAt: at(30).toISOString() };
    expect(held.apply(encodeEvent(settings, 'settings.heartbeat', beat, { id: newId(), source: 'urn:baton:test', time: at(30) }))).toEqual(
      {},
    );
    held.apply(record(aBot(keys), 2, at(20)));
    expect(held.freshAt).toEqual(at(30));
  });
});
