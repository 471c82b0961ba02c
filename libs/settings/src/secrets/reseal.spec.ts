import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { keepSealed, resealed, withStrings } from './reseal.js';
import { isSealedAnew, open, seal } from './seal.js';

const aKey = () => randomBytes(32).toString('base64');
const [old, next] = [aKey(), aKey()];
const settingId = 'bot:demo';
const binding = { purpose: 'crisp', settingId } as const;

describe('secrets that are sealed again', () => {
  it('keep their form where they are the same', () => {
    const before = { token: seal(binding, old, 'a'), list: [seal(binding, old, 'b')] };
    const given = { token: seal(binding, old, 'b'), more: { deep: seal(binding, old, 'c') }, text: 'a' };
    const kept = keepSealed(settingId, [before], given, { crisp: old });
    expect(kept).toEqual({ ...given, token: before.list[0] });
  });

  it('keep their form also where an older key of the ring sealed it, and not where none did', () => {
    const before = { token: seal(binding, old, 'a'), other: seal(binding, aKey(), 'b') };
    const given = { token: seal(binding, next, 'a'), other: seal(binding, next, 'b') };
    expect(keepSealed(settingId, [before], given, { crisp: `${next},${old}` })).toEqual({ ...given, token: before.token });
  });

  it('get one new form for each old one after a new key came', () => {
    const token = seal(binding, old, 'a');
    const keys = { crisp: `${next},${old}` };
    const anew = resealed(settingId, [{ token }, [token]], keys);
    expect([...anew.keys()]).toEqual([token]);
    const now = withStrings({ token, name: 'Demo' }, (text) => anew.get(text) ?? text);
    expect(open(settingId, { crisp: next }, now.token)).toBe('a');
    expect(isSealedAnew(settingId, keys, now.token)).toBe(true);
    expect(resealed(settingId, [now], keys).size).toBe(0);
  });

  it('are left as they are where no key opens them', () => {
    expect(resealed(settingId, [seal(binding, aKey(), 'a')], { crisp: `${next},${old}` }).size).toBe(0);
  });
});
