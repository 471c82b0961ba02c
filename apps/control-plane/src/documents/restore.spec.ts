import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { restoredBody } from './restore.js';

const secret = (name: string) => `sealed:v1:crisp:aXY.${name}.dGFn`;

describe('an old version that shall hold again', () => {
  it.each<[string, object, object | null, object]>([
    ['has its own texts', { a: 'old', b: { c: 1 } }, { a: 'new', b: { c: 2 }, d: 3 }, { a: 'old', b: { c: 1 } }],
    [
      'has the secret of today',
      { c: { key: secret('old'), id: '1' } },
      { c: { key: secret('new'), id: '2' } },
      { c: { key: secret('new'), id: '1' } },
    ],
    ['has its own secret where today has none', { c: { key: secret('old') } }, {}, { c: { key: secret('old') } }],
    ['has no secret where it had none', { c: {} }, { c: { key: secret('new') } }, { c: {} }],
    ['has all hook secrets of today', { h: [secret('1')] }, { h: [secret('2'), secret('3')] }, { h: [secret('2'), secret('3')] }],
    ['has its own hook secrets where today has none', { h: [secret('1')] }, { h: [] }, { h: [secret('1')] }],
    ['has the API keys of today', { apiKeyHashes: ['old'] }, { apiKeyHashes: [] }, { apiKeyHashes: [] }],
    [
      'has its own secret where that of today is of another token',
      { crisp: { websiteId: '1', tokenId: 'a', tokenKey: secret('old'), hookSecrets: [secret('1')] } },
      { crisp: { websiteId: '2', tokenId: 'b', tokenKey: secret('new'), hookSecrets: [secret('2')] } },
      { crisp: { websiteId: '1', tokenId: 'a', tokenKey: secret('old'), hookSecrets: [secret('1')] } },
    ],
    [
      'has the secret of today where only another one beside it is of something else',
      { crisp: { websiteId: '1', tokenId: 'a', tokenKey: secret('old'), hookSecrets: [secret('1')] } },
      { crisp: { websiteId: '2', tokenId: 'a', tokenKey: secret('new'), hookSecrets: [secret('2')] } },
      { crisp: { websiteId: '1', tokenId: 'a', tokenKey: secret('new'), hookSecrets: [secret('1')] } },
    ],
    [
      'tells no endpoint the key of another one',
      { model: { baseUrl: 'https://old.example', apiKey: secret('old') } },
      { model: { baseUrl: 'https://new.example', apiKey: secret('new') } },
      { model: { baseUrl: 'https://old.example', apiKey: secret('old') } },
    ],
    ['is as it was where nothing ever held since', { key: secret('old') }, null, { key: secret('old') }],
  ])('%s', (_, old, today, expected) => {
    expect(restoredBody(old, today)).toEqual(expected);
  });

  const text = fc.constantFrom('x', 'y');
  const body = fc.record({
    name: text,
    list: fc.array(text),
    crisp: fc.option(fc.record({ key: text.map(secret), id: text })),
    apiKeyHashes: fc.array(text),
  });

  it('brings nothing back that was changed for a reason, and everything else', () => {
    fc.assert(
      fc.property(body, body, (old, today) => {
        const restored = restoredBody(old, today);
        expect(restored.apiKeyHashes).toEqual(today.apiKeyHashes);
        expect([restored.name, restored.list, restored.crisp?.id]).toEqual([old.name, old.list, old.crisp?.id]);
        if (old.crisp && today.crisp) expect(restored.crisp?.key).toBe(today.crisp.key);
        expect(restoredBody(restored, today)).toEqual(restored);
      }),
    );
  });
});
