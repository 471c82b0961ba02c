import { describe, expect, it } from '@jest/globals';
import { Repeats } from './repeats.js';

const A = Buffer.from('{"a":1}');
const B = Buffer.from('{"b":1}');
const times = (count: number, one: () => boolean) => Array.from({ length: count }, one);

describe('a web hook that comes again', () => {
  it('is let through a few times, then waits; other hooks do not', () => {
    const repeats = new Repeats({ perSecond: 1, burst: 2 });
    expect(repeats.isTooMuch(A, 'here', 0)).toBe(false);
    repeats.stored(A);
    expect(times(4, () => repeats.isTooMuch(A, 'here', 0))).toEqual([false, false, true, true]);
    expect(repeats.isTooMuch(B, 'here', 0)).toBe(false);
    expect(repeats.isTooMuch(A, 'here', 1_000)).toBe(false);
  });

  it('costs nobody else anything', () => {
    const repeats = new Repeats({ perSecond: 1, burst: 1 });
    repeats.stored(A);
    times(10, () => repeats.isTooMuch(A, 'the flood', 0));
    expect(repeats.isTooMuch(A, 'the platform', 0)).toBe(false);
  });

  it('that was not stored is no repeat, however often it comes', () => {
    const repeats = new Repeats({ perSecond: 1, burst: 1 });
    expect(new Set(times(100, () => repeats.isTooMuch(A, 'here', 0)))).toEqual(new Set([false]));
  });

  it('is forgotten after so many others: memory is bounded', () => {
    const repeats = new Repeats({ perSecond: 1 / 60, burst: 1 }, 10);
    repeats.stored(A);
    for (let n = 0; n < 30; n++) repeats.stored(Buffer.from(String(n)));
    expect(times(5, () => repeats.isTooMuch(A, 'here', 0))).toEqual([false, false, false, false, false]);
    expect(times(2, () => repeats.isTooMuch(Buffer.from('29'), 'here', 0))).toEqual([false, true]);
  });
});
