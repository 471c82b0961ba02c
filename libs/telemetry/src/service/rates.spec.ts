import { describe, expect, it } from '@jest/globals';
import { Rates } from './rates.js';

describe('the rates of many names', () => {
  it('let a burst pass, then so many a second, each name for itself', () => {
    const rates = new Rates({ perSecond: 2, burst: 2 });
    expect([rates.take('a', 0), rates.take('a', 0), rates.take('a', 0), rates.take('b', 0)]).toEqual([0, 0, 500, 0]);
    expect([rates.take('a', 500), rates.take('a', 500)]).toEqual([0, 500]);
    expect([1, 2, 3].map(() => rates.take('a', 60_000))).toEqual([0, 0, 500]);
  });
});
