import { describe, expect, it } from '@jest/globals';
import { Sequences } from './sequences.js';

function heard(...numbers: readonly number[]): Sequences {
  const sequences = new Sequences(2);
  for (let said = 0; said < 5; said += 1) sequences.next(1);
  for (const number of numbers) sequences.heard(1, number);
  return sequences;
}

describe('what was said in a conversation', () => {
  it.each([
    ['arrived whole', [1, 2, 3, 4, 5], { arrived: 5, open: 0, doubled: 0, outOfOrder: 0 }],
    ['lost one in the middle', [1, 2, 4, 5], { arrived: 4, open: 1, doubled: 0, outOfOrder: 0 }],
    ['lost the last ones', [1, 2], { arrived: 2, open: 3, doubled: 0, outOfOrder: 0 }],
    ['had one overtaken', [1, 3, 2, 4, 5], { arrived: 5, open: 0, doubled: 0, outOfOrder: 1 }],
    ['had one twice, at once', [1, 1, 2, 3, 4, 5], { arrived: 5, open: 0, doubled: 1, outOfOrder: 0 }],
    ['had one twice, later', [1, 2, 3, 4, 5, 2], { arrived: 5, open: 0, doubled: 1, outOfOrder: 0 }],
    ['had one overtaken and twice', [2, 1, 1, 3, 4, 5], { arrived: 5, open: 0, doubled: 1, outOfOrder: 1 }],
    ['heard nothing', [], { arrived: 0, open: 5, doubled: 0, outOfOrder: 0 }],
  ] as const)('%s', (_, numbers, figures) => {
    expect(heard(...numbers)).toMatchObject({ sent: 5, strange: 0, ...figures });
  });

  it('keeps conversations apart', () => {
    const sequences = new Sequences(2);
    expect([sequences.next(0), sequences.next(1), sequences.next(0)]).toEqual([1, 1, 2]);
    sequences.heard(0, 1);
    sequences.heard(1, 1);
    expect(sequences).toMatchObject({ arrived: 2, doubled: 0, open: 1 });
  });

  it('takes nothing for arrived that nobody said', () => {
    expect(heard(6, 0, NaN)).toMatchObject({ arrived: 0, strange: 3 });
    const sequences = new Sequences(1);
    sequences.heard(7, 1);
    expect(sequences.strange).toBe(1);
  });

  it('does not wait for what was refused aloud, and those after it are in order', () => {
    const sequences = new Sequences(1);
    const [first, second] = [sequences.next(0), sequences.next(0)];
    sequences.unsaid(0, first);
    sequences.heard(0, second);
    expect(sequences).toMatchObject({ sent: 1, arrived: 1, open: 0, outOfOrder: 0 });
  });
});
