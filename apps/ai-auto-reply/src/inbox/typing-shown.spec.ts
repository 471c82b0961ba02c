import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { CrispClient } from '@baton/crisp';
import { TypingShown } from './typing-shown.js';

describe('a visitor', () => {
  let told: string[];
  const client = {
    compose: (_at: object, { type }: { type: string }) => (told.push(type), Promise.resolve()),
  } as unknown as CrispClient;
  beforeEach(() => {
    told = [];
    jest.useFakeTimers();
  });
  afterEach(() => void jest.useRealTimers());

  it('is shown that an answer is written until it is said', async () => {
    const typing = new TypingShown(() => 100);
    typing.begin(client, 'website', 'session');
    await jest.advanceTimersByTimeAsync(9_000);
    typing.end('session');
    await jest.advanceTimersByTimeAsync(60_000);
    expect(told).toEqual(['start', 'start', 'start', 'stop']);
  });

  it('is not shown for ever what another process has said meanwhile', async () => {
    const typing = new TypingShown(() => 100);
    typing.begin(client, 'website', 'session');
    await jest.advanceTimersByTimeAsync(1_000);
    typing.isOnItsWay('session');
    await jest.advanceTimersByTimeAsync(10_000);
    expect(told).toEqual(['start', 'start', 'stop']);
  });
});
