import { describe, expect, it } from '@jest/globals';
import { type Counters, costsOf } from './costs.js';
import { segmentFigures } from './topic-logs.js';

const counters = (change: Partial<Counters> = {}): Counters => ({
  ...{ transactions: 100, walBytes: 1_000 },
  tables: new Map([['o.inbox', { inserted: 10, updated: 0, deleted: 0, bytes: 8_192 }]]),
  records: new Map([['deliveries.v1', 5]]),
  logs: new Map([['deliveries.v1', { bytes: 500, batches: 2 }]]),
  ...change,
});

describe('what a message costs', () => {
  it('is what two moments differ in, for each message', () => {
    const after = counters({
      ...{ transactions: 110, walBytes: 21_000 },
      tables: new Map([
        ['o.inbox', { inserted: 30, updated: 5, deleted: 15, bytes: 16_384 }],
        ['o.outbox', { inserted: 10, updated: 0, deleted: 10, bytes: 0 }],
      ]),
      records: new Map([
        ['deliveries.v1', 15],
        ['settings.v1', 0],
      ]),
      logs: new Map([['deliveries.v1', { bytes: 4_500, batches: 4 }]]),
    });
    expect(costsOf(counters(), after, 10)).toEqual({
      ...{ transactions: 1, walBytes: 2_000 },
      tables: { 'o.inbox': { rows: 2, changes: 4, bytes: 819.2 }, 'o.outbox': { rows: 1, changes: 2, bytes: 0 } },
      topics: { 'deliveries.v1': { records: 1, bytes: 400, batches: 0.2 } },
    });
  });

  it('is nothing where nothing moved, and no division by no messages', () => {
    expect(costsOf(counters(), counters(), 0)).toEqual({ transactions: 0, walBytes: 0, tables: {}, topics: {} });
  });
});

describe('a segment of a topic', () => {
  const batch = (length: number): Buffer => {
    const bytes = Buffer.alloc(12 + length);
    bytes.writeUInt32BE(length, 8);
    return bytes;
  };
  it.each([
    ['without anything', [], { bytes: 0, batches: 0 }],
    ['with two batches', [batch(60), batch(200)], { bytes: 284, batches: 2 }],
    ['with a torn batch at its end', [batch(60), batch(200).subarray(0, 50)], { bytes: 72, batches: 1 }],
    ['that was made longer than it is full', [batch(60), Buffer.alloc(100)], { bytes: 72, batches: 1 }],
  ])('%s', (_, parts, figures) => {
    expect(segmentFigures(Buffer.concat(parts))).toEqual(figures);
  });
});
