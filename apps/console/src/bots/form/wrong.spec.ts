import { describe, expect, it } from '@jest/globals';
import { put } from './pointer.js';
import type { Pointer } from './pointer.js';
import { wrongIn } from './wrong.js';

const bot = { botId: 'demo', workspaceId: 'acme', name: 'Demo', webchat: { allowedOrigins: ['https://shop.example'] } };

describe('what is wrong with a bot’s settings', () => {
  it('is nothing where all is right', () => {
    expect(wrongIn(bot).size).toBe(0);
  });

  it.each<[Pointer, unknown, string]>([
    ['/name', '', 'Must not be empty'],
    ['/name', 'x'.repeat(65), 'At most 64 characters'],
    ['/avatar', 'no address', 'Must be a web address, such as https://shop.example'],
    ['/webchat/allowedOrigins/0', 'shop.example', 'Must be an origin such as https://shop.example'],
    ['/webchat/accent', 'blue', 'Must be a colour such as #2f6fed'],
    ['/handover/timers/silenceSeconds', -1, 'Must not be below 0'],
    ['/handover/budget/handoversPerHour', 0, 'At least 1'],
    ['/handover/budget/handoversPerHour', 101, 'At most 100'],
    ['/handover/firstMessage', 'no place for it', 'Must contain {link}'],
    ['/assistant/model', { baseUrl: 'https://models.example', model: '' }, 'Must not be empty'],
  ])('%s %j: %s', (pointer, value, words) => {
    expect([...wrongIn(put(bot, pointer, value)).values()]).toEqual([words]);
  });
});
