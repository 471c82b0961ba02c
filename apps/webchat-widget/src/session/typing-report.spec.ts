import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { TYPING_EVERY_MS, TypingReport } from './typing-report.js';

describe('that the visitor types', () => {
  let told: boolean[];
  let report: TypingReport;
  beforeEach(() => {
    jest.useFakeTimers();
    told = [];
    report = new TypingReport((typing) => void told.push(typing));
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('is told at most so often that each sign lasts to the next', () => {
    for (let now = 0; now < TYPING_EVERY_MS; now += 100) report.typed(true, now);
    expect(told).toEqual([true]);
    report.typed(true, TYPING_EVERY_MS);
    expect(told).toEqual([true, true]);
  });

  it('is taken back when he stops, empties the line or sends', () => {
    report.typed(true, 0);
    jest.advanceTimersByTime(5_000);
    expect(told).toEqual([true, false]);
    report.typed(true, 6_000);
    report.typed(false, 6_100);
    expect(told).toEqual([true, false, true, false]);
    report.ended();
    expect(told).toHaveLength(4);
  });
});
