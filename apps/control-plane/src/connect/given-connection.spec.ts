import { describe, expect, it } from '@jest/globals';
import { CrispConnectionSchema } from '@baton/contracts';
import { GivenConnectionSchema } from '@baton/control-api';
import type { ApiRefusal } from '../api/problem.js';
import { wantedConnection } from './given-connection.js';

const WEBSITE = '11111111-2222-4333-8444-555555555555';
const API = 'https://api.crisp.chat';
const before = CrispConnectionSchema.parse({
  ...{ websiteId: WEBSITE, tokenId: 'token', tokenKey: 'sealed:v1:crisp:aXY.Y2lwaGVy.dGFn' },
  ...{ operatorName: 'Ada', callsPerSecond: 5, callsPerDay: 5_000 },
});
const given = (o: object = {}) => GivenConnectionSchema.parse({ websiteId: WEBSITE, tokenId: 'token', ...o });

describe('a connection that is given', () => {
  it('has the defaults where nothing was before', () => {
    expect(wantedConnection(given({ tokenKey: 'key' }), undefined, API)).toEqual({
      ...{ websiteId: WEBSITE, tokenId: 'token', tokenKey: 'key', tier: 'plugin', apiUrl: API },
      ...{ operatorName: 'Assistant', callsPerSecond: 10 },
    });
  });

  it('keeps what it does not say, and its key', () => {
    expect(wantedConnection(given(), before, 'http://elsewhere')).toEqual({
      ...{ websiteId: WEBSITE, tokenId: 'token', tokenKey: undefined, tier: 'plugin', apiUrl: API },
      ...{ operatorName: 'Ada', callsPerSecond: 5, callsPerDay: 5_000 },
    });
    expect(wantedConnection(given({ callsPerDay: null }), before, API)).not.toHaveProperty('callsPerDay');
  });

  it.each([
    ['another token', { tokenId: 'other' }, before],
    ['another address that it is sent to', { apiUrl: 'http://127.0.0.1:1' }, before],
    ['nothing before', {}, undefined],
  ])('must bring the key with %s', (_, change, was) => {
    let pointer: string | undefined;
    try {
      wantedConnection(given(change), was, API);
    } catch (error) {
      pointer = (error as ApiRefusal).details.errors?.[0]?.pointer;
    }
    expect(pointer).toBe('/tokenKey');
  });
});
