import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { differencesOf, withDifferences } from './difference.js';
import type { Json } from './difference.js';

const day = (date: string, ...open: string[]) => ({ date, open });

describe('what differs between two documents', () => {
  it.each<[string, Json | undefined, Json | undefined, object[]]>([
    ['nothing, whatever the order of the properties', { a: 1, b: [1, 2] }, { b: [1, 2], a: 1 }, []],
    ['a value inside', { a: { b: 1, c: 2 } }, { a: { b: 3, c: 2 } }, [{ steps: ['a', 'b'], before: 1, after: 3 }]],
    ['something that came', {}, { a: { b: 1 } }, [{ steps: ['a'], before: undefined, after: { b: 1 } }]],
    ['something that went', { a: null }, {}, [{ steps: ['a'], before: null, after: undefined }]],
    ['an element of a list that came', ['x', 'z'], ['x', 'y', 'z'], [{ steps: [{ is: 'y' }], before: undefined, after: 'y', at: 1 }]],
    ['one that went', ['x', 'y'], ['y'], [{ steps: [{ is: 'x' }], before: 'x', after: undefined }]],
    [
      'one that is another one inside, by what it is',
      [day('12-24'), day('12-25')],
      [day('12-25', '09:00')],
      [
        { steps: [{ by: 'date', is: '12-24' }], before: day('12-24'), after: undefined },
        { steps: [{ by: 'date', is: '12-25' }, 'open', { is: '09:00' }], before: undefined, after: '09:00', at: 0 },
      ],
    ],
    ['a list in another order, as a whole', ['x', 'y'], ['y', 'x'], [{ steps: [], before: ['x', 'y'], after: ['y', 'x'] }]],
    ['a list of what cannot be told apart, as a whole', [{ a: 1 }], [{ a: 2 }], [{ steps: [], before: [{ a: 1 }], after: [{ a: 2 }] }]],
    ['a value that became a list', { a: 'x' }, { a: ['x'] }, [{ steps: ['a'], before: 'x', after: ['x'] }]],
  ])('is %s', (_, before, after, expected) => {
    expect(differencesOf(before, after)).toEqual(expected);
  });

  const names = fc.constantFrom('id', 'date', 'a', 'b', '__proto__', 'constructor');
  const { json } = fc.letrec<{ json: Json }>((tie) => ({
    json: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constantFrom<Json>('x', 'y', 'z', 1, true, null, ''),
      fc.array(tie('json') as fc.Arbitrary<Json>, { maxLength: 4 }),
      fc.dictionary(names, tie('json') as fc.Arbitrary<Json>, { maxKeys: 4, noNullPrototype: true }),
    ),
  }));

  it('done to the first gives the second, whatever they are', () => {
    fc.assert(
      fc.property(json, json, (before, after) => {
        expect(withDifferences(before, differencesOf(before, after))).toEqual(after);
      }),
      { numRuns: 2_000 },
    );
  });

  it('done to a third one leaves what they do not name', () => {
    const theirs = differencesOf({ name: 'A', list: ['x'], texts: { de: '1' } }, { name: 'B', list: ['x', 'y'], texts: { de: '1' } });
    expect(withDifferences({ name: 'C', list: ['z', 'x'], texts: { de: '2' }, new: 1 }, theirs)).toEqual({
      name: 'B',
      list: ['z', 'y', 'x'],
      texts: { de: '2' },
      new: 1,
    });
  });

  it('done twice is as done once', () => {
    fc.assert(
      fc.property(json, json, json, (before, after, third) => {
        const differences = differencesOf(before, after);
        const once = withDifferences(third, differences);
        expect(withDifferences(once, differences)).toEqual(once);
      }),
    );
  });
});
