import { describe, expect, it } from '@jest/globals';
import { childTraceparent, readTraceparent } from './traceparent.js';

describe('a traceparent', () => {
  const parent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

  it('of a step caused by another keeps the trace and the sampling, and names a span of its own', () => {
    const child = readTraceparent(childTraceparent(parent))!;
    expect(child).toMatchObject({ traceId: '0af7651916cd43dd8448eb211c80319c', sampled: true });
    expect(child.spanId).not.toBe('b7ad6b7169203331');
  });

  it.each([undefined, '', 'rubbish', `00-${'0'.repeat(32)}-b7ad6b7169203331-01`])(
    'begins a trace where there is none to go on with: %s',
    (broken) => {
      expect(readTraceparent(broken)).toBeUndefined();
      expect(readTraceparent(childTraceparent(broken))).toMatchObject({ sampled: false });
    },
  );
});
