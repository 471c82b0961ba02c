import { describe, expect, it } from '@jest/globals';
import { encodeEvent, newId, settings } from '@baton/contracts';
import { HeldSettings } from './held-settings.js';
import { planPublishing } from './publish-plan.js';
import { settingIdOf } from './setting.js';
import type { Setting } from './setting.js';
import { aBot, aPlugin, someKeys } from './testkit.js';

const keys = someKeys();

function onTopic(...all: Setting[]): HeldSettings {
  const held = new HeldSettings(keys);
  for (const setting of all) {
    const { type, ...content } = setting;
    const data = { settingId: settingIdOf(setting), revision: 4, publishedAt: '2026-01-05T10:00:00.000Z', ...content };
    held.apply(encodeEvent(settings, type, data as never, { id: newId(), source: 'urn:baton:test', time: new Date(0) }));
  }
  return held;
}

describe('what has to be published', () => {
  it('is nothing when the topic says the same, though each sealing looks different', () => {
    const plan = planPublishing(onTopic(aBot(keys), aPlugin(keys)), [aPlugin(keys), aBot(keys)], keys);
    expect(plan).toEqual({ changed: [], removed: [], unchanged: ['bot:demo', 'crisp-plugin:0b0b0b0b-0000-4000-8000-000000000001'] });
  });

  it('is what changed, with the next revision, a changed secret included', () => {
    const plan = planPublishing(
      onTopic(aBot(keys, 'a'), aBot(keys, 'b')),
      [aBot(keys, 'a', { hookSecrets: ['rotated'] }), aBot(keys, 'b')],
      keys,
    );
    expect(plan.changed).toMatchObject([{ settingId: 'bot:a', revision: 5 }]);
    expect(plan.unchanged).toEqual(['bot:b']);
  });

  it('is what is new from its first revision on, and a farewell to what is wanted no more', () => {
    const plan = planPublishing(onTopic(aBot(keys, 'gone')), [aBot(keys, 'new')], keys);
    expect(plan).toMatchObject({ changed: [{ settingId: 'bot:new', revision: 1 }], removed: ['bot:gone'] });
  });

  it('is everything again when it was sealed with a key of before', () => {
    const before = someKeys();
    expect(planPublishing(onTopic(aBot(before)), [aBot(keys)], keys).changed).toMatchObject([{ settingId: 'bot:demo', revision: 5 }]);
  });

  it('is everything again that was sealed anew with a new key, once', () => {
    const old = someKeys();
    const ring = Object.fromEntries(Object.entries(someKeys()).map(([purpose, key]) => [purpose, `${key},${old[purpose as 'crisp']}`]));
    const [before, after] = [aBot(old), aBot(ring as typeof old)];
    const held = (on: Setting) => {
      const all = new HeldSettings(ring);
      const data = { settingId: 'bot:demo', revision: 1, publishedAt: '2026-01-05T10:00:00.000Z', bot: (on as { bot: object }).bot };
      all.apply(encodeEvent(settings, 'settings.bot', data as never, { id: newId(), source: 'urn:baton:test', time: new Date(0) }));
      return all;
    };
    expect(planPublishing(held(before), [after], ring).changed).toMatchObject([{ settingId: 'bot:demo', revision: 2 }]);
    expect(planPublishing(held(after), [after], ring).changed).toEqual([]);
    expect(planPublishing(held(before), [before], ring).changed).toEqual([]);
    expect(planPublishing(held(after), [before], ring).changed).toEqual([]);
  });

  it('is also what lies broken on the topic', () => {
    const held = onTopic(aBot(keys));
    held.apply({ key: 'bot:demo', value: '{', headers: {} });
    held.apply({ key: 'bot:stray', value: '{', headers: {} });
    expect(planPublishing(held, [aBot(keys)], keys)).toMatchObject({
      changed: [{ settingId: 'bot:demo', revision: 5 }],
      removed: ['bot:stray'],
    });
  });
});
