import { BotSettingsSchema } from '@baton/contracts';
import { describe, expect, it } from '@jest/globals';
import { after, NOON } from '../testing/deliveries.js';
import { findBot, mayShow } from './bots.js';
import type { KnownBots, WebchatBot } from './bots.js';

const aBot = (more: object = {}) =>
  BotSettingsSchema.parse({
    botId: 'demo',
    workspaceId: 'acme',
    name: 'Demo',
    webchat: { allowedOrigins: ['https://shop.example'] },
    ...more,
  });

const known = (given: Partial<KnownBots> = {}, bot = aBot()): KnownBots => ({
  bot: (id) => (id === bot.botId ? bot : undefined),
  caughtUp: true,
  freshAt: NOON,
  ...given,
});

describe('finding a bot', () => {
  it('finds one that has a webchat', () => {
    expect(findBot(known(), 'demo', NOON)).toMatchObject({ botId: 'demo' });
  });

  it('finds one although the settings are old', () => {
    expect(findBot(known({ freshAt: undefined }), 'demo', after(3_600_000))).toMatchObject({ botId: 'demo' });
  });

  it.each<[string, KnownBots, string, string]>([
    ['one that nobody set up', known(), 'other', 'unknown-bot'],
    ['one without a webchat', known({}, aBot({ webchat: undefined })), 'demo', 'unknown-bot'],
    ['one that is switched off', known({}, aBot({ enabled: false })), 'demo', 'unknown-bot'],
    ['a path trick', known(), '../demo', 'unknown-bot'],
    ['a path trick while nothing is known', known({ caughtUp: false }), '../demo', 'unknown-bot'],
    ['one that may be new, before the settings are read', known({ caughtUp: false }), 'other', 'try-later'],
    ['one that may be new, when the settings are old', known({ freshAt: after(-61_000) }), 'other', 'try-later'],
  ])('does not find %s', (_what, bots, id, answer) => {
    expect(findBot(bots, id, NOON)).toBe(answer);
  });
});

describe('the pages of a bot', () => {
  it.each([
    ['https://shop.example', true],
    ['HTTPS://SHOP.EXAMPLE', true],
    ['http://shop.example', false],
    ['https://shop.example:8443', false],
    ['https://evil.shop.example', false],
    ['null', false],
    ['', false],
  ])('%s: %s', (origin, may) => {
    expect(mayShow(aBot() as WebchatBot, origin)).toBe(may);
  });
});
