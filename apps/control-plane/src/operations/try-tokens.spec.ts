import { describe, expect, it } from '@jest/globals';
import { CrispError } from '@baton/crisp';
import type { CrispErrorCode } from '@baton/crisp';
import { isDue, tokenStateOf } from './try-tokens.js';

const crisp = (code: CrispErrorCode, reason?: string) =>
  new CrispError({ code, mayHaveHappened: false, ...(reason !== undefined && { reason }) });
const MINUTE = 60_000;
const NOW = Date.parse('2026-03-01T12:00:00Z');

describe('what Crisp says of a token', () => {
  it.each([
    ['does not know it', crisp('crisp.unauthorized', 'invalid_session'), 'refused'],
    ['has it for another website', crisp('crisp.unauthorized', 'not_subscribed'), 'not-bound'],
    ['has no such website', crisp('crisp.not-found', 'website_not_found'), 'not-bound'],
    ['knows it but lets it not read this', crisp('crisp.unauthorized', 'not_allowed'), 'taken'],
    ['takes no more calls', crisp('crisp.rate-limited'), 'limited'],
    ['is ill', crisp('crisp.server-error'), 'no-answer'],
    ['is not reached', new TypeError('fetch failed'), 'no-answer'],
  ])('it %s', (_, error, state) => expect(tokenStateOf(error)).toBe(state));
});

describe('a token is tried', () => {
  const row = (state: 'taken' | 'refused', minutesAgo: number) => ({ mark: 'm', state, triedAt: new Date(NOW - minutesAgo * MINUTE) });
  it.each([
    ['when it never was', undefined, true],
    ['every quarter of an hour while it works', row('taken', 15), true],
    ['not before', row('taken', 14), false],
    ['sooner while it does not', row('refused', 2), true],
  ])('%s', (_, before, due) => expect(isDue(before, 'm', NOW)).toBe(due));
  it('at once when it is another one', () => expect(isDue(row('taken', 1), 'other', NOW)).toBe(true));
});
