import { describe, expect, it } from '@jest/globals';
import { fieldsOf, givenOf, wrongFields } from './connection-form.js';

const WEBSITE = '11111111-2222-4333-8444-555555555555';
const filled = { ...fieldsOf(undefined), websiteId: WEBSITE, tokenId: 'token', tokenKey: 'key' };
const connection = { tokenId: 'token' } as Parameters<typeof wrongFields>[1];

describe('the fields of a connection', () => {
  it('are given without what surrounds a copied text', () => {
    expect(givenOf({ ...filled, websiteId: ` ${WEBSITE.toUpperCase()}\n`, tokenKey: ' key ' })).toEqual({
      ...{ tier: 'plugin', websiteId: WEBSITE, tokenId: 'token', tokenKey: 'key', callsPerDay: null },
    });
  });

  it.each([
    ['nothing yet', fieldsOf(undefined), undefined, {}, false],
    ['all that is needed', filled, undefined, {}, true],
    ['no website id', { ...filled, websiteId: 'shop.example' }, undefined, { websiteId: expect.stringContaining('36') }, false],
    ['no key, for a new connection', { ...filled, tokenKey: '' }, undefined, {}, false],
    ['no key, for the same token', { ...filled, tokenKey: '' }, connection, {}, true],
    ['no key, for another token', { ...filled, tokenId: 'other', tokenKey: '' }, connection, {}, false],
    ['half a call', { ...filled, callsPerDay: 0.5 }, undefined, { callsPerDay: expect.any(String) }, false],
  ])('with %s', (_, fields, before, wrong, isWhole) => {
    expect(wrongFields(fields, before)).toEqual({ wrong, isWhole });
  });
});
