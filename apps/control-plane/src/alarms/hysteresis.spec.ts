import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { nameOf, step } from './hysteresis.js';
import type { Finding, Tracked } from './hysteresis.js';

const SICK: Finding = { code: 'target-sick', workspaceId: 'acme', about: 'w1', facts: {} };
const PACE = { opensAfter: 60, closesAfter: 120 };

/** Looks at these times, each with what was seen: wrong (1), well (0), nobody knows (?). */
function looks(seen: readonly (readonly [number, '1' | '0' | '?'])[], pace = PACE) {
  let tracked: readonly Tracked[] = [];
  const told: string[] = [];
  for (const [now, what] of seen) {
    const steps = step(tracked, { findings: what === '1' ? [SICK] : [], isUnknown: () => what === '?', now, paceOf: () => pace });
    tracked = steps.tracked;
    for (const { since } of steps.opened) told.push(`${now} opened since ${since}`);
    for (const _ of steps.closed) told.push(`${now} closed`);
  }
  return told;
}

describe('an alarm', () => {
  it.each<[string, [number, '1' | '0' | '?'][], string[]]>([
    [
      'is told when it was wrong for long enough',
      [
        [0, '1'],
        [30, '1'],
        [60, '1'],
      ],
      ['60 opened since 0'],
    ],
    [
      'is not told for what was over at once',
      [
        [0, '1'],
        [15, '0'],
        [200, '0'],
        [215, '1'],
      ],
      [],
    ],
    [
      'is told for what comes and goes all the time',
      [
        [0, '1'],
        [15, '0'],
        [30, '1'],
        [45, '0'],
        [60, '1'],
      ],
      ['60 opened since 0'],
    ],
    [
      'is over when it was well for long enough',
      [
        [0, '1'],
        [60, '1'],
        [75, '0'],
        [194, '0'],
        [195, '0'],
      ],
      ['60 opened since 0', '195 closed'],
    ],
    [
      'goes on when it is wrong again before',
      [
        [0, '1'],
        [60, '1'],
        [75, '0'],
        [180, '1'],
        [200, '0'],
        [310, '0'],
      ],
      ['60 opened since 0'],
    ],
    [
      'is not over because nobody could look',
      [
        [0, '1'],
        [60, '1'],
        [75, '?'],
        [900, '?'],
        [915, '0'],
        [1_000, '0'],
      ],
      ['60 opened since 0'],
    ],
  ])('%s', (_, seen, told) => expect(looks(seen)).toEqual(told));

  it('that is told at once is over at once where its rule says so', () => {
    expect(
      looks(
        [
          [0, '1'],
          [15, '0'],
        ],
        { opensAfter: 0, closesAfter: 0 },
      ),
    ).toEqual(['0 opened since 0', '15 closed']);
  });

  it('tells the newest facts', () => {
    const [one] = step([{ ...SICK, state: 'open', since: 0, wellSince: null }], {
      findings: [{ ...SICK, facts: { open: 7 } }],
      isUnknown: () => false,
      now: 5,
      paceOf: () => PACE,
    }).tracked;
    expect(one).toMatchObject({ facts: { open: 7 }, since: 0 });
  });

  const history = fc.array(fc.tuple(fc.integer({ min: 1, max: 90 }), fc.constantFrom('1' as const, '0' as const, '?' as const)), {
    maxLength: 200,
  });
  const timed = (steps: readonly (readonly [number, '1' | '0' | '?'])[]) => {
    let now = 0;
    return steps.map(([wait, what]) => [(now += wait), what] as const);
  };

  it('never flaps: it opens only after it was wrong as long as it must be, and closes only after it was seen well as long', () => {
    fc.assert(
      fc.property(history, (steps) => {
        const seen = timed(steps);
        let openAt: number | undefined;
        let last: number | undefined;
        for (const told of looks(seen)) {
          const at = Number(told.split(' ')[0]);
          if (told.includes('opened')) {
            expect(openAt).toBeUndefined();
            expect(at - Number(told.split(' ').at(-1))).toBeGreaterThanOrEqual(PACE.opensAfter);
            if (last !== undefined) expect(at - last).toBeGreaterThanOrEqual(PACE.opensAfter);
            openAt = at;
          } else {
            expect(openAt).toBeDefined();
            const quiet = seen.filter(([time]) => time > at - PACE.closesAfter && time <= at);
            expect(quiet.every(([, what]) => what === '0')).toBe(true);
            expect(at - openAt!).toBeGreaterThanOrEqual(PACE.closesAfter);
            openAt = undefined;
          }
          last = at;
        }
      }),
    );
  });

  it('is always told when something stays wrong, whatever was before', () => {
    fc.assert(
      fc.property(history, (steps) => {
        const seen = timed(steps);
        const end = seen.at(-1)?.[0] ?? 0;
        const told = looks([...seen, [end + 1, '1'], [end + 1 + PACE.opensAfter, '1']]);
        expect(told.at(-1)).toContain('opened');
      }),
    );
  });

  it('has one name for one thing', () => {
    expect(nameOf(SICK)).toBe(nameOf({ ...SICK, facts: { a: 1 } }));
    expect(nameOf(SICK)).not.toBe(nameOf({ ...SICK, workspaceId: null }));
  });
});
