import { describe, expect, it } from '@jest/globals';
import { STUCK_LIMITS, StuckRule } from './stuck-rule.js';

const SECOND = 1_000;

/** What Kafka says from this second on, to whoever asks by a fresh connection. */
type Kafka = readonly (readonly [from: number, says: 'yes' | 'no'])[];
interface Story {
  readonly kafka: Kafka;
  /** The seconds in which something comes by the consumer. */
  readonly moves?: readonly number[];
  /** The process stands still from one second until another. */
  readonly still?: readonly [from: number, until: number];
  /** Seconds that an answer takes. */
  readonly takes?: number;
}

/** The seconds in which a consumer that began at 0 counts as stuck, looked at each second. */
function stuckIn({ kafka, moves = [], still = [0, 0], takes = 0 }: Story, until: number): number[] {
  const rule = new StuckRule(STUCK_LIMITS, 0);
  const stuck: number[] = [];
  let due: { at: number; isThere: boolean } | undefined;
  for (let second = 1; second <= until; second++) {
    if (second >= still[0] && second < still[1]) continue;
    const now = second * SECOND;
    if (moves.includes(second)) rule.moved(now);
    const isThere = kafka.findLast(([from]) => from <= second)?.[1] === 'yes';
    if (rule.shouldAsk(now)) due = { at: second + takes, isThere };
    if (due && second >= due.at) {
      rule.answered(due.isThere, now);
      due = undefined;
    }
    if (rule.isStuck) stuck.push(second);
  }
  return stuck;
}

const HOUR = 3_600;
const all = (until: number) => Array.from({ length: until }, (_, n) => n + 1);

describe('a consumer', () => {
  it.each<[string, Story]>([
    ['Kafka is away when the process starts, for an hour', { kafka: [[0, 'no']] }],
    ['Kafka goes away for an hour', { kafka: [[0, 'yes'], [10, 'no']], moves: all(10) }], // prettier-ignore
    ['Kafka comes back after ten minutes and the consumer half a minute later', { kafka: [[0, 'no'], [600, 'yes']], moves: all(HOUR).slice(630) }], // prettier-ignore
    ['Kafka is there for moments only', { kafka: all(HOUR / 50).flatMap((n): Kafka => [[n * 50, 'yes'], [n * 50 + 40, 'no']]) }], // prettier-ignore
    ['something comes every minute', { kafka: [[0, 'yes']], moves: all(HOUR).filter((second) => second % 60 === 0) }],
    ['the process was stopped for ten minutes and goes on', { kafka: [[0, 'yes']], moves: [...all(20), ...all(HOUR).slice(640)], still: [20, 620] }], // prettier-ignore
    ['the process was stopped while it was asked about', { kafka: [[0, 'yes']], moves: [1, ...all(HOUR).slice(700)], still: [50, 690] }],
  ])('is not stuck when %s', (_, story) => {
    expect(stuckIn(story, HOUR)).toEqual([]);
  });

  it.each<[string, Story, number]>([
    ['it brings nothing from its start on', { kafka: [[0, 'yes']] }, 90],
    ['it falls silent after a good hour', { kafka: [[0, 'yes']], moves: all(HOUR) }, HOUR + 90],
    ['Kafka comes back and it does not', { kafka: [[0, 'no'], [600, 'yes']], moves: all(10) }, 660], // prettier-ignore
    ['Kafka is slow to answer', { kafka: [[0, 'yes']], takes: 9 }, 99],
  ])('is stuck when %s, though Kafka is well', (_, story, from) => {
    const stuck = stuckIn(story, 2 * HOUR);
    expect(stuck[0]! - from).toBeGreaterThanOrEqual(0);
    expect(stuck[0]! - from).toBeLessThanOrEqual(20);
    expect(stuck.at(-1)).toBe(2 * HOUR);
  });

  it('is not stuck any more as soon as something comes, or Kafka goes away', () => {
    expect(stuckIn({ kafka: [[0, 'yes']], moves: [120] }, 150).at(-1)).toBe(119);
    expect(stuckIn({ kafka: [[0, 'yes'], [120, 'no']] }, 300).at(-1)).toBeLessThanOrEqual(130); // prettier-ignore
  });

  it('is asked about only while it is silent, once at a time, and not more often than said', () => {
    const rule = new StuckRule(STUCK_LIMITS, 0);
    const asked = (second: number) => rule.shouldAsk(second * SECOND);
    expect([1, 29, 30, 31, 50].filter(asked)).toEqual([30]);
    rule.answered(true, 51 * SECOND);
    expect([51, 52].filter(asked)).toEqual([51]);
    rule.moved(55 * SECOND);
    // Asked before it moved: it says nothing about the silence that begins now.
    rule.answered(true, 56 * SECOND);
    expect([57, 84, 85, 86].filter(asked)).toEqual([85]);
  });
});
