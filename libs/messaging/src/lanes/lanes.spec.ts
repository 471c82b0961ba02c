import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Lanes } from './lanes.js';

const record = (key: string, n: number) => ({ key, n });

describe('the lanes', () => {
  it('hand out all that waits of a key at once, in order', () => {
    const lanes = new Lanes<{ key: string; n: number }>();
    [1, 2, 3].forEach((n) => lanes.add(record('a', n)));
    expect(lanes.next(10).map(({ n }) => n)).toEqual([1, 2, 3]);
  });

  it('hand out nothing of a key that is at work, and go on with it when it is done', () => {
    const lanes = new Lanes<{ key: string; n: number }>();
    lanes.add(record('a', 1));
    lanes.next(10);
    lanes.add(record('a', 2));
    expect(lanes.next(10)).toEqual([]);
    lanes.done('a', 1);
    expect(lanes.next(10)).toEqual([record('a', 2)]);
  });

  it('let the other keys pass a slow one', () => {
    const lanes = new Lanes<{ key: string; n: number }>();
    lanes.add(record('slow', 1));
    lanes.next(10);
    [2, 3, 4].forEach((n) => lanes.add(record('slow', n)));
    lanes.add(record('quick', 5));
    expect(lanes.next(10)).toEqual([record('quick', 5)]);
  });

  it('let a key with a long backlog wait behind the others after its turn', () => {
    const lanes = new Lanes<{ key: string; n: number }>();
    for (let n = 0; n < 5; n++) lanes.add(record('busy', n));
    lanes.add(record('other', 100));
    expect(lanes.next(2).map(({ n }) => n)).toEqual([0, 1]);
    lanes.done('busy', 2);
    expect(lanes.next(2).map(({ n }) => n)).toEqual([100, 2]);
  });

  it('forget what waits when they are cleared, but not who is at work', () => {
    const lanes = new Lanes<{ key: string; n: number }>();
    lanes.add(record('a', 1));
    lanes.next(1);
    lanes.add(record('a', 2));
    lanes.clear();
    lanes.add(record('a', 1));
    expect(lanes.next(10)).toEqual([]);
    lanes.done('a', 1);
    expect(lanes.next(10)).toEqual([record('a', 1)]);
  });

  it('keep what is asked for when they are cleared, in its order and its turn', () => {
    const lanes = new Lanes<{ key: string; n: number }>();
    lanes.add(record('a', 1));
    lanes.next(1);
    [record('a', 2), record('b', 3), record('a', 4), record('c', 5), record('b', 6)].forEach((one) => lanes.add(one));
    lanes.clear(({ n }) => n < 5);
    expect([lanes.waiting, lanes.readyNow]).toEqual([3, 1]);
    expect(lanes.next(10)).toEqual([record('b', 3)]);
    lanes.done('a', 1);
    expect(lanes.next(10)).toEqual([record('a', 2), record('a', 4)]);
  });

  it('refuse to be given back what nobody took', () => {
    expect(() => new Lanes().done('a', 1)).toThrow('nobody had taken');
  });

  it('keep order per key, never hand a key out twice, lose nothing and count right, whatever happens in whatever order', () => {
    const step = fc.oneof(
      { weight: 5, arbitrary: fc.record({ do: fc.constant('add' as const), key: fc.integer({ min: 0, max: 4 }) }) },
      { weight: 3, arbitrary: fc.record({ do: fc.constant('next' as const), max: fc.integer({ min: 1, max: 7 }) }) },
      { weight: 3, arbitrary: fc.record({ do: fc.constant('done' as const), which: fc.nat() }) },
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const lanes = new Lanes<{ key: string; n: number }>();
        const handedOut: { key: string; n: number }[] = [];
        const atWork = new Map<string, number>();
        let added = 0;
        const takeOne = (max: number) => {
          const batch = lanes.next(max);
          expect(batch.length).toBeLessThanOrEqual(max);
          const keys = new Set(batch.map(({ key }) => key));
          for (const key of keys) {
            expect(atWork.has(key)).toBe(false);
            atWork.set(key, batch.filter((one) => one.key === key).length);
          }
          handedOut.push(...batch);
          return batch.length;
        };
        const giveBack = (which: number) => {
          const [key, count] = [...atWork][which % atWork.size]!;
          atWork.delete(key);
          lanes.done(key, count);
        };
        for (const one of steps) {
          if (one.do === 'add') lanes.add(record(`k${one.key}`, added++));
          if (one.do === 'next') takeOne(one.max);
          if (one.do === 'done' && atWork.size > 0) giveBack(one.which);
          expect(lanes.waiting).toBe(added - handedOut.length);
          expect(lanes.taken).toBe([...atWork.values()].reduce((sum, count) => sum + count, 0));
        }
        while (lanes.waiting > 0) {
          while (atWork.size > 0) giveBack(0);
          expect(takeOne(3)).toBeGreaterThan(0);
        }
        expect(handedOut).toHaveLength(added);
        for (const key of new Set(handedOut.map((one) => one.key))) {
          const numbers = handedOut.filter((one) => one.key === key).map(({ n }) => n);
          expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
        }
      }),
    );
  });
});
