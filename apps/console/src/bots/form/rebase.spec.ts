import { describe, expect, it } from '@jest/globals';
import { rebase, same } from './rebase.js';

describe('the same', () => {
  it.each([
    [{ a: 1, b: [1, { c: 2 }] }, { b: [1, { c: 2 }], a: 1 }, true],
    [{ a: undefined }, {}, true],
    [{ a: 1 }, { a: 1, b: 2 }, false],
    [[1, 2], [2, 1], false],
    [[], {}, false],
    [null, {}, false],
    [null, null, true],
  ])('%j and %j: %s', (a, b, expected) => {
    expect([same(a, b), same(b, a)]).toEqual([expected, expected]);
  });
});

describe('my changes on top of theirs', () => {
  const read = { name: 'Ada', on: true, texts: { hello: 'Hi', bye: 'Bye' }, words: ['a'] };

  it.each([
    ['nothing of mine is theirs', read, { ...read, name: 'Eve' }, { ...read, name: 'Eve' }, []],
    ['nothing of theirs is mine', { ...read, on: false }, read, { ...read, on: false }, []],
    [
      'different fields are both',
      { ...read, texts: { hello: 'Hello', bye: 'Bye' } },
      { ...read, texts: { hello: 'Hi', bye: 'Goodbye' }, name: 'Eve' },
      { ...read, texts: { hello: 'Hello', bye: 'Goodbye' }, name: 'Eve' },
      [],
    ],
    [
      'the same field is mine, and told',
      { ...read, texts: { hello: 'Hello', bye: 'Bye' } },
      { ...read, texts: { hello: 'Howdy', bye: 'Bye' } },
      { ...read, texts: { hello: 'Hello', bye: 'Bye' } },
      ['/texts/hello'],
    ],
    ['the same change is no quarrel', { ...read, on: false }, { ...read, on: false }, { ...read, on: false }, []],
    ['a list is one thing', { ...read, words: ['a', 'b'] }, { ...read, words: ['a', 'c'] }, { ...read, words: ['a', 'b'] }, ['/words']],
  ])('%s', (_, mine, theirs, value, both) => {
    expect(rebase(read, mine, theirs)).toEqual({ value, both });
  });

  it('a field that I took away stays away', () => {
    const { hello: _, ...texts } = read.texts;
    expect(rebase(read, { ...read, texts: texts as never }, { ...read, name: 'Eve' }).value).toEqual({
      ...read,
      name: 'Eve',
      texts: { bye: 'Bye' },
    });
  });
});
