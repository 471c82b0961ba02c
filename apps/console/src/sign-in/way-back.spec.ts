import { describe, expect, it } from '@jest/globals';
import { SIGN_IN_TROUBLES } from '@baton/control-api';
import { arrivalOf, oidcAddress } from './way-back.js';

describe('somebody who is not signed in', () => {
  it('comes back to the page that he opened', () => {
    expect(arrivalOf({ pathname: '/console/shop/bots', search: '?tab=keys' })).toEqual({
      trouble: undefined,
      returnTo: '/console/shop/bots?tab=keys',
    });
  });

  it('is told what went wrong, and still comes back to where he wanted', () => {
    const search = `?${new URLSearchParams({ trouble: 'not-invited', returnTo: '/console/shop/members' }).toString()}`;
    expect(arrivalOf({ pathname: '/console/sign-in', search })).toEqual({
      trouble: SIGN_IN_TROUBLES['not-invited'],
      returnTo: '/console/shop/members',
    });
  });

  it('is told nothing that somebody else wrote into his address', () => {
    for (const trouble of ['<b>', 'constructor', ''])
      expect(arrivalOf({ pathname: '/console/sign-in', search: `?trouble=${trouble}` }).trouble).toBeUndefined();
  });

  it('takes his way back along to the sign-in service', () => {
    expect(oidcAddress('/v1/sign-in/oidc', '/console/shop/bots?tab=keys')).toBe(
      '/v1/sign-in/oidc?returnTo=%2Fconsole%2Fshop%2Fbots%3Ftab%3Dkeys',
    );
  });
});
