import { describe, expect, it } from '@jest/globals';
import { isOurs, newFingerprint, OUR_ORIGIN } from './marks.js';

describe('the marks on what we write', () => {
  it('either mark is enough', () => {
    expect(isOurs({ origin: OUR_ORIGIN('relay') })).toBe(true);
    expect(isOurs({ origin: 'chat', properties: { baton: '' } })).toBe(true);
    expect(isOurs({ origin: 'chat', properties: {} })).toBe(false);
    expect(isOurs({})).toBe(false);
  });
  it('a fingerprint is the time and two digits, as Crisp makes them', () => {
    expect(newFingerprint(1_760_000_000_123, () => 0.429)).toBe(176000000012342);
    expect(newFingerprint(new Date(1_760_000_000_123), () => 0.9999)).toBe(176000000012399);
    expect(Number.isSafeInteger(newFingerprint(Date.UTC(2400, 0)))).toBe(true);
  });
});
