import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { TOPICS } from '../topics.js';
import { ContractViolation, decodeEvent, encodeEvent, headersOf, typeOnTheWire } from './cloudevents.js';
import type { IncomingRecord } from './cloudevents.js';

/** `FUZZ_RUNS` makes it longer. */
const RUNS = { numRuns: Number(process.env['FUZZ_RUNS'] ?? 25) };
const ATTRIBUTES = { id: 'id', source: 'urn:baton:test', time: new Date(0) };
const KINDS = TOPICS.flatMap((topic) => Object.entries(topic.events).map(([type, event]) => ({ topic, type, event })));

/** Found by chance once: names of the language, and a length whose comparison fails. */
const TRAPS = ['{"__proto__":{"polluted":1}}', '{"length":{"toString":1}}', '{"size":{"valueOf":1}}'].map(
  (json) => JSON.parse(json) as unknown,
);

/** What reading came to: refused as declared, or an event that can be written and read again as the same. Anything else throws. */
function read(topic: (typeof TOPICS)[number], record: IncomingRecord): 'refused' | 'event' {
  let event;
  try {
    event = decodeEvent(topic, record);
  } catch (error) {
    if (error instanceof ContractViolation) return 'refused';
    throw error;
  }
  const again = decodeEvent(topic, encodeEvent(topic, event.type, event.data as never, ATTRIBUTES));
  expect(again.data).toEqual(event.data);
  return 'event';
}

const bytes = fc.uint8Array({ maxLength: 400 }).map((array) => Buffer.from(array));
const header = fc.oneof(bytes, fc.string(), fc.array(bytes, { maxLength: 3 }), fc.constant(undefined));
const headerName = fc.oneof(
  fc.constantFrom('ce_specversion', 'ce_id', 'ce_source', 'ce_type', 'ce_time', 'ce___proto__', '__proto__', 'traceparent'),
  fc.string({ maxLength: 30 }),
);

describe.each(KINDS)('$topic.name: $type', ({ topic, type, event }) => {
  const headers = headersOf(typeOnTheWire(type, event.version), ATTRIBUTES);
  const sample = JSON.parse(JSON.stringify(event.sample)) as unknown;

  it('its sample is read', () => {
    expect(read(topic, { key: 'k', value: JSON.stringify(sample), headers })).toBe('event');
  });

  it('whatever its bytes are, it is read or refused', () => {
    const value = fc.oneof(bytes, fc.json(), fc.constant(null), fc.constant('['.repeat(2_000)));
    fc.assert(
      fc.property(value, (one) => void read(topic, { key: null, value: one, headers })),
      RUNS,
    );
  });

  it('whatever its headers are, it is read or refused', () => {
    const others = fc.array(fc.tuple(headerName, header), { maxLength: 8 }).map((list) => Object.fromEntries(list));
    fc.assert(
      fc.property(others, (more) => void read(topic, { key: 'k', value: JSON.stringify(sample), headers: { ...headers, ...more } })),
      RUNS,
    );
  });

  it('whatever one of its fields is, it is read or refused, and nothing of the language changes', () => {
    const paths = pathsOf(sample);
    const change = fc.tuple(fc.nat(Math.max(0, paths.length - 1)), fc.oneof(fc.jsonValue(), fc.constantFrom(...TRAPS)));
    fc.assert(
      fc.property(change, ([at, value]) => {
        void read(topic, { key: 'k', value: JSON.stringify(withValue(sample, paths[at] ?? [], value)), headers });
        expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
      }),
      RUNS,
    );
  });
});

function pathsOf(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([name, inner]) => pathsOf(inner, [...path, name]))];
}

function withValue(value: unknown, [name, ...rest]: readonly string[], given: unknown): unknown {
  if (name === undefined) return given;
  const inner = withValue((value as Record<string, unknown>)[name], rest, given);
  return Array.isArray(value)
    ? value.map((one: unknown, index) => (String(index) === name ? inner : one))
    : { ...(value as object), [name]: inner };
}
