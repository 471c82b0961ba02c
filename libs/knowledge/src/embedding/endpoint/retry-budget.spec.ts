import { describe, expect, it } from '@jest/globals';
import { RetryBudget, waitBefore } from './retry-budget.js';

describe('a budget for second tries', () => {
  it('lets ten through after a calm, then one for each ten successes', () => {
    const budget = new RetryBudget();
    expect(Array.from({ length: 12 }, () => budget.take()).filter(Boolean)).toHaveLength(10);
    for (let i = 0; i < 9; i += 1) budget.succeeded();
    expect(budget.take()).toBe(false);
    for (let i = 0; i < 2; i += 1) budget.succeeded();
    expect(budget.take()).toBe(true);
    expect(budget.take()).toBe(false);
  });

  it('never holds more than ten', () => {
    const budget = new RetryBudget();
    for (let i = 0; i < 1_000; i += 1) budget.succeeded();
    expect(Array.from({ length: 20 }, () => budget.take()).filter(Boolean)).toHaveLength(10);
  });
});

describe('the wait before another try', () => {
  it.each([
    ['the first, drawn high', 1, null, 1, 250],
    ['the first, drawn low', 1, null, 0, 125],
    ['the third', 3, null, 1, 1_000],
    ['the tenth', 10, null, 1, 5_000],
    ['as long as was asked for', 1, '2', 1, 2_000],
    ['not at all when that was asked for', 1, '0', 1, 0],
    ['by our own clock when the date of another one was given', 1, 'Fri, 31 Dec 1999 23:59:59 GMT', 1, 250],
    ['never, when it would be too long', 1, '60', 1, undefined],
  ])('is %s', (_, attempt, retryAfter, random, wait) => {
    expect(waitBefore(attempt, retryAfter, () => random)).toBe(wait);
  });
});
