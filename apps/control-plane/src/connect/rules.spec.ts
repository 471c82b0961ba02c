import { describe, expect, it } from '@jest/globals';
import { BotSettingsSchema } from '@baton/contracts';
import type { Setting } from '@baton/settings';
import { AdminKey } from './admin-key.js';
import type { StoredConnection } from './connection-store.js';
import { rotated, validAt } from './hook-secrets.js';
import { withConnections } from './overlay.js';

const NOW = new Date('2026-11-21T12:00:00.000Z');
const later = (seconds: number) => new Date(NOW.getTime() + seconds * 1_000);
const WEBSITE = '11111111-2222-4333-8444-555555555555';
const sealed = (name: string) => `sealed:v1:webhooks:aXY.${name}.dGFn`;

describe('the secrets of a web hook', () => {
  it('are two while rotating, until the time of the old one is over', () => {
    const two = rotated([{ sealed: 'one' }], 'two', later(60));
    expect(two).toEqual([{ sealed: 'two' }, { sealed: 'one', endsAt: later(60).toISOString() }]);
    expect(validAt(two, later(59))).toEqual(two);
    expect(validAt(two, later(60))).toEqual([{ sealed: 'two' }]);
  });

  it('are never three: a second rotation ends the one that was on its way out', () => {
    const three = rotated(rotated([{ sealed: 'one' }], 'two', later(60)), 'three', later(120));
    expect(three.map(({ sealed: name }) => name)).toEqual(['three', 'two']);
  });

  it('begin with one', () => {
    expect(rotated([], 'one', later(60))).toEqual([{ sealed: 'one' }]);
  });
});

describe('connections laid over the file', () => {
  const bot = (botId: string, change: object = {}): Setting => ({
    type: 'settings.bot',
    bot: BotSettingsSchema.parse({ botId, workspaceId: 'acme', name: botId, ...change }),
  });
  const stored = (botId: string): StoredConnection => ({
    botId,
    websiteId: WEBSITE,
    tier: 'website',
    apiUrl: 'https://api.crisp.chat',
    tokenId: `token of ${botId}`,
    tokenKey: 'sealed:v1:crisp:aXY.Y2lwaGVy.dGFn',
    hookSecrets: [{ sealed: sealed('bmV3') }, { sealed: sealed('b2xk'), endsAt: NOW.toISOString() }],
    createdAt: NOW,
    updatedAt: NOW,
  });
  const ofFile = { websiteId: WEBSITE, tokenId: 'token of the file', tokenKey: 'sealed:v1:crisp:aXY.Y2lwaGVy.dGFn' };
  const connectionsOf = (settings: Setting[]) =>
    settings.map((setting) => (setting.type === 'settings.bot' ? setting.bot.crisp?.tokenId : setting.type));

  it('connect the bots that the file does not connect itself, and no others', () => {
    const settings = [bot('free'), bot('taken', { crisp: ofFile }), bot('alone')];
    expect(connectionsOf(withConnections(settings, [stored('free'), stored('taken'), stored('nobody')], NOW))).toEqual([
      'token of free',
      'token of the file',
      undefined,
    ]);
  });

  it('have the secrets that are taken at this time, and the defaults of the contract', () => {
    const [setting] = withConnections([bot('free')], [stored('free')], NOW);
    expect(setting).toMatchObject({ bot: { crisp: { tier: 'website', hookSecrets: [sealed('bmV3')], callsPerSecond: 10 } } });
  });
});

describe('the key of an administrator', () => {
  const code = (key: AdminKey, authorization: string | undefined): string => {
    try {
      key.require(authorization);
      return 'taken';
    } catch (error) {
      return (error as { getResponse(): { error: { code: string } } }).getResponse().error.code;
    }
  };

  it.each([
    ['Bearer a-long-random-key', 'taken'],
    ['bearer a-long-random-key', 'taken'],
    ['Bearer a-long-random-kez', 'unauthorized'],
    ['Bearer a-long-random-key2', 'unauthorized'],
    ['a-long-random-key', 'unauthorized'],
    ['Basic a-long-random-key', 'unauthorized'],
    [undefined, 'unauthorized'],
  ])('%s is %s', (authorization, expected) => {
    expect(code(new AdminKey('a-long-random-key'), authorization)).toBe(expected);
  });

  it('must be set before anybody may do anything', () => {
    expect(code(new AdminKey(undefined), 'Bearer anything')).toBe('not-configured');
  });

  it('can be guessed 30 times a minute, and the right one works meanwhile', () => {
    let now = 0;
    const key = new AdminKey('a-long-random-key', () => now);
    const guesses = Array.from({ length: 31 }, () => code(key, 'Bearer guess'));
    expect([guesses[29], guesses[30], code(key, 'Bearer a-long-random-key')]).toEqual(['unauthorized', 'too-many-requests', 'taken']);
    now = 60_001;
    expect(code(key, 'Bearer guess')).toBe('unauthorized');
  });
});
