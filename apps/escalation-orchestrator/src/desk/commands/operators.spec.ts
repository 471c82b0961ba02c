import { describe, expect, it } from '@jest/globals';
import { Operators } from './operators.js';

describe('who works for a website', () => {
  it('is asked once for all commands, anew where somebody is not known, and again after a while', async () => {
    let now = 0;
    let asked = 0;
    let working: readonly string[] = ['mia'];
    const operators = new Operators(() => now);
    const has = (id: string) =>
      operators.has('website', id, async () => {
        asked += 1;
        return working;
      });
    expect([await has('mia'), await has('mia'), asked]).toEqual([true, true, 1]);
    expect([await has('tom'), asked]).toEqual([false, 1]);
    working = ['tom'];
    now += 11_000;
    expect([await has('tom'), await has('mia'), asked]).toEqual([true, true, 2]);
    now += 300_000;
    expect([await has('mia'), asked]).toEqual([false, 3]);
  });
});
