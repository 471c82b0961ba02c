import { BotSettingsSchema } from '@baton/contracts';
import type { BotSettings } from '@baton/contracts';
import { describe, expect, it } from '@jest/globals';
import { botOfInbox, modeOf } from './mode-of.js';

const sessions = Array.from({ length: 4_000 }, (_, index) => `session_${index}`);
const answered = (sharePercent: number) => sessions.filter((id) => modeOf({ inbox: 'reply', sharePercent }, id) === 'reply');

describe('a share of the sessions', () => {
  it.each([0, 10, 50, 90, 100])('of %d percent is about that many', (share) => {
    expect(Math.abs(answered(share).length / 40 - share)).toBeLessThan(2.5);
  });

  it('has the same sessions for good, and more when it grows', () => {
    const few = new Set(answered(30));
    expect(answered(30)).toEqual([...few]);
    expect(answered(60).filter((id) => few.has(id))).toHaveLength(few.size);
  });

  it('leaves the others recorded only, and nothing where the inbox is off', () => {
    expect(modeOf({ inbox: 'note', sharePercent: 0 }, 'session_1')).toBe('shadow');
    expect(modeOf({ inbox: 'off', sharePercent: 100 }, 'session_1')).toBe('off');
  });
});

const bot = (botId: string, inbox = 'reply', patch: Record<string, unknown> = {}): BotSettings =>
  BotSettingsSchema.parse({ botId, workspaceId: 'acme', name: botId, assistant: { inbox }, ...patch });

describe('the bot of an inbox', () => {
  it.each<[string, BotSettings[], BotSettings | undefined, string | undefined]>([
    ['is the only one', [bot('a')], undefined, 'a'],
    ['is the first by id, on every replica', [bot('b'), bot('a')], undefined, 'a'],
    ['is none that is off', [bot('a', 'off'), bot('b')], undefined, 'b'],
    ['is none that is disabled', [bot('a', 'reply', { enabled: false })], undefined, undefined],
    ['is of the workspace by whose address the hook came', [bot('a', 'reply', { workspaceId: 'other' }), bot('b')], bot('b'), 'b'],
    ['is nobody where two workspaces claim it', [bot('a', 'reply', { workspaceId: 'other' }), bot('b')], undefined, 'ambiguous'],
  ])('%s', (_, bots, byAddressOf, expected) => {
    const found = botOfInbox(bots, byAddressOf);
    expect(found === 'ambiguous' ? found : found?.botId).toBe(expected);
  });
});
