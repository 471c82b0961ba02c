import { describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { SealedSchema } from '@baton/contracts';
import { isSealedAnew, open, purposeOf, seal, sealedIn, SecretError } from './seal.js';

const key = randomBytes(32).toString('base64');
const other = randomBytes(32).toString('base64');
const binding = { purpose: 'webhooks', settingId: 'bot:demo' } as const;
const codeOf = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    if (error instanceof SecretError) return error.code;
    throw error;
  }
  return 'opened';
};

describe('a sealed secret', () => {
  const sealed = seal(binding, key, 'geheim 🔑');

  it('opens for its setting with the key of its purpose', () => {
    expect(open('bot:demo', { webhooks: key }, sealed)).toBe('geheim 🔑');
  });

  it('has the form that the contract allows, and looks different each time', () => {
    expect(SealedSchema.safeParse(sealed).success).toBe(true);
    expect(seal(binding, key, 'geheim 🔑')).not.toBe(sealed);
    expect(purposeOf(sealed)).toBe('webhooks');
  });

  it.each([
    ['in another setting', () => open('bot:other', { webhooks: key }, sealed), 'secret.unreadable'],
    ['under another purpose', () => open('bot:demo', { crisp: key }, sealed.replace(':webhooks:', ':crisp:')), 'secret.unreadable'],
    ['with another key', () => open('bot:demo', { webhooks: other }, sealed), 'secret.unreadable'],
    ['with a shortened tag', () => open('bot:demo', { webhooks: key }, sealed.slice(0, -6)), 'secret.unreadable'],
    ['without a key', () => open('bot:demo', { crisp: key }, sealed), 'secret.no-key'],
    ['that is none', () => open('bot:demo', { webhooks: key }, 'plain'), 'secret.not-sealed'],
  ])('%s does not open', (_, work, code) => {
    expect(codeOf(work)).toBe(code);
  });

  it('never shows in the error', () => {
    expect(() => open('bot:demo', { webhooks: other }, sealed)).toThrow(/^(?!.*geheim)(?!.*sealed:v1).*$/s);
  });

  it('is found wherever it lies', () => {
    expect(sealedIn({ a: [{ b: sealed }], c: 'sealed:v1 is a prefix', d: null, e: 3 })).toEqual([sealed]);
  });
});

describe('a ring of keys', () => {
  const before = seal(binding, key, 'secret');
  const after = seal(binding, `${other},${key}`, 'secret');

  it.each([
    ['what the only key sealed, with that key', key, before, 'secret'],
    ['what was sealed before the new key came, with both', `${other},${key}`, before, 'secret'],
    ['what was sealed since, with both in any order', `${key},${other}`, after, 'secret'],
    ['what was sealed since, with the new key alone', other, after, 'secret'],
  ])('opens %s', (_, ring, sealed, secret) => {
    expect(open('bot:demo', { webhooks: ring }, sealed)).toBe(secret);
  });

  it.each([
    ['what was sealed with a key that was taken out', other, before],
    ['what was sealed with a key that is not in yet', key, after],
  ])('does not open %s', (_, ring, sealed) => {
    expect(codeOf(() => open('bot:demo', { webhooks: ring }, sealed))).toBe('secret.unreadable');
  });

  it('tells what its first key sealed from what older ones did', () => {
    const ring = { webhooks: `${other},${key}` };
    expect([before, after].map((sealed) => isSealedAnew('bot:demo', ring, sealed))).toEqual([false, true]);
  });
});
