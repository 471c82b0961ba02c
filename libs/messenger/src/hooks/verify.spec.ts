import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isVerifyToken } from './verify-token.js';
import { verifyMessengerHook } from './verify.js';

const SECRET = 'demo-app-secret-0123456789abcdef';
const BODY = Buffer.from(
  String.raw`{"object":"page","entry":[{"id":"4400110022","time":1767225600123,"messaging":[{"sender":{"id":"9100200300"},"recipient":{"id":"4400110022"},"timestamp":1767225599987,"message":{"mid":"m_demo-001","text":"Gr\u00fc\u00df dich \ud83d\udc4b"}}]}]}`,
);
const SHA256 = '77f474f388e4c7f766c14afee010cfe5e1d4baa959b0ca20bf4b524d3154e130';
const SHA1 = 'de91bdd96c9b6d7122d9930aa791150d9d0804bc';
const OF_THE_BODY_WRITTEN_ANEW = '8d35fef79ae1aeabf903d5826730346863667878b978a772cbaaea96e57ec27c';

const signed = (body: Buffer, secret: string) => `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;

describe('a signature of Meta', () => {
  it('is over the bytes as they came, escapes and all', () => {
    expect(BODY).toHaveLength(244);
    expect(verifyMessengerHook(`sha256=${SHA256}`, [SECRET], BODY)).toBe(true);
  });

  it('is not over what a parser would write anew', () => {
    const anew = Buffer.from(JSON.stringify(JSON.parse(BODY.toString())));
    expect(anew).toHaveLength(228);
    expect(signed(anew, SECRET)).toBe(`sha256=${OF_THE_BODY_WRITTEN_ANEW}`);
    expect(verifyMessengerHook(`sha256=${OF_THE_BODY_WRITTEN_ANEW}`, [SECRET], BODY)).toBe(false);
    expect(verifyMessengerHook(`sha256=${SHA256}`, [SECRET], anew)).toBe(false);
  });

  it('may be made with either of two secrets while they rotate', () => {
    expect(verifyMessengerHook(`sha256=${SHA256}`, ['next', SECRET], BODY)).toBe(true);
    expect(verifyMessengerHook(`sha256=${SHA256}`, [SECRET, 'next'], BODY)).toBe(true);
  });

  it.each<[string, string | undefined, string[]?]>([
    ['nothing', undefined],
    ['an empty text', ''],
    ['the digits alone', SHA256],
    ['another name of the hash', `sha512=${SHA256}`],
    ['the older hash', `sha1=${SHA1}`],
    ['the older hash under the newer name', `sha256=${SHA1}`],
    ['capitals', `sha256=${SHA256.toUpperCase()}`],
    ['half of it', `sha256=${SHA256.slice(0, 32)}`],
    ['more than it', `sha256=${SHA256}0`],
    ['a line behind it', `sha256=${SHA256}\n`],
    ['two of them', `sha256=${SHA256},sha256=${SHA256}`],
    ['another secret', signed(BODY, 'guess')],
    ['no secret to compare with', `sha256=${SHA256}`, []],
    ['an empty secret on both sides', signed(BODY, ''), ['']],
  ])('is not %s', (_, signature, secrets = [SECRET]) => {
    expect(verifyMessengerHook(signature, secrets, BODY)).toBe(false);
  });

  it('fits no other bytes: not one of them may change', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 300 }), fc.nat(), fc.integer({ min: 1, max: 255 }), (bytes, where, change) => {
        const body = Buffer.from(bytes);
        const signature = signed(body, SECRET);
        expect(verifyMessengerHook(signature, [SECRET], body)).toBe(true);
        body[where % body.length]! ^= change;
        expect(verifyMessengerHook(signature, [SECRET], body)).toBe(false);
      }),
    );
  });
});

describe('a verify token', () => {
  it.each<[string | undefined, string, boolean]>([
    ['our-token', 'our-token', true],
    ['Grüße 👋', 'Grüße 👋', true],
    ['our-toke', 'our-token', false],
    ['our-token ', 'our-token', false],
    ['Our-token', 'our-token', false],
    ['', 'our-token', false],
    ['', '', false],
    [undefined, 'our-token', false],
  ])('%j for %j: %j', (given, expected, fits) => {
    expect(isVerifyToken(given, expected)).toBe(fits);
  });
});
