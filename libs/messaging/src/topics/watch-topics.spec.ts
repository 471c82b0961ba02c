import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Finding } from './drift.js';
import { WatchTopics } from './watch-topics.js';

const missing: Finding = { topic: 'p.deliveries.v1', setting: 'topic', wanted: '24', there: undefined, remedy: 'create' };
const short: Finding = { topic: 'p.deliveries.v1', setting: 'retention.ms', wanted: '7', there: '1', remedy: 'alter' };

describe('a service that looks at its topics', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  function watch() {
    const told: string[] = [];
    const note = (_: object, message: string) => void told.push(message);
    const found: { now: readonly Finding[] | Error } = { now: [] };
    const topics = new WatchTopics({
      kafka: { brokers: [], clientId: 'test', topicPrefix: 'p' },
      user: 'channel-dispatcher',
      shape: {},
      log: { info: note, warn: note, error: note },
      look: async () => {
        if (found.now instanceof Error) throw found.now;
        return { wanted: [], findings: found.now, unseen: [] };
      },
    });
    topics.start();
    return { topics, told, found, after: (ms: number) => jest.advanceTimersByTimeAsync(ms) };
  }

  it('tells each difference once, and when it is gone', async () => {
    const { topics, told, found, after } = watch();
    found.now = [short];
    await after(1);
    await after(600_000);
    expect([told, topics.missing]).toEqual([
      ['topic drift: p.deliveries.v1: retention.ms is 1, wanted 7 (apply --alter-settings)'],
      undefined,
    ]);
    found.now = [];
    await after(300_000);
    expect(told.at(-1)).toBe('the topics are as they should be again');
    topics.stop();
  });

  it('is not ready while one is missing, and looks each second until it is there', async () => {
    const { topics, found, after } = watch();
    found.now = [missing];
    await after(1);
    expect(topics.missing).toMatch(/p\.deliveries\.v1/);
    found.now = [];
    await after(1_000);
    expect(topics.missing).toBeUndefined();
    topics.stop();
  });

  it('keeps what it knew while Kafka is away, and looks again soon', async () => {
    const { topics, told, found, after } = watch();
    found.now = [short];
    await after(1);
    found.now = new Error('Kafka is away');
    await after(300_000);
    expect([topics.findings, told.at(-1)]).toEqual([[short], 'the topics could not be looked at']);
    found.now = [];
    await after(15_000);
    expect(topics.findings).toEqual([]);
    topics.stop();
  });
});
