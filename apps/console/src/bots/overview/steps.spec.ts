import { describe, expect, it } from '@jest/globals';
import { ShownBotSchema } from '@baton/control-api';
import type { ShownConnection } from '@baton/control-api';
import { stepsOf } from './steps.js';
import type { Known } from './steps.js';

const bot = (more: object = {}) => ShownBotSchema.parse({ botId: 'demo', workspaceId: 'acme', name: 'Demo', ...more });
const mark = { fingerprint: '0123456789ab' };
const crisp = { websiteId: '11111111-2222-4333-8444-555555555555', tokenId: 'token', tokenKey: mark };
const connection = (ready: boolean, last: string | null | undefined) =>
  ({
    hook: { seen: last === undefined ? null : { since: last, last, count: 1 } },
    lastCheck: { findings: { ready, website: { state: 'bound', name: 'Juniper' }, missing: [{ blocking: true, what: 'No scope.' }] } },
  }) as unknown as ShownConnection;
const NOTHING: Known = { connection: undefined, sources: undefined };
const states = (...of: Parameters<typeof stepsOf>) => Object.fromEntries(stepsOf(...of).map(({ title, state }) => [title, state]));

describe('the way to a bot that visitors can meet', () => {
  it('is long for a new bot', () => {
    expect(states(bot(), { ...NOTHING, sources: 0 })).toEqual({
      'A channel': 'open',
      'Crisp connected': 'open',
      'Web hooks arriving': 'open',
      'Business hours': 'open',
      'A message for when nobody is there': 'open',
      Knowledge: 'open',
    });
  });

  it('is done for one that has everything', () => {
    const whole = bot({
      webchat: { allowedOrigins: ['https://shop.example'] },
      crisp,
      handover: { noAgentMessage: 'Nobody is here.', hours: { timeZone: 'Europe/Berlin', weekly: {} } },
    });
    expect(new Set(Object.values(states(whole, { connection: connection(true, '2026-01-01T00:00:00Z'), sources: 2 })))).toEqual(
      new Set(['done']),
    );
  });

  it.each([
    ['a check that failed', connection(false, null), { 'Crisp connected': 'open', 'Web hooks arriving': 'open' }],
    ['hooks nobody can tell of', connection(true, undefined), { 'Crisp connected': 'done', 'Web hooks arriving': 'unknown' }],
    ['a connection that is still read', undefined, { 'Crisp connected': 'done', 'Web hooks arriving': 'unknown' }],
  ])('knows of %s', (_, known, expected) => {
    expect(states(bot({ crisp }), { connection: known, sources: null })).toMatchObject({ ...expected, Knowledge: 'unknown' });
  });

  it('needs a website for the chat, and knowledge only where the assistant answers', () => {
    const optional = (of: ReturnType<typeof bot>) => stepsOf(of, NOTHING).find(({ title }) => title === 'Knowledge')!.optional;
    expect(states(bot({ webchat: { allowedOrigins: [] } }), NOTHING)['A channel']).toBe('open');
    expect([optional(bot()), optional(bot({ assistant: { inbox: 'reply' } }))]).toEqual([true, false]);
  });
});
