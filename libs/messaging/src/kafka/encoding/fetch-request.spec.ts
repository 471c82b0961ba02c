import { createRequire } from 'node:module';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { encodeFetchRequest, FETCH_VERSION } from './fetch-request.js';

const require = createRequire(import.meta.url);

interface Theirs {
  protocol(of: { version: number }): (call: object) => { request: { apiVersion: number; encode(): Promise<{ buffer: Buffer }> } };
}
const fetches = require('kafkajs/src/protocol/requests/fetch') as Theirs & { versions: number[] };

const partition = fc.record({ partition: fc.nat(200), fetchOffset: fc.bigInt(-2n, 2n ** 62n).map(String), maxBytes: fc.nat() });
const topic = fc.record({
  topic: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 80 }),
  partitions: fc.array(partition, { maxLength: 40 }),
});
const call = fc.record({
  ...{
    replicaId: fc.constant(-1),
    maxWaitTime: fc.nat(60_000),
    minBytes: fc.nat(1_000),
    maxBytes: fc.nat(),
    isolationLevel: fc.constantFrom(0, 1),
  },
  ...{ rackId: fc.constantFrom('', 'eu-1', 'стойка'), topics: fc.array(topic, { maxLength: 6 }) },
});

describe('a fetch request', () => {
  it('has the bytes that kafkajs would give it', async () => {
    const { encode, apiVersion } = fetches.protocol({ version: FETCH_VERSION })({ topics: [] }).request;
    expect([typeof encode, apiVersion]).toEqual(['function', FETCH_VERSION]);
    await fc.assert(
      fc.asyncProperty(call, async (given) => {
        const { buffer } = await fetches.protocol({ version: FETCH_VERSION })(given).request.encode();
        expect(encodeFetchRequest(given).equals(buffer)).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  it('is of the newest version that kafkajs speaks: of another, nothing would be gained', () => {
    expect(Math.max(...fetches.versions.map(Number))).toBe(FETCH_VERSION);
  });
});
