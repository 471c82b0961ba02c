import { describe, expect, it } from '@jest/globals';
import { Schedule } from './schedule.js';

const SECOND = 1e6;

describe('an open loop', () => {
  it('sends each message at its time, the first at once', () => {
    const schedule = new Schedule(4, 0, SECOND);
    expect(schedule.take(0)).toEqual([0]);
    expect(schedule.take(200_000)).toEqual([]);
    expect(schedule.take(500_000)).toEqual([250_000, 500_000]);
    expect(schedule.take(10 * SECOND)).toEqual([750_000]);
    expect(schedule.take(11 * SECOND)).toEqual([]);
  });

  it('makes up for a pause and says how late it was', () => {
    const schedule = new Schedule(10, 0, SECOND);
    expect(schedule.take(899_999)).toHaveLength(9);
    expect(schedule.lateness.worstMs).toBeCloseTo(900, 0);
    expect(schedule.lateness.lateRatio).toBeCloseTo(8 / 9);
  });

  it('does not drift: what it offers in a minute is the rate, however its ticks fall', () => {
    const schedule = new Schedule(333, 0, 60 * SECOND);
    let sent = 0;
    for (let now = 0; now < 61 * SECOND; now += 7_013) sent += schedule.take(now).length;
    expect(sent).toBe(333 * 60);
    expect(schedule.lateness.lateRatio).toBe(0);
  });

  it('is over when its last message is due', () => {
    const schedule = new Schedule(1, 5 * SECOND, 7 * SECOND);
    expect(schedule.isOver(6.9 * SECOND)).toBe(false);
    expect(schedule.isOver(7 * SECOND)).toBe(true);
    expect(new Schedule(1, 0, 1).lateness).toEqual({ worstMs: 0, lateRatio: 0 });
  });

  it.each([0, -1, NaN])('of %s a second there is none', (rate) => {
    expect(() => new Schedule(rate, 0, 1)).toThrow('is none');
  });
});
