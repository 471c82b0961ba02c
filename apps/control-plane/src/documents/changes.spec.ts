import { describe, expect, it } from '@jest/globals';
import { changesBetween, summaryOf } from './changes.js';

const SEALED = { one: 'sealed:v1:crisp:aXY.Y2lwaGVy.dGFn', two: 'sealed:v1:crisp:aXY.Y2lwaGVz.dGFn' };
const hash = (letter: string) => letter.repeat(64);

describe('the changes between two versions', () => {
  it.each([
    ['a text', { a: { b: 'x' } }, { a: { b: 'y' } }, [{ path: 'a.b', kind: 'changed', before: 'x', after: 'y' }]],
    ['a day', { days: [] }, { days: [{ date: '12-24' }] }, [{ path: 'days[12-24]', kind: 'added', after: { date: '12-24' } }]],
    ['a strange name', { of: { 'A & B': 1 } }, { of: {} }, [{ path: 'of["A & B"]', kind: 'removed', before: 1 }]],
    [
      'another secret',
      { crisp: { tokenKey: SEALED.one } },
      { crisp: { tokenKey: SEALED.two } },
      [{ path: 'crisp.tokenKey', kind: 'changed', secret: true }],
    ],
    ['a first secret', {}, { apiKey: SEALED.one }, [{ path: 'apiKey', kind: 'added', secret: true }]],
    ['secrets of a list, once', { s: [SEALED.one] }, { s: [SEALED.two] }, [{ path: 's', kind: 'changed', secret: true }]],
    [
      'keys of the bot',
      { apiKeyHashes: [] },
      { apiKeyHashes: [hash('a'), hash('b')] },
      [{ path: 'apiKeyHashes', kind: 'changed', secret: true }],
    ],
    ['everything of a new document', null, { name: 'A' }, [{ path: 'name', kind: 'added', after: 'A' }]],
    ['everything of one that was taken away', { name: 'A' }, null, [{ path: 'name', kind: 'removed', before: 'A' }]],
  ])('say %s', (_, before, after, expected) => {
    expect(changesBetween(before, after)).toEqual(expected);
  });

  it('never show a secret, wherever it lies, not even sealed', () => {
    const crisp = { websiteId: 'w', tokenKey: SEALED.one, hookSecrets: [SEALED.two], more: [{ deep: SEALED.one }] };
    const text = JSON.stringify([
      changesBetween({}, { crisp }),
      changesBetween({ crisp }, {}),
      changesBetween({ crisp: [crisp] }, { crisp: [] }),
    ]);
    expect(text).toContain('fingerprint');
    expect(text).not.toContain('sealed:');
  });

  it('are told in few words', () => {
    const changes = changesBetween({}, Object.fromEntries(Array.from({ length: 23 }, (_, i) => [`p${i}`, i])));
    expect(summaryOf(changes)).toEqual({ paths: changes.slice(0, 20).map(({ path }) => path), more: 3 });
    expect(summaryOf(changes.slice(0, 1))).toEqual({ paths: ['p0'] });
  });
});
