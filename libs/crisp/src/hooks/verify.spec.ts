import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { Crisp } from 'crisp-api';
import { verifyHookSecret, verifyPluginHook, type SignedHook } from './verify.js';

const secret = 'demo-hook-secret';
const body =
  '{"website_id":"11111111-2222-4333-8444-555555555555","event":"message:send","data":{"website_id":"11111111-2222-4333-8444-555555555555","session_id":"session_aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee","type":"text","content":"Héllo 👋","from":"user","origin":"chat","fingerprint":176000000012342,"timestamp":1760000000123,"stamped":true,"user":{"user_id":"session_aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee","nickname":"visitor1"}},"timestamp":1760000000200}';
const vector: SignedHook = {
  secrets: [secret],
  timestampHeader: '1760000000250',
  signatureHeader: '84750629e5bbce1b2dd03fb8d3cdc9bed35089767438d598d980516473d24e4e',
  rawBody: Buffer.from(body),
  now: 1760000001000,
  freshnessMs: 86_400_000,
};

function sign(timestamp: string, text: string, by = secret): string {
  return createHmac('sha256', by).update(`[${timestamp};${text}]`).digest('hex');
}

describe('a plugin hook', () => {
  it('is believed with the documented signature, as by the package itself', () => {
    expect(verifyPluginHook(vector)).toBe('ok');
    expect(new Crisp().verifyWidget(secret, JSON.parse(body) as object, 1760000000250, vector.signatureHeader ?? '')).toBe(true);
  });

  it('is believed with the old and with the new secret while they rotate', () => {
    expect(verifyPluginHook({ ...vector, secrets: ['new-secret', secret] })).toBe('ok');
    expect(verifyPluginHook({ ...vector, secrets: [secret, 'new-secret'] })).toBe('ok');
  });

  it('is believed when Crisp signed what it serialised anew', () => {
    const spaced = `{ "event" : "message:send", "n": 1.0, "data": {} }`;
    const signatureHeader = sign('1760000000250', JSON.stringify(JSON.parse(spaced)));
    expect(verifyPluginHook({ ...vector, rawBody: Buffer.from(spaced), signatureHeader })).toBe('ok');
  });

  it('is believed by its raw bytes when numbers would not survive a serialisation', () => {
    const big = '{"n":123456789012345678901234567890,"f":1.0}';
    expect(verifyPluginHook({ ...vector, rawBody: Buffer.from(big), signatureHeader: sign('1760000000250', big) })).toBe('ok');
  });

  it('may give its time in seconds', () => {
    expect(verifyPluginHook({ ...vector, timestampHeader: '1760000000', signatureHeader: sign('1760000000', body) })).toBe('ok');
  });

  it('is stale outside of the window on either side, and never without one', () => {
    const late = { ...vector, now: 1760000000250 + 86_400_001 };
    expect(verifyPluginHook(late)).toBe('stale');
    expect(verifyPluginHook({ ...late, now: 1760000000250 + 86_400_000 })).toBe('ok');
    expect(verifyPluginHook({ ...vector, now: 1760000000250 - 86_400_001 })).toBe('stale');
    expect(verifyPluginHook({ ...late, freshnessMs: undefined })).toBe('ok');
  });

  const forged: readonly (readonly [string, Partial<SignedHook>])[] = [
    ['another body', { rawBody: Buffer.from(body.replace('Héllo', 'Hallo')) }],
    ['another time', { timestampHeader: '1760000000251' }],
    ['another secret', { secrets: ['other'] }],
    ['no secret at all', { secrets: [] }],
    ['an empty secret', { secrets: [''], signatureHeader: sign('1760000000250', body, '') }],
    ['no signature', { signatureHeader: undefined }],
    ['an empty signature', { signatureHeader: '' }],
    ['half a signature', { signatureHeader: vector.signatureHeader?.slice(0, 32) }],
    ['a signature in capitals', { signatureHeader: vector.signatureHeader?.toUpperCase() }],
    ['no time', { timestampHeader: undefined }],
    ['a time that is no number', { timestampHeader: '1760000000250;' }],
    ['a time of eleven digits', { timestampHeader: '17600000002', signatureHeader: sign('17600000002', body) }],
    ['a body that is no JSON', { rawBody: Buffer.from('{') }],
  ];
  for (const [what, change] of forged) {
    it(`is not believed with ${what}`, () => expect(verifyPluginHook({ ...vector, ...change })).toBe('bad-signature'));
  }
});

describe("a website hook's secret", () => {
  it('fits when it is one of the two', () => {
    expect(verifyHookSecret('a', ['a', 'b'])).toBe(true);
    expect(verifyHookSecret('b', ['a', 'b'])).toBe(true);
  });
  it('does not fit otherwise, least of all when empty', () => {
    expect(verifyHookSecret('c', ['a', 'b'])).toBe(false);
    expect(verifyHookSecret('a', [])).toBe(false);
    expect(verifyHookSecret('', [''])).toBe(false);
    expect(verifyHookSecret(undefined, ['a'])).toBe(false);
  });
});
