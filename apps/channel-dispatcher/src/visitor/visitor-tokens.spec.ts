import { describe, expect, it } from '@jest/globals';
import { UnsecuredJWT } from 'jose';
import { NOON } from '../testing/deliveries.js';
import { newVisitorId, VisitorTokens } from './visitor-tokens.js';

const tokens = new VisitorTokens(Buffer.alloc(32, 1).toString('base64'));
const DAY_MS = 24 * 60 * 60 * 1_000;
const daysLater = (days: number): Date => new Date(NOON.getTime() + days * DAY_MS);

describe('the token of a visitor', () => {
  it('names him to the bot it was made for, for 30 days', async () => {
    const { token, expiresAt } = await tokens.issue('demo', 'v_1', NOON);
    expect(expiresAt).toEqual(daysLater(30));
    expect(await tokens.check('demo', token, daysLater(1))).toEqual({ visitorId: 'v_1', expiresAt, isOld: false });
    expect(await tokens.check('demo', token, daysLater(16))).toEqual({ visitorId: 'v_1', expiresAt, isOld: true });
    expect(await tokens.check('demo', token, daysLater(31))).toEqual({ refused: 'token-expired' });
  });

  it('is worth nothing to another bot', async () => {
    const { token } = await tokens.issue('demo', 'v_1', NOON);
    expect(await tokens.check('other', token, NOON)).toEqual({ refused: 'not-authorized' });
  });

  it.each<[string, () => Promise<string>]>([
    [
      'signed with another key',
      async () => (await new VisitorTokens(Buffer.alloc(32, 2).toString('base64')).issue('demo', 'v_1', NOON)).token,
    ],
    [
      'not signed at all',
      async () =>
        new UnsecuredJWT({ bot: 'demo' }).setSubject('v_1').setAudience('baton-webchat').setIssuedAt().setExpirationTime('1y').encode(),
    ],
    [
      'changed in one letter',
      async () => (await tokens.issue('demo', 'v_1', NOON)).token.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')),
    ],
    ['no token', async () => 'no token'],
  ])('is refused when it is %s', async (_what, forge) => {
    expect(await tokens.check('demo', await forge(), NOON)).toEqual({ refused: 'not-authorized' });
  });

  it('names everybody differently', () => {
    expect(newVisitorId()).toMatch(/^v_[0-9a-f]{32}$/);
    expect(newVisitorId()).not.toBe(newVisitorId());
  });
});
