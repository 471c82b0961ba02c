import { describe, expect, it } from '@jest/globals';
import { BotSettingsSchema } from '@baton/contracts';
import { decideReply } from './decide-reply.js';
import { claimOf, freshTalk } from './talk.js';
import type { Talk } from './talk.js';

const NOW = Date.parse('2026-01-05T10:10:00.000Z');
const MINUTE = 60_000;
const bot = BotSettingsSchema.parse({ botId: 'demo', workspaceId: 'acme', name: 'Robin' });

/** Mia cancelled the blender order; then the visitor asks. */
function askedAfterMia(text: string, patch: Partial<Talk> = {}) {
  const binding = [{ name: 'Mia', text: 'I have cancelled the blender order.', at: NOW - 5 * MINUTE }];
  const talk: Talk = {
    ...freshTalk({ conversationId: '5c3f1c1e-3c7e-5b6a-8f39-2f3f7c1b9a10', botId: 'demo', channel: 'webchat' }),
    turn: 1,
    lines: [{ from: 'visitor', text, at: NOW, turn: 1 }],
    human: { agents: ['Mia'], from: NOW - 9 * MINUTE, until: NOW - MINUTE, binding },
    ...patch,
  };
  let sought = 0;
  const asking = {
    run: () => {
      sought += 1;
      return Promise.reject(new Error('sought'));
    },
  };
  const circumstances = { talk, claim: claimOf(talk), bot, answeredLately: 0, now: NOW };
  const reply = decideReply(circumstances, asking, () => Promise.resolve('reserved'), new AbortController().signal);
  return reply.then(({ text: said, counts }) => ({ said, counts, sought })).catch(() => ({ said: null, counts: false, sought }));
}

describe('after a human stretch', () => {
  it('what the human said of it stands: nothing is sought, it costs nothing, and a machine says so', async () => {
    const { said, counts, sought } = await askedAfterMia('Is my blender order cancelled?');
    expect([said?.split('\n\n').length, said?.endsWith('Mia: “I have cancelled the blender order.”'), counts, sought]).toEqual([
      2,
      true,
      false,
      0,
    ]);
  });
  it('who was told that a machine speaks is not told again', async () => {
    const { said } = await askedAfterMia('Is my blender order cancelled?', { hasTold: true });
    expect(said).toBe('Mia: “I have cancelled the blender order.”');
  });
  it.each(['Where do you deliver to?', 'I want to talk to a human about the cancelled blender order'])(
    'anything else is sought as ever: %s',
    async (text) => {
      expect(await askedAfterMia(text)).toMatchObject({ said: null, sought: 1 });
    },
  );
});
