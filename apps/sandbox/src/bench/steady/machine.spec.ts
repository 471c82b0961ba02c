import { describe, expect, it } from '@jest/globals';
import { descendants, parseStat, type ProcessEntry } from './machine.js';

describe('the processes of this machine', () => {
  it.each([
    ['4711 (java) S 12 4711 1 0', { pid: 4711, parent: 12, command: 'java' }],
    ['9 (tmux: (a) b) S 1 9 9 0', { pid: 9, parent: 1, command: 'tmux: (a) b' }],
  ])('%s', (stat, entry) => {
    expect(parseStat(stat)).toEqual(entry);
  });

  it('those that one started, and those they started', () => {
    const entry = (pid: number, parent: number): ProcessEntry => ({ pid, parent, command: 'x' });
    const all = [entry(1, 0), entry(2, 1), entry(3, 2), entry(4, 1), entry(5, 99)];
    expect(descendants(1, all).map(({ pid }) => pid)).toEqual([2, 3, 4]);
    expect(descendants(7, all)).toEqual([]);
  });
});
