import { describe, expect, it } from '@jest/globals';
import type { Kafka } from '@baton/messaging/kafka';
import { lagOf, WatchLag } from './watch-lag.js';

const at = (partition: number, offset: bigint) => ({ topic: 't', partition, offset });
const bounds = (...ends: [begin: bigint, end: bigint][]) => new Map(ends.map(([begin, end], partition) => [partition, { begin, end }]));

describe('how far a group is behind', () => {
  it.each([
    ['all partitions added up', [at(0, 5n), at(1, 7n)], bounds([0n, 10n], [0n, 7n]), { done: 12n, lag: 5 }],
    ['what was deleted before is no work', [at(0, 5n)], bounds([8n, 10n]), { done: 8n, lag: 2 }],
    ['a topic that began anew', [at(0, 50n)], bounds([0n, 10n]), { done: 50n, lag: 0 }],
    ['a partition that is gone', [at(3, 5n)], bounds([0n, 10n]), { done: 0n, lag: 0 }],
  ])('%s', (_, offsets, ends, expected) => expect(lagOf(offsets, ends)).toEqual(expected));

  it('is stuck since it last moved while something waits', async () => {
    let now = 0;
    let done = 5n;
    let end = 5n;
    const topic = 'p.deliveries.v1';
    const admin = {
      connect: async () => undefined,
      groups: async () => ['p.channel-dispatcher', 'p.x.reader-1', 'q.other'],
      committedOf: async () => [{ topic, partition: 0, offset: done }],
      bounds: async () => [{ topic, partition: 0, begin: 0n, end }],
    };
    const watch = new WatchLag({ config: { topicPrefix: 'p' }, admin: () => admin } as unknown as Kafka, () => now);
    const look = async (at: number) => ((now = at), (await watch.look())!.map(({ group, lag, stuckMs }) => [group, lag, stuckMs]));
    expect(await look(0)).toEqual([['channel-dispatcher', 0, 0]]);
    end = 8n;
    expect(await look(15)).toEqual([['channel-dispatcher', 3, 15]]);
    expect(await look(30)).toEqual([['channel-dispatcher', 3, 30]]);
    done = 6n;
    expect(await look(45)).toEqual([['channel-dispatcher', 2, 0]]);
    expect(await look(60)).toEqual([['channel-dispatcher', 2, 15]]);
  });
});
