import { describe, expect, it } from '@jest/globals';
import type { Capsule } from '@baton/contracts';
import { humanStretchOf, toldAlready } from './human-stretch.js';

const END = Date.parse('2026-01-05T10:09:00.000Z');
const DAY = 86_400_000;

const line = (text: string, minute: number, name = 'Mia') => ({ name, text, at: `2026-01-05T10:0${minute}:00.000Z` });

function stretch(patch: Partial<Capsule> = {}) {
  return humanStretchOf({
    handover_id: '019b8d6e-7d10-7000-8000-0000000000b1',
    began_at: '2026-01-05T10:00:00.000Z',
    ended_at: '2026-01-05T10:09:00.000Z',
    agents: ['Mia'],
    said: [],
    promised: [line('I will call you tomorrow about your blender order.', 2)],
    decided: [
      line('I looked it up. I have cancelled the blender order. You get the full price back.', 1),
      line('Le mixeur est remboursé.', 3, 'Leo'),
    ],
    extract: '',
    ...patch,
  });
}

const asked = (question: string, language = 'en', now = END) => toldAlready(stretch(), question, language, now);

describe('what a human told already', () => {
  it.each([
    ['Is my blender order cancelled?', 'en', 'Mia: “I have cancelled the blender order.”'],
    ['Do I get the full price?', 'en', 'Mia: “You get the full price back.”'],
    ['Le mixeur est-il remboursé ?', 'fr', 'Leo: “Le mixeur est remboursé.”'],
  ])('is said again in his words: %s', (question, language, answer) => expect(asked(question, language)).toBe(answer));

  it.each([
    ['Where do you deliver to?'],
    ['How can I order something else?'],
    ['Which blender is the best for smoothies and soup?'],
    ['Thanks!'],
    [''],
  ])('is not forced on another question: %s', (question) => expect(asked(question)).toBeUndefined());

  it('is not promised once more by a machine: that somebody calls', () => {
    expect(toldAlready(stretch({ decided: [] }), 'Will you call me about the blender order tomorrow?', 'en', END)).toBeUndefined();
  });
  it('binds for a week, and nobody when no human spoke', () => {
    expect(asked('Is my blender order cancelled?', 'en', END + 7 * DAY)).toBeDefined();
    expect(asked('Is my blender order cancelled?', 'en', END + 7 * DAY + 1)).toBeUndefined();
    expect(toldAlready(null, 'Is my blender order cancelled?', 'en', END)).toBeUndefined();
  });
  it('is kept once, in order and within bounds', () => {
    const many = Array.from({ length: 20 }, (_, n) => line(`I have cancelled order ${n}.`, n % 10));
    expect(stretch({ promised: many, decided: many }).binding).toHaveLength(20);
    expect(stretch().binding.map(({ at }) => at)).toEqual([...stretch().binding.map(({ at }) => at)].sort());
  });
});
