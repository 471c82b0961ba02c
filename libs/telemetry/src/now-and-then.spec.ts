import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { NowAndThen } from './now-and-then.js';

/** A question whose answers are told by hand, on a clock that is moved by hand. */
function asked() {
  let now = 0;
  const open: { answer: (value: number) => void; fail: (error: Error) => void }[] = [];
  const question = () => new Promise<number>((answer, fail) => open.push({ answer, fail }));
  const watch = new NowAndThen(question, () => now);
  return {
    at: (seconds: number) => ((now = seconds * 1_000), watch.last()),
    times: () => open.length,
    answer: async (value: number) => (open.at(-1)!.answer(value), await turn()),
    fail: async () => (open.at(-1)!.fail(new Error('away')), await turn()),
  };
}

describe('what is asked now and then', () => {
  it('is unknown before the first answer, and asked again ten seconds later at the earliest', async () => {
    const one = asked();
    expect(one.at(0)).toBeUndefined();
    await one.answer(5);
    expect(one.at(9)).toBe(5);
    expect(one.times()).toBe(1);
    expect(one.at(10)).toBe(5);
    expect(one.times()).toBe(2);
    await one.answer(6);
    expect(one.at(11)).toBe(6);
  });

  it('is unknown again when the question fails, until it is answered', async () => {
    const one = asked();
    one.at(0);
    await one.answer(5);
    one.at(10);
    await one.fail();
    expect(one.at(11)).toBeUndefined();
    one.at(20);
    await one.answer(7);
    expect(one.at(21)).toBe(7);
  });

  it('is unknown while a question stays open, and no second one is asked beside it', async () => {
    const one = asked();
    one.at(0);
    await one.answer(5);
    one.at(10);
    expect(one.at(20)).toBeUndefined();
    expect(one.times()).toBe(2);
    await one.answer(8);
    expect(one.at(21)).toBe(8);
  });
});
