import { describe, expect, it } from '@jest/globals';
import { EventLoopRule, watchEventLoop } from './event-loop.js';
import { Health } from './health.js';

const WINDOW_MS = 10_000;

/** What the rule says after windows with these medians (ms), one after the other. */
function after(...medians: (number | undefined)[]): string | undefined {
  const rule = new EventLoopRule();
  medians.forEach((median, at) => rule.note(median, at * WINDOW_MS, (at + 1) * WINDOW_MS));
  return rule.problem();
}

const times = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value);

describe('the event loop', () => {
  it.each([
    ['nothing was measured yet', []],
    ['it turns as it should', times(10, 20)],
    ['it is busy for a long time', times(30, 400)],
    ['it was slow for less than a minute', times(5, 3_000)],
    ['it stood still once, as a stopped process does', [20, 40_000, 20, 20, 20, 20, 20, 20]],
    ['it recovered after a bad minute', [...times(7, 3_000), 25]],
    ['it is slow again and again, with good moments', [3_000, 3_000, 3_000, 20, 3_000, 3_000, 3_000, 20]],
  ])('leaves a service alive when %s', (_, medians) => {
    expect(after(...medians)).toBeUndefined();
  });

  it.each([
    ['it was slow for a minute', times(6, 1_000)],
    ['one window in between could not be measured', [...times(3, 2_000), undefined, ...times(3, 2_000)]],
    ['it became slow and stayed so', [20, 20, ...times(6, 5_000)]],
  ])('asks for a restart when %s', (_, medians) => {
    expect(after(...medians)).toMatch(/^every turn of the event loop takes \d+ ms and has been slow for \d+ s$/);
  });

  it('of a service that runs well is no reason for a restart, and does not keep the process alive', () => {
    const health = new Health();
    watchEventLoop(health);
    expect(health.live()).toEqual({ ok: true, problems: {} });
  });
});
