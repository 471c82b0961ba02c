import { describe, expect, it } from '@jest/globals';
import { CrispError } from '@baton/crisp';
import { Availability } from './availability.js';

const signal = new AbortController().signal;

/** A Crisp that says who is online, and counts how often it is asked. */
function crispWith(online: readonly string[]) {
  const calls: string[] = [];
  return {
    calls,
    availability: async () => (calls.push('status'), { online: online.length > 0 }),
    onlineOperators: async () => (calls.push('operators'), [...online]),
  };
}

const failing = (code: 'crisp.timeout' | 'crisp.server-error' | 'crisp.unauthorized' | 'crisp.rate-limited') => {
  const fails = async () => {
    throw new CrispError({ code, mayHaveHappened: false });
  };
  return { availability: fails, onlineOperators: fails };
};

describe('whether agents are there', () => {
  it.each([
    ['anybody, and somebody is', ['tom'], undefined, 'yes', 'status'],
    ['anybody, and nobody is', [], undefined, 'nobody-online', 'status'],
    ['one of the category, and one is', ['tom', 'mia'], ['mia', 'eve'], 'yes', 'operators'],
    ['one of the category, and only others are', ['tom'], ['mia', 'eve'], 'nobody-for-category', 'operators'],
    ['one of the category, and nobody is', [], ['mia'], 'nobody-online', 'operators'],
    ['somebody that Crisp does not know', ['tom'], ['nobody-knows'], 'nobody-for-category', 'operators'],
    ['one of none', ['tom'], [], 'nobody-for-category', 'operators'],
  ] as const)('%s', async (_what, online, operatorIds, expected, call) => {
    const crisp = crispWith(online);
    const question = { websiteId: 'w', operatorIds, deadline: Date.now() + 3_000 };
    expect(await new Availability(Date.now).ask(question, crisp, signal)).toBe(expected);
    expect(crisp.calls).toEqual([call]);
  });

  it('is asked once by many, and again when the answer is old', async () => {
    let now = 0;
    const availability = new Availability(() => now);
    const crisp = crispWith(['mia']);
    const ask = (operatorIds?: string[]) => availability.ask({ websiteId: 'w', operatorIds, deadline: now + 3_000 }, crisp, signal);
    expect(await Promise.all([ask(), ask(), ask(['mia']), ask(['tom']), ask()])).toEqual([
      'yes',
      'yes',
      'yes',
      'nobody-for-category',
      'yes',
    ]);
    expect(await ask()).toBe('yes');
    expect(crisp.calls).toEqual(['status', 'operators']);
    now = 6_000;
    await ask();
    expect(crisp.calls).toEqual(['status', 'operators', 'status']);
  });

  it('is tried again after a passing failure', async () => {
    const crisp = crispWith([]);
    const outage = failing('crisp.server-error');
    let tries = 0;
    const recovering = { ...crisp, availability: () => (++tries < 2 ? outage.availability() : crisp.availability()) };
    const answer = await new Availability(Date.now).ask({ websiteId: 'w', deadline: Date.now() + 3_000 }, recovering, signal);
    expect([answer, tries]).toEqual(['nobody-online', 2]);
  });

  describe.each([
    ['anybody', undefined],
    ['of the category', ['mia']],
  ])('%s', (_who, operatorIds) => {
    it.each([
      ['crisp.timeout', 'crisp-unreachable'],
      ['crisp.rate-limited', 'quota'],
      ['crisp.server-error', 'crisp-unreachable'],
      ['crisp.unauthorized', 'crisp-unreachable'],
    ] as const)('is, after %s until the deadline, %s', async (code, expected) => {
      const question = { websiteId: 'w', operatorIds, deadline: Date.now() + 300 };
      expect(await new Availability(Date.now).ask(question, failing(code), signal)).toBe(expected);
    });
  });
});
