import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Typing } from './typing.js';

describe('that a bot writes', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  const begun = () => {
    const told: boolean[] = [];
    const typing = new Typing((is) => told.push(is), Date.now);
    typing.begin();
    return { told, typing };
  };

  it('is told again while it works, for half a minute', () => {
    const { told, typing } = begun();
    jest.advanceTimersByTime(120_000);
    expect(told).toEqual([true, true, true, true]);
    typing.begin();
    expect(told).toHaveLength(5);
    typing.end({ answered: true });
  });

  it('ends with the answer, and is taken back where there is none', () => {
    const answered = begun();
    answered.typing.end({ answered: true });
    jest.advanceTimersByTime(60_000);
    expect(answered.told).toEqual([true]);
    const silent = begun();
    silent.typing.end({ answered: false });
    silent.typing.end({ answered: false });
    expect(silent.told).toEqual([true, false]);
  });

  it('is not taken back where it was never told', () => {
    const told: boolean[] = [];
    new Typing((is) => told.push(is)).end({ answered: false });
    expect(told).toEqual([]);
  });
});
