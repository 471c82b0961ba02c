import { describe, expect, it } from '@jest/globals';
import { AskLimits } from './ask-limits.js';

describe('trying out a bot', () => {
  const wait = (begun: ReturnType<AskLimits['begin']>): number => ('end' in begun ? 0 : begun.waitMs);
  const once = (limits: AskLimits, botId: string, now: number): number => {
    const begun = limits.begin(botId, now);
    if ('end' in begun) begun.end();
    return wait(begun);
  };

  it('is let go on twenty times at a go, then five times a second, each bot for itself', () => {
    const limits = new AskLimits();
    const waits = Array.from({ length: 21 }, () => once(limits, 'demo', 0));
    expect(waits).toEqual([...Array<number>(20).fill(0), 200]);
    expect([once(limits, 'other', 0), once(limits, 'demo', 200), once(limits, 'demo', 200)]).toEqual([0, 0, 200]);
  });

  it('is let happen four times at once', () => {
    const limits = new AskLimits();
    const begun = Array.from({ length: 4 }, () => limits.begin('demo', 0));
    expect(wait(limits.begin('demo', 0))).toBe(1_000);
    expect(wait(limits.begin('other', 0))).toBe(0);
    if ('end' in begun[0]!) begun[0].end();
    expect(wait(limits.begin('demo', 0))).toBe(0);
    expect(wait(limits.begin('demo', 0))).toBe(1_000);
  });
});
