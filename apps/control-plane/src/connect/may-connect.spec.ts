import { describe, expect, it } from '@jest/globals';
import { BotSettingsSchema } from '@baton/contracts';
import type { ApiRefusal } from '../api/problem.js';
import { isTarget, MayConnect } from './may-connect.js';

const sealed = 'sealed:v1:crisp:aXY.Y2lwaGVy.dGFn';
const WEBSITE = '11111111-2222-4333-8444-555555555555';
const targets = { crisp: ['https://api.crisp.chat', 'http://127.0.0.1:4101'], graph: ['https://graph.facebook.com'] };
const bot = (o: { apiUrl?: string; graphUrl?: string } = {}) =>
  BotSettingsSchema.parse({
    ...{ botId: 'demo', workspaceId: 'acme', name: 'Demo' },
    crisp: { websiteId: WEBSITE, tokenId: 'token', tokenKey: sealed, ...(o.apiUrl && { apiUrl: o.apiUrl }) },
    messenger: {
      ...{ pageId: '1', appId: '2', pageToken: sealed, appSecrets: [sealed], verifyToken: sealed },
      ...(o.graphUrl && { graphUrl: o.graphUrl }),
    },
  });
const told = async (after: ReturnType<typeof bot>, before?: ReturnType<typeof bot>, others: readonly unknown[] = []) =>
  new MayConnect(targets).require(after, before, { query: (async () => others) as never }).then(
    () => 'may',
    (error: ApiRefusal) => error.details.errors?.[0]?.pointer,
  );

describe('an address that keys are sent to', () => {
  it.each([
    ['https://api.crisp.chat', true],
    ['https://API.crisp.chat/', true],
    ['https://api.crisp.chat:443', true],
    ['http://127.0.0.1:4101/', true],
    ['http://api.crisp.chat', false],
    ['https://api.crisp.chat.evil.example', false],
    ['https://api.crisp.chat@evil.example', false],
    ['https://api.crisp.chat/v1/../../x', false],
    ['http://127.0.0.1:4102', false],
    ['http://localhost:4101', false],
    ['http://169.254.169.254', false],
    ['http://2130706433:4101', true],
    ['nonsense', false],
  ])('%s is one that we call: %s', (url, expected) => {
    expect(isTarget(targets.crisp, url)).toBe(expected);
  });
});

describe('a bot', () => {
  it.each([
    ['that goes where everybody goes', bot(), undefined, 'may'],
    ['that sends its Crisp key elsewhere', bot({ apiUrl: 'http://10.0.0.1' }), undefined, '/crisp/apiUrl'],
    ['that sends its page token elsewhere', bot({ graphUrl: 'http://10.0.0.1' }), undefined, '/messenger/graphUrl'],
    [
      'that stays where the settings file sent it',
      bot({ apiUrl: 'http://10.0.0.1', graphUrl: 'http://10.0.0.2' }),
      bot({ apiUrl: 'http://10.0.0.1', graphUrl: 'http://10.0.0.2' }),
      'may',
    ],
  ] as const)('%s', async (_, after, before, expected) => {
    expect(await told(after, before)).toBe(expected);
  });

  it('takes no website of another workspace', async () => {
    expect([await told(bot(), undefined, [1]), await told(bot(), bot(), [1])]).toEqual(['/crisp/websiteId', 'may']);
  });
});
