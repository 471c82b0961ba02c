import { describe, expect, it } from '@jest/globals';
import { TypingPace } from './typing-pace.js';

describe('the pace of signs that a bot writes', () => {
  it('is one beginning in two seconds for each conversation, and only what began ends', () => {
    const pace = new TypingPace();
    const take = (at: number, typing: boolean, conversation = 'a') => pace.take(conversation, typing, at);
    expect(take(0, false)).toBe(false);
    expect([take(0, true), take(1_999, true), take(0, true, 'b')]).toEqual([true, false, true]);
    expect([take(1_999, false), take(1_999, false), take(1_999, true)]).toEqual([true, false, false]);
    expect([take(2_000, true), take(2_000, false)]).toEqual([true, true]);
  });

  it('lets two hundred signs of one second pass as two', () => {
    const pace = new TypingPace();
    const passed = Array.from({ length: 200 }, (_, n) => pace.take('a', n % 2 === 0, n * 5)).filter(Boolean);
    expect(passed).toHaveLength(2);
  });

  it('forgets whom it has not heard of for the longest', () => {
    const pace = new TypingPace();
    for (let n = 0; n <= 10_000; n++) pace.take(`c${n}`, true, 0);
    expect([pace.take('c0', true, 1), pace.take('c10000', true, 1)]).toEqual([true, false]);
  });
});
