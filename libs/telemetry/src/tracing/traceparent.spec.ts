import { describe, expect, it } from '@jest/globals';
import { readTraceparent, traceparentOfFact, writeTraceparent } from './traceparent.js';

describe('a traceparent', () => {
  const traceId = '0af7651916cd43dd8448eb211c80319c';
  const spanId = 'b7ad6b7169203331';

  it.each([
    ['01', 1],
    ['00', 0],
    ['03', 1],
    ['02', 0],
  ])('with the flags %s is sampled: %s', (flags, traceFlags) => {
    expect(readTraceparent(`00-${traceId}-${spanId}-${flags}`)).toEqual({ traceId, spanId, traceFlags, isRemote: true });
  });

  it.each([
    undefined,
    '',
    'rubbish',
    `00-${'0'.repeat(32)}-${spanId}-01`,
    `00-${traceId}-${'0'.repeat(16)}-01`,
    `01-${traceId}-${spanId}-01`,
  ])('that is broken is none: %s', (broken) => expect(readTraceparent(broken)).toBeUndefined());

  it.each(['00', '01'])('goes on as it came, with the flags %s', (flags) => {
    const header = `00-${traceId}-${spanId}-${flags}`;
    expect(writeTraceparent(readTraceparent(header)!)).toBe(header);
  });

  it('of a fact is named after its id and is not sampled', () => {
    const header = traceparentOfFact('0af76519-16cd-53dd-8448-eb211c80319c');
    expect(readTraceparent(header)).toMatchObject({ traceId: '0af7651916cd53dd8448eb211c80319c', traceFlags: 0 });
  });
});
