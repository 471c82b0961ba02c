import { createRequire } from 'node:module';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { crc32c } from './crc32c.js';
import { encodeProduceRequest } from './produce-request.js';
import type { RecordToProduce } from './produce-request.js';

const require = createRequire(import.meta.url);

/** kafkajs' own encoding of the same request. */
const theirs = require('kafkajs/src/protocol/requests/produce/v3/request') as (request: object) => {
  encode(): Promise<{ buffer: Buffer }>;
};

/** The times in a request: the only thing about it that is not given. */
function withoutTimes(request: Buffer, records: readonly (readonly RecordToProduce[])[], topic: string): Buffer {
  const copy = Buffer.from(request);
  let at = 2 + 2 + 4 + 4 + 2 + Buffer.byteLength(topic) + 4;
  for (let i = 0; i < records.length; i++) {
    const size = copy.readInt32BE(at + 4);
    copy.fill(0, at + 8 + 17, at + 8 + 21); // the checksum
    copy.fill(0, at + 8 + 27, at + 8 + 43); // first and last time
    at += 8 + size;
  }
  return copy;
}

const part = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 300 }), fc.uint8Array({ maxLength: 300 }).map(Buffer.from));
const record = fc.record({
  key: fc.option(part),
  value: fc.option(fc.oneof(part, fc.string({ minLength: 5_000, maxLength: 20_000 }))),
  headers: fc.dictionary(fc.string({ minLength: 1, maxLength: 40 }), fc.oneof(part, fc.array(part, { maxLength: 3 })), { maxKeys: 12 }),
});

describe('a produce request', () => {
  it('has the bytes that kafkajs would give it', async () => {
    const partitions = fc.array(fc.array(record, { minLength: 1, maxLength: 80 }), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(partitions, fc.constantFrom('orders', 'заказы'), async (batches, topic) => {
        const request = {
          acks: -1,
          timeout: 4_000,
          topicData: [{ topic, partitions: batches.map((messages, partition) => ({ partition, messages })) }],
        };
        const ours = encodeProduceRequest(request, 1_760_000_000_000);
        const { buffer } = await theirs(request).encode();
        expect(withoutTimes(ours, batches, topic).equals(withoutTimes(buffer, batches, topic))).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  it('leaves a header without a value out', () => {
    const encoded = (headers: RecordToProduce['headers']) =>
      encodeProduceRequest(
        {
          acks: -1,
          timeout: 1,
          topicData: [{ topic: 't', partitions: [{ partition: 0, messages: [{ value: 'v', ...(headers && { headers }) }] }] }],
        },
        1,
      );
    expect(encoded({ a: 'x', b: undefined })).toEqual(encoded({ a: 'x' }));
  });
});

describe('the checksum of a batch', () => {
  it.each([
    ['123456789', 0xe3069283],
    ['', 0],
    ['a', 0xc1d04330],
  ])('of %j is that of the standard', (text, expected) => {
    const bytes = Buffer.from(`..${text}..`);
    expect(crc32c(bytes, 2, bytes.length - 2)).toBe(expected);
  });
});
