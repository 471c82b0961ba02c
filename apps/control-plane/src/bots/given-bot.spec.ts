import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { GivenBot } from '@baton/control-api';
import { open } from '@baton/settings';
import { ApiRefusal } from '../api/problem.js';
import { fingerprintOf } from '../documents/secrets.js';
import { sealedBot } from './given-bot.js';

const aKey = () => randomBytes(32).toString('base64');
const keys = { webhooks: aKey(), crisp: aKey(), messenger: aKey(), models: aKey() };
const of = { botId: 'demo', workspaceId: 'acme', name: 'Demo' };
const CRISP = { websiteId: '11111111-2222-4333-8444-555555555555', tokenId: 'token', tokenKey: 'the-key', hookSecrets: ['one', 'two'] };
const given = (bot: Partial<GivenBot>) => ({ ...of, ...bot });
const before = { ...sealedBot(given({ crisp: CRISP }), undefined, keys), apiKeyHashes: ['a'.repeat(64)] };
const mark = (sealed: string) => ({ fingerprint: fingerprintOf(sealed) });

function refusalOf(work: () => unknown): ApiRefusal {
  try {
    work();
  } catch (error) {
    if (error instanceof ApiRefusal) return error;
    throw error;
  }
  throw new Error('it was taken');
}

describe('a bot that is given', () => {
  it('has its secrets sealed, each for those who may open it', () => {
    const { crisp } = before;
    expect(open('bot:demo', { crisp: keys.crisp }, crisp!.tokenKey)).toBe('the-key');
    expect(crisp!.hookSecrets.map((sealed) => open('bot:demo', { webhooks: keys.webhooks }, sealed))).toEqual(['one', 'two']);
  });

  it('keeps secrets that are given as marks, and its API keys', () => {
    const crisp = { ...CRISP, tokenKey: mark(before.crisp!.tokenKey), hookSecrets: [mark(before.crisp!.hookSecrets[1]!), 'three'] };
    const bot = sealedBot(given({ crisp }), before, keys);
    expect([bot.crisp!.tokenKey, bot.crisp!.hookSecrets[0], bot.apiKeyHashes]).toEqual([
      before.crisp!.tokenKey,
      before.crisp!.hookSecrets[1],
      before.apiKeyHashes,
    ]);
  });

  it('keeps the sealed form of a secret that is given again in clear', () => {
    expect(sealedBot(given({ crisp: CRISP }), before, keys).crisp).toEqual(before.crisp);
  });

  it.each<[string, Partial<GivenBot>, string[]]>([
    ['a mark of no secret', { crisp: { ...CRISP, tokenKey: { fingerprint: '0123456789ab' } } }, ['/crisp/tokenKey']],
    [
      'the mark of a secret of another purpose',
      { crisp: { ...CRISP, hookSecrets: [mark(before.crisp!.tokenKey)] } },
      ['/crisp/hookSecrets/0'],
    ],
    [
      'several wrong marks, all at once',
      { crisp: { ...CRISP, tokenKey: { fingerprint: '0123456789ab' }, hookSecrets: ['x', { fingerprint: 'ba9876543210' }] } },
      ['/crisp/tokenKey', '/crisp/hookSecrets/1'],
    ],
    ['a text that looks like a sealed secret', { name: before.crisp!.tokenKey }, ['/name']],
  ])('is refused with %s, and told where', (_, bot, pointers) => {
    const refusal = refusalOf(() => sealedBot(given(bot), before, keys));
    expect([refusal.code, refusal.details.errors?.map(({ pointer }) => pointer)]).toEqual(['invalid-request', pointers]);
    expect(JSON.stringify(refusal)).not.toContain('sealed:v1');
  });

  it('tells the key of its model to no other endpoint, unless whoever names that gives it', () => {
    const model = (baseUrl: string, apiKey: string | { fingerprint: string }) =>
      given({ assistant: { model: { baseUrl, model: 'small', apiKey } } } as Partial<GivenBot>);
    const had = sealedBot(model('https://ours.example/v1', 'model-key'), undefined, keys);
    const kept = had.assistant.model!.apiKey!;
    expect(sealedBot(model('https://ours.example/v1', mark(kept)), had, keys).assistant.model!.apiKey).toBe(kept);
    const refusal = refusalOf(() => sealedBot(model('https://theirs.example/v1', mark(kept)), had, keys));
    expect(refusal.details.errors?.map(({ pointer }) => pointer)).toEqual(['/assistant/model/apiKey']);
    const moved = sealedBot(model('https://theirs.example/v1', 'another-key'), had, keys);
    expect(open('bot:demo', { models: keys.models }, moved.assistant.model!.apiKey!)).toBe('another-key');
  });

  it('takes no other text for a secret because of its name', () => {
    const bot = sealedBot(given({ handover: { continueWith: { byCategory: { apiKey: 'block-7' } } } }), before, keys);
    expect(bot.handover.continueWith.byCategory).toEqual({ apiKey: 'block-7' });
  });
});
