import { describe, expect, it } from '@jest/globals';
import { isSampled, traceIdOf } from './traceparent.js';

const ID = '0af7651916cd43dd8448eb211c80319c';

describe('a traceparent', () => {
  it.each([
    ['01', true],
    ['03', true],
    ['0f', true],
    ['00', false],
    ['02', false],
    ['10', false],
  ])('with the flags %s is sampled: %s', (flags, sampled) => {
    expect(isSampled(`00-${ID}-b7ad6b7169203331-${flags}`)).toBe(sampled);
  });

  it('names its trace', () => {
    expect(traceIdOf(`00-${ID}-b7ad6b7169203331-00`)).toBe(ID);
  });

  it.each([undefined, '', 'rubbish', `00-${'0'.repeat(32)}-b7ad6b7169203331-01`, `00-${ID}`])('that is broken names none: %s', (broken) => {
    expect(traceIdOf(broken)).toBeUndefined();
  });
});
