import { describe, expect, it } from '@jest/globals';
import { stateOf } from './key-state.js';

const NOW = Date.UTC(2026, 0, 10);
const day = (n: number) => new Date(NOW + n * 86_400_000).toISOString();

describe('an API key', () => {
  it.each([
    ['holds without an end', null, null, 'holds'],
    ['holds while its end is far', day(8), null, 'holds'],
    ['ends soon within a week', day(6), null, 'ends-soon'],
    ['has ended at its end', day(0), null, 'ended'],
    ['is revoked whatever its end', day(8), day(-1), 'revoked'],
  ])('%s', (_, endsAt, revokedAt, state) => {
    expect(stateOf({ endsAt, revokedAt }, NOW)).toBe(state);
  });
});
