import { describe, expect, it } from '@jest/globals';
import type { Kafka } from '@baton/messaging/kafka';
import { lagOf, lagSecondsOf, WatchLag } from './watch-lag.js';

const at = (partition: number, offset: bigint) => ({ topic: 't', partition, offset });
const bounds = (...ends: [begin: bigint, end: bigint][]) => new Map(ends.map(([begin, end], partition) => [partition, { begin, end }]));

describe('how far a group is behind', () => {
  it.each([
    ['all partitions added up', [at(0, 5n), at(1, 7n)], bounds([0n, 10n], [0n, 7n]), { done: 12n, lag: 5 }],
    ['what was deleted before is no work', [at(0, 5n)], bounds([8n, 10n]), { done: 8n, lag: 2 }],
    ['a topic that began anew', [at(0, 50n)], bounds([0n, 10n]), { done: 50n, lag: 0 }],
    ['a partition that is gone', [at(3, 5n)], bounds([0n, 10n]), { done: 0n, lag: 0 }],
  ])('%s', (_, offsets, ends, expected) => expect(lagOf(offsets, ends)).toEqual(expected));

  it.each<[string, number, [atSeconds: number, done: bigint][], number | undefined]>([
    ['nothing waits: no time', 0, [[0, 5n]], 0],
    ['one look tells no pace', 9, [[0, 5n]], undefined],
    [
      'as many as it handles in half a minute',
      30_000,
      [
        [0, 0n],
        [15, 15_000n],
        [60, 60_000n],
      ],
      30,
    ],
    [
      'it stands still: a second for each',
      5_000,
      [
        [0, 7n],
        [60, 7n],
      ],
      5_000,
    ],
    [
      'a quiet night is not slow work',
      3,
      [
        [0, 0n],
        [60, 6n],
      ],
      3,
    ],
    [
      'its place was set back: the same',
      100,
      [
        [0, 50n],
        [60, 10n],
      ],
      100,
    ],
  ])('in time: %s', (_, waits, looks, seconds) => {
    expect(
      lagSecondsOf(
        waits,
        looks.map(([at, done]) => ({ at: at * 1_000, done })),
      ),
    ).toBe(seconds);
  });

  /** A group on a topic with one partition, looked at by hand. */
  function played() {
    const topic = 'p.deliveries.v1';
    const state = { now: 0, done: 5n, end: 5n };
    const admin = {
      connect: async () => undefined,
      groups: async () => ['p.channel-dispatcher', 'p.x.reader-1', 'q.other'],
      committedOf: async () => [{ topic, partition: 0, offset: state.done }],
      bounds: async () => [{ topic, partition: 0, begin: 0n, end: state.end }],
    };
    const watch = new WatchLag({ config: { topicPrefix: 'p' }, admin: () => admin } as unknown as Kafka, () => state.now);
    const look = async (now: number, then: { done?: bigint; end?: bigint } = {}) => {
      Object.assign(state, { now, ...then });
      return (await watch.look())!;
    };
    return look;
  }

  it('is stuck since it last moved while something waits', async () => {
    const looked = played();
    const look = async (...at: Parameters<typeof looked>) => (await looked(...at)).map(({ group, lag, stuckMs }) => [group, lag, stuckMs]);
    expect(await look(0)).toEqual([['channel-dispatcher', 0, 0]]);
    expect(await look(15, { end: 8n })).toEqual([['channel-dispatcher', 3, 15]]);
    expect(await look(30)).toEqual([['channel-dispatcher', 3, 30]]);
    expect(await look(45, { done: 6n })).toEqual([['channel-dispatcher', 2, 0]]);
    expect(await look(60)).toEqual([['channel-dispatcher', 2, 15]]);
  });

  it('is told in time by the pace of the last minute: what it handled before says nothing of now', async () => {
    const look = played();
    const seconds = async (...at: Parameters<typeof look>) => (await look(...at))[0]?.lagSeconds;
    expect(await seconds(0, { done: 0n, end: 100n })).toBeUndefined();
    expect(await seconds(15_000, { done: 15_000n, end: 18_000n })).toBe(3);
    expect(await seconds(75_000, { done: 15_600n, end: 16_200n })).toBe(60);
  });
});
