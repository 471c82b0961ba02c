import { describe, expect, it } from '@jest/globals';
import { KEPT } from './kept.js';
import { daysOf, pastMoment, RETENTION_VARIABLES } from './limit.js';
import type { Limit, RetentionSchema } from './limit.js';
import { LIMITS } from './limits.js';

const NOW = new Date('2026-06-10T12:34:56Z');

describe('how long something is kept', () => {
  it.each<[string, Pick<Limit, 'keeps' | 'atLeast' | 'zeroKeeps'>, number]>([
    ['so many days', { keeps: 9 }, 9],
    ['as many as the installation says', { keeps: 'SESSION_DAYS' }, 30],
    ['more than it says, where it must be', { keeps: 'SESSION_DAYS', atLeast: 365 }, 365],
    ['not at all', { keeps: 'JUDGED_DAYS' }, 0],
    ['for ever, where 0 means that', { keeps: 'JUDGED_DAYS', zeroKeeps: true }, Infinity],
  ])('%s', (_, limit, days) => {
    expect(daysOf(limit, { SESSION_DAYS: 30, JUDGED_DAYS: 0 })).toBe(days);
  });

  it('is not guessed', () => {
    expect(() => daysOf({ keeps: 'AUDIT_DAYS' })).toThrow(new RangeError('nobody says AUDIT_DAYS'));
    expect(() => pastMoment({ keeps: 'LOG_RETENTION_DAYS', zeroKeeps: true }, NOW, { LOG_RETENTION_DAYS: 0 })).toThrow(RangeError);
  });

  it.each<[string, Pick<Limit, 'keeps' | 'wholeDays'>, string]>([
    ['to the moment', { keeps: 9 }, '2026-06-01T12:34:56.000Z'],
    ['by whole days', { keeps: 9, wholeDays: true }, '2026-06-01T00:00:00.000Z'],
    ['at once', { keeps: 0 }, '2026-06-10T12:34:56.000Z'],
  ])('ends %s', (_, limit, moment) => {
    expect(pastMoment(limit, NOW).toISOString()).toBe(moment);
  });
});

describe('the limits', () => {
  const all = (Object.keys(LIMITS) as RetentionSchema[]).flatMap((schema) =>
    (Object.values(LIMITS[schema]) as Limit[]).map((limit) => ({ schema, limit })),
  );

  it('name each variable that says one', () => {
    const named = all.flatMap(({ limit: { keeps } }) => (typeof keeps === 'string' ? [keeps] : []));
    expect([...new Set(named)].sort()).toEqual([...RETENTION_VARIABLES].sort());
  });

  it('are asked by one moment', () => {
    expect(all.filter(({ limit }) => !limit.past.includes('$1') || /\$[2-9]/.test(limit.past))).toEqual([]);
  });

  it('and what is kept on purpose are two lists without a table in common', () => {
    expect(all.filter(({ schema, limit }) => limit.table in KEPT[schema])).toEqual([]);
  });
});
