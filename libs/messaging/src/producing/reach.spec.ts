import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Reach } from './reach.js';

describe('whether Kafka answers', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  /** One that is asked after five quiet seconds, and may be told what the answer is. */
  function reach(isAskedWhenQuiet = true) {
    const kafka = { isThere: true, isBusy: false, asked: 0, answer: undefined as Promise<void> | undefined };
    const one = new Reach({
      isBusy: () => kafka.isBusy,
      ask: async () => {
        kafka.asked++;
        await kafka.answer;
        if (!kafka.isThere) throw new Error('away');
      },
      quietMs: isAskedWhenQuiet ? 5_000 : undefined,
    });
    one.watch();
    return { one, kafka, after: (seconds: number) => jest.advanceTimersByTimeAsync(seconds * 1_000) };
  }

  it('is known without sending, within the quiet time, and again a second after it is back', async () => {
    const { one, kafka, after } = reach();
    await after(60);
    expect([one.isThere, kafka.asked >= 6]).toEqual([true, true]);
    kafka.isThere = false;
    await after(10);
    expect([one.isThere, String(one.lastError)]).toEqual([false, 'Error: away']);
    kafka.isThere = true;
    await after(1);
    expect(one.isThere).toBe(true);
    one.stop();
  });

  it('is not asked while sends tell it, nor where nobody wanted that', async () => {
    const busy = reach();
    busy.kafka.isBusy = true;
    await busy.after(60);
    const often = reach();
    for (let second = 0; second < 60; second++) {
      await often.after(1);
      often.one.heard();
    }
    often.one.stop();
    const unasked = reach(false);
    await unasked.after(60);
    expect([busy, often, unasked].map(({ kafka }) => kafka.asked)).toEqual([0, 0, 0]);
    for (const { one } of [busy, unasked]) one.stop();
  });

  it('is what a send met last, not what was asked before it', async () => {
    const { one, kafka, after } = reach();
    let answer = (): void => undefined;
    kafka.answer = new Promise((resolve) => (answer = resolve));
    kafka.isThere = false;
    await after(6);
    one.heard();
    answer();
    await after(0.5);
    expect([one.isThere, kafka.asked]).toEqual([true, 1]);
    one.stop();
  });

  it('is asked every second while it does not, and no more after the stop', async () => {
    const { one, kafka, after } = reach(false);
    kafka.isThere = false;
    one.missed(new Error('a send failed'));
    await after(10);
    expect([one.isThere, kafka.asked]).toEqual([false, 10]);
    one.stop();
    await after(10);
    expect(kafka.asked).toBe(10);
  });
});
