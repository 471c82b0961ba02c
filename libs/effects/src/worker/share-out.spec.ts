import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { shareOut } from './share-out.js';

describe('free places', () => {
  it('go to each target in turn, none more than it can take', () => {
    const room: Record<string, number> = { busy: 100, quiet: 2, full: 0 };
    expect([...shareOut(10, ['busy', 'quiet', 'full'], (target) => room[target] ?? 0)]).toEqual([
      ['busy', 8],
      ['quiet', 2],
    ]);
  });
  it('are all given away when there is use for them, and never more than there are', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -5, max: 300 }),
        fc.array(fc.oneof(fc.integer({ min: -2, max: 40 }), fc.constant(Infinity)), { maxLength: 30 }),
        (free, rooms) => {
          const names = rooms.map((_, index) => `t${index}`);
          const roomOf = (target: string) => rooms[Number(target.slice(1))] ?? 0;
          const shares = shareOut(free, names, roomOf);
          let given = 0;
          for (const [target, share] of shares) {
            expect(share).toBeGreaterThanOrEqual(1);
            expect(share).toBeLessThanOrEqual(roomOf(target));
            given += share;
          }
          const use = rooms.reduce((sum, room) => sum + Math.max(0, room), 0);
          expect(given).toBe(Math.max(0, Math.min(free, use)));
        },
      ),
    );
  });
});
