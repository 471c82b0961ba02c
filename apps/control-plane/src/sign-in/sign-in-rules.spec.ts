import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { safeReturnTo } from './oidc/return-to.js';
import { whoMayEnter } from './oidc/who-may-enter.js';
import type { Known } from './oidc/who-may-enter.js';
import { isFromOurPages } from './same-origin.js';
import { IDLE_MS, isOpen, isToBeSeen, LONGEST_MS, SEEN_EVERY_MS } from './session-rules.js';
import { attemptCookie, endedCookie, sessionCookie, sessionTokenOf } from './cookie.js';

const NOW = new Date(Date.UTC(2026, 0, 5, 10));
const ago = (ms: number) => new Date(NOW.getTime() - ms);

describe('a session', () => {
  it.each([
    ['holds while it is used', ago(IDLE_MS - 1), ago(-1), true],
    ['ends when nobody used it for long', ago(IDLE_MS), ago(-1), false],
    ['ends at its end however much it is used', ago(0), ago(0), false],
  ])('%s', (_, seenAt, endsAt, holds) => {
    expect(isOpen({ seenAt, endsAt }, NOW)).toBe(holds);
  });

  it('is seen once a minute, and is idle long before it ends', () => {
    expect([isToBeSeen(null, NOW), isToBeSeen(ago(SEEN_EVERY_MS), NOW), isToBeSeen(ago(SEEN_EVERY_MS - 1), NOW)]).toEqual([
      true,
      true,
      false,
    ]);
    expect(SEEN_EVERY_MS * 10).toBeLessThan(IDLE_MS);
    expect(IDLE_MS).toBeLessThan(LONGEST_MS);
  });
});

describe('the cookie of a session', () => {
  const token = 'a'.repeat(43);
  it('is for no script, no other site, no other host and for TLS only', () => {
    const cookie = sessionCookie(token, { secure: true, endsAt: NOW });
    expect(cookie.split('; ').sort()).toEqual(
      ['HttpOnly', 'Path=/', 'SameSite=Lax', 'Secure', `Expires=${NOW.toUTCString()}`, `__Host-baton=${token}`].sort(),
    );
  });

  it('has another name without TLS, where browsers would not take that one', () => {
    expect(sessionCookie(token, { secure: false, endsAt: NOW })).toMatch(/^baton=a{43}; /);
    expect(endedCookie({ secure: false })).toContain('Expires=Thu, 01 Jan 1970');
    expect(attemptCookie('x', { secure: true, endsAt: NOW })).toMatch(/^__Host-baton-oidc=x; .*HttpOnly; Secure/);
  });

  it.each([
    ['is found among others', `other=1; __Host-baton=${token}`, token],
    ['is not taken in another form', '__Host-baton=short', undefined],
    ['is not taken under the name without TLS', `baton=${token}`, undefined],
    ['may be absent', undefined, undefined],
  ])('%s', (_, cookie, found) => {
    expect(sessionTokenOf({ headers: { cookie } }, true)).toBe(found);
  });
});

describe('a request of a browser', () => {
  const URL_OF_OURS = 'https://baton.example';
  it.each([
    ['of a page of ours', { 'sec-fetch-site': 'same-origin', origin: URL_OF_OURS }, true],
    ['typed in by a person', { 'sec-fetch-site': 'none' }, true],
    ['of another site', { 'sec-fetch-site': 'cross-site', origin: URL_OF_OURS }, false],
    ['of another host of the same site', { 'sec-fetch-site': 'same-site' }, false],
    ['of an older browser on a page of ours', { origin: URL_OF_OURS }, true],
    ['of an older browser under another name of ours', { origin: 'http://localhost:3004', host: 'localhost:3004' }, true],
    ['of an older browser on another site', { origin: 'https://evil.example', host: 'baton.example' }, false],
    ['of a page without an origin', { origin: 'null', host: 'baton.example' }, false],
    ['of no browser at all', { host: 'baton.example' }, true],
  ])('%s', (_, headers, isOurs) => {
    expect(isFromOurPages(headers, URL_OF_OURS)).toBe(isOurs);
  });
});

describe('who comes by the sign-in service', () => {
  const stranger: Known = { bound: false, person: undefined, invited: false, open: false };
  const email = 'eva@shop.example';
  it.each<[string, boolean, string | undefined, Partial<Known>, unknown]>([
    ['comes in when his identity is known, whatever his address', false, undefined, { bound: true }, 'come'],
    ['is bound when his address is known', true, email, { person: { hasOtherIdentity: false } }, 'bind'],
    [
      'is another one when the address has an identity',
      true,
      email,
      { person: { hasOtherIdentity: true } },
      { trouble: 'another-identity' },
    ],
    ['is added when he was invited', true, email, { invited: true }, 'add'],
    ['is added when strangers may come', true, email, { open: true }, 'add'],
    ['is turned away else', true, email, {}, { trouble: 'not-invited' }],
    ['must have a confirmed address, even invited', false, email, { invited: true, open: true }, { trouble: 'email-unverified' }],
    ['must have a confirmed address, even known', false, email, { person: { hasOtherIdentity: false } }, { trouble: 'email-unverified' }],
    ['must have an address', true, undefined, { open: true }, { trouble: 'email-unverified' }],
  ])('%s', (_, emailVerified, address, known, entrance) => {
    expect(whoMayEnter({ email: address, emailVerified }, { ...stranger, ...known })).toEqual(entrance);
  });
});

describe('the way back after signing in', () => {
  it.each([
    ['/console/shop/bots?tab=keys', '/console/shop/bots?tab=keys'],
    ['/console/', '/console/'],
    ['/v1/session', '/console/'],
    ['//evil.example/console/', '/console/'],
    ['https://evil.example/console/', '/console/'],
    ['/console/../v1/session', '/console/'],
    ['/console/\\evil.example', '/console/'],
    ['/console/\t/evil.example', '/console/'],
    [['/console/shop'], '/console/'],
    [undefined, '/console/'],
  ])('%j leads to %s', (wanted, to) => {
    expect(safeReturnTo(wanted)).toBe(to);
  });

  it('never leads out of the console, whatever is wanted', () => {
    const pieces = fc.constantFrom(
      '/console/',
      '/',
      '\\',
      '..',
      '.',
      '%2e%2e',
      '//',
      'evil.example',
      ':',
      '@',
      '?',
      '#',
      '\t',
      '\n',
      'https:',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, fc.string()), { maxLength: 12 }), (parts) => {
        for (const wanted of [parts.join(''), `/console/${parts.join('')}`]) {
          const { origin, pathname } = new URL(safeReturnTo(wanted), 'https://baton.example');
          expect([origin, pathname.startsWith('/console/')]).toEqual(['https://baton.example', true]);
        }
      }),
    );
  });
});
