import { describe, expect, it } from '@jest/globals';
import { CrispError } from '@baton/crisp';
import { Availability } from './availability.js';

const signal = new AbortController().signal;
const failing = (code: 'crisp.timeout' | 'crisp.server-error' | 'crisp.unauthorized' | 'crisp.rate-limited') => async () => {
  throw new CrispError({ code, mayHaveHappened: false });
};

describe('whether agents are there', () => {
  it('is asked once by many, and again when the answer is old', async () => {
    let now = 0;
    let calls = 0;
    const availability = new Availability(() => now);
    const call = async () => (calls++, true);
    const ask = () => availability.ask('w', now + 3_000, call, signal);
    expect(await Promise.all([ask(), ask(), ask()])).toEqual(['yes', 'yes', 'yes']);
    expect(await ask()).toBe('yes');
    expect(calls).toBe(1);
    now = 6_000;
    await ask();
    expect(calls).toBe(2);
  });

  it('is tried again after a passing failure', async () => {
    let calls = 0;
    const answer = await new Availability(Date.now).ask(
      'w',
      Date.now() + 3_000,
      async () => (++calls < 2 ? failing('crisp.server-error')() : false),
      signal,
    );
    expect([answer, calls]).toEqual(['nobody-online', 2]);
  });

  it.each([
    ['crisp.timeout', 'crisp-unreachable'],
    ['crisp.rate-limited', 'quota'],
    ['crisp.server-error', 'crisp-unreachable'],
    ['crisp.unauthorized', 'crisp-unreachable'],
  ] as const)('is, after %s until the deadline, %s', async (code, expected) => {
    expect(await new Availability(Date.now).ask('w', Date.now() + 300, failing(code), signal)).toBe(expected);
  });
});
