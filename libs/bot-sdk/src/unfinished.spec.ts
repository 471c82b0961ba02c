import { describe, expect, it } from '@jest/globals';
import { Unfinished } from './unfinished.js';

describe('what a bot may commit', () => {
  it('ends before the oldest record that is still in work', () => {
    const unfinished = new Unfinished();
    for (const offset of ['7', '8', '9']) unfinished.take(0, offset);
    unfinished.done(0, '8');
    expect(unfinished.toCommit()).toEqual([{ partition: 0, offset: '7' }]);
    unfinished.done(0, '7');
    expect(unfinished.toCommit()).toEqual([{ partition: 0, offset: '9' }]);
  });

  it('is the next offset when everything is done, and nothing when that was committed', () => {
    const unfinished = new Unfinished();
    unfinished.take(3, '41');
    unfinished.done(3, '41');
    expect(unfinished.toCommit()).toEqual([{ partition: 3, offset: '42' }]);
    unfinished.committed(3, '42');
    expect(unfinished.toCommit()).toEqual([]);
  });
});
