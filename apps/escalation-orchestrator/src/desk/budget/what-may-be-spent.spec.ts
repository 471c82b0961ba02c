import { describe, expect, it } from '@jest/globals';
import { NO_QUIET, quietAfter } from './quiet-time.js';
import { forecastOf, whyNotSpend } from './what-may-be-spent.js';
import type { Account, Purpose } from './what-may-be-spent.js';

const NOON = Date.parse('2026-01-05T12:00:00.000Z');
const PURPOSES: readonly Purpose[] = ['words', 'desk', 'notes', 'marks', 'typing'];

function leftOut(account: Partial<Account>): Purpose[] {
  return PURPOSES.filter((purpose) => whyNotSpend(purpose, { used: 0, perDay: 1_000, quietUntil: 0, ...account }, NOON) !== undefined);
}

describe('of the calls of a day', () => {
  it.each<[when: string, account: Partial<Account>, leftOut: Purpose[]]>([
    ['all may be spent below four fifths', { used: 799 }, []],
    ['none are left for signs from four fifths on', { used: 800 }, ['marks', 'typing']],
    ['none for notes either, shortly before their end', { used: 950 }, ['notes', 'marks', 'typing']],
    ['words are said beyond their end', { used: 5_000 }, ['notes', 'marks', 'typing']],
    ['all may be spent where nobody said how many there are', { used: 1_000_000, perDay: undefined }, []],
    ['signs are left out while Crisp is spared', { quietUntil: NOON + 1 }, ['marks', 'typing']],
    ['and not any longer', { quietUntil: NOON }, []],
  ])('%s', (_when, account, purposes) => expect(leftOut(account)).toEqual(purposes));

  it.each([
    ['half of them at noon are all of them at night', 500, NOON, 1],
    ['a busy morning is all of them twice', 500, NOON - 6 * 3_600_000, 2],
    ['the first minutes of a day say nothing yet', 10, NOON - 12 * 3_600_000 + 60_000, 0.24],
  ])('%s', (_what, used, now, share) => expect(forecastOf(used, 1_000, now)).toBeCloseTo(share));
});

describe('a refusal because it was too much', () => {
  it('keeps signs away for a minute, then for twice as long each time, at most a quarter of an hour', () => {
    let quiet = NO_QUIET;
    let now = NOON;
    const lengths = Array.from({ length: 6 }, () => {
      quiet = quietAfter(quiet, true, now);
      now = quiet.until;
      return quiet.lasts / 60_000;
    });
    expect(lengths).toEqual([1, 2, 4, 8, 15, 15]);
  });

  it('is not counted again for those that come meanwhile, and is forgotten after as long a calm', () => {
    const quiet = quietAfter(NO_QUIET, true, NOON);
    expect(quietAfter(quiet, true, NOON + 30_000)).toEqual(quiet);
    expect(quietAfter(quiet, false, NOON + 30_000)).toEqual(quiet);
    expect(quietAfter(quiet, false, NOON + 119_999)).toEqual(quiet);
    expect(quietAfter(quiet, false, NOON + 120_000)).toEqual(NO_QUIET);
  });
});
