import { describe, expect, it } from '@jest/globals';
import { at, part, put } from './pointer.js';

const bot = { name: 'Ada', handover: { timers: { silenceSeconds: 5 }, words: ['a', 'b'] } };

describe('a place in settings', () => {
  it('is read', () => {
    expect([at(bot, '/handover/timers/silenceSeconds'), at(bot, '/handover/words/1'), at(bot, '/no/such/place')]).toEqual([
      5,
      'b',
      undefined,
    ]);
  });

  it('is written, and nothing else changes', () => {
    const after = put(bot, '/handover/timers/silenceSeconds', 6);
    expect(after).toEqual({ ...bot, handover: { ...bot.handover, timers: { silenceSeconds: 6 } } });
    expect([bot.handover.timers.silenceSeconds, after.handover.words === bot.handover.words]).toEqual([5, true]);
    expect(put(bot, '/handover/words/1', 'c').handover.words).toEqual(['a', 'c']);
  });

  it('is made with all that leads there, and taken away by nothing', () => {
    expect(put({} as object, '/assistant/persona/name', 'Ada')).toEqual({ assistant: { persona: { name: 'Ada' } } });
    expect(put(bot, '/handover/words', undefined)).toEqual({ name: 'Ada', handover: { timers: { silenceSeconds: 5 } } });
  });

  it('may have any name', () => {
    expect(at({ 'a/b~c': 1 }, `/${part('a/b~c')}`)).toBe(1);
  });
});
