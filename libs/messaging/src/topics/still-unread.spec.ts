import { describe, expect, it } from '@jest/globals';
import { unreadOf } from './still-unread.js';

/** Partitions of a topic by where they begin and end. */
const partitions = (...of: [begin: bigint, end: bigint][]) =>
  new Map([['t', of.map(([begin, end], partition) => ({ topic: 't', partition, begin, end }))]]);
/** A group by what it committed of each partition; undefined where it did not. */
const group = (...offsets: (bigint | undefined)[]) => [
  {
    ...{ group: 'g', topic: 't' },
    committed: offsets.flatMap((offset, partition) => (offset === undefined ? [] : [{ topic: 't', partition, offset }])),
  },
];

describe('what a group has before it', () => {
  it.each([
    ['nothing of a topic where nothing is', group(), partitions([0n, 0n], [7n, 7n]), []],
    ['nothing when it read to the end', group(5n, 9n), partitions([0n, 5n], [3n, 9n]), []],
    ['what came after it had read', group(5n, 9n), partitions([0n, 8n], [3n, 9n]), ['g has 3 records of t before it']],
    ['all of a partition of which it committed nothing', group(5n), partitions([0n, 5n], [3n, 9n]), ['g has 6 records of t before it']],
    [
      'all of a topic of which it never committed anything',
      group(),
      partitions([0n, 5n], [3n, 9n]),
      ['g has 11 records of t before it, for it has committed nothing yet'],
    ],
    ['only what is still there', group(1n), partitions([4n, 6n]), ['g has 2 records of t before it']],
  ])('is %s', (_, readings, bounds, words) => {
    expect(unreadOf(readings, bounds)).toEqual(words);
  });
});
