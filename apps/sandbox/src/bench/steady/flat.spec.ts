import { describe, expect, it } from '@jest/globals';
import { seededRandom } from '../../simulator-kit/random.js';
import { flatness, type Reading, trendOf } from './flat.js';

const MIB_A_MINUTE = { perMinute: 1 };

/** A reading every ten seconds for ten minutes. */
const every10s = (value: (minute: number, index: number) => number, count = 60): Reading[] =>
  Array.from({ length: count }, (_, index) => ({ seconds: index * 10, value: value(index / 6, index) }));

const verdict = (readings: readonly Reading[]) => flatness(trendOf(readings), MIB_A_MINUTE);

describe('memory', () => {
  const random = seededRandom(7).next;
  it.each([
    ['that stands still is flat', every10s(() => 120), 'flat'],
    ['that only trembles is flat', every10s(() => 120 + random() * 8), 'flat'],
    ['that falls is flat', every10s((minute) => 150 - 3 * minute), 'flat'],
    ['that grows 3 MiB a minute grows', every10s((minute) => 100 + 3 * minute), 'grows'],
    ['that grows and trembles grows', every10s((minute) => 100 + 2 * minute + random() * 6), 'grows'],
    ['that creeps up without ever falling grows, under the bound', every10s((minute) => 100 + 0.4 * minute), 'grows'],
    ['that goes up and is collected again and again is flat', every10s((_, index) => 90 + 5 * (index % 9)), 'flat'],
    ['that is collected, but less each time, grows', every10s((minute, index) => 90 + 1.5 * minute + 5 * (index % 9)), 'grows'],
    ['that grew while everything warmed up and then stood is flat', every10s((minute) => 60 + 20 * Math.min(minute, 3)), 'flat'],
    ['with a few peaks is flat', every10s((_, index) => (index % 13 === 0 ? 400 : 120)), 'flat'],
    ['that is read for a minute only is not judged', every10s((minute) => 100 + 50 * minute, 6), 'too short'],
    ['that nobody read is not judged', [], 'too short'],
  ] as const)('%s', (_, readings, expected) => {
    expect(verdict(readings)).toBe(expected);
  });

  it.each([
    ['it held most of the warm-up', every10s((minute) => (minute < 3 ? 140 : 120 + minute)), 'flat'],
    ['it only peaked at once', every10s((minute, index) => (index === 3 ? 400 : 100 + 3 * minute)), 'grows'],
    ['it never had', every10s((minute) => (minute < 3 ? 110 : 100 + 3 * minute)), 'grows'],
    ['nobody read before', [], 'too short'],
  ] as const)('that may be taken again is judged by what %s', (_, readings, expected) => {
    expect(flatness(trendOf(readings), { ...MIB_A_MINUTE, mayRefill: true })).toBe(expected);
  });

  it('is told with its slope and its level after the warm-up', () => {
    expect(trendOf(every10s((minute) => 10 + 6 * minute))).toMatchObject({ perMinute: expect.closeTo(6), tau: 1, readings: 40 });
    expect(trendOf(every10s((minute) => (minute < 3 ? 5 : 80))).median).toBe(80);
  });
});
