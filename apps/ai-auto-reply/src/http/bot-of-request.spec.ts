import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { BotSettingsSchema } from '@baton/contracts';
import { botOfRequest } from './bot-of-request.js';
import type { Refusal } from './refusal.js';

const hashOf = (key: string): string => createHash('sha256').update(key).digest('hex');
const aBot = (botId: string, workspaceId: string, ...keys: string[]) =>
  BotSettingsSchema.parse({ botId, workspaceId, name: botId, apiKeyHashes: keys.map(hashOf) });

const bots = [
  aBot('shop', 'acme', 'key-of-acme'),
  aBot('help', 'acme', 'key-of-acme', 'key-of-help'),
  aBot('other', 'rival', 'key-of-rival'),
];
const settings = (isFresh = true) => ({ bot: (id: string) => bots.find(({ botId }) => botId === id), isFresh: () => isFresh });

function refusedWith(...of: Parameters<typeof botOfRequest>): number | undefined {
  try {
    botOfRequest(...of);
    return undefined;
  } catch (error) {
    return (error as Refusal).getStatus();
  }
}

describe('a request', () => {
  it.each([
    ['shop', 'key-of-acme'],
    ['help', 'key-of-acme'],
    ['help', 'key-of-help'],
  ])('is for the bot %s with %s', (botId, key) => {
    expect(botOfRequest(settings(), botId, `Bearer ${key}`).botId).toBe(botId);
  });

  it.each([
    ['shop', 'Bearer key-of-help'],
    ['shop', 'Bearer key-of-rival'],
    ['other', 'Bearer key-of-acme'],
    ['nobody', 'Bearer key-of-acme'],
    ['shop', 'key-of-acme'],
    ['shop', undefined],
  ])('is for nobody: %s with %s', (botId, authorization) => {
    expect([refusedWith(settings(), botId, authorization), refusedWith(settings(false), botId, authorization)]).toEqual([401, 503]);
  });
});
