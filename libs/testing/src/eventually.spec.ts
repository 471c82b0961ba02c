import { describe, expect, it } from '@jest/globals';
import { eventually } from './eventually.js';

describe('eventually', () => {
  it('returns what the check gave when it gave something', async () => {
    let looks = 0;
    expect(await eventually(() => (++looks < 3 ? undefined : `look ${looks}`), { every: 1 })).toBe('look 3');
  });

  it('forgives errors until the deadline, then tells the last one and what was waited for', async () => {
    const check = (): never => {
      throw new Error('nobody there');
    };
    await expect(eventually(check, { within: 20, every: 5, what: 'an answer' })).rejects.toThrow(
      'an answer did not happen within 20 ms: nobody there',
    );
  });
});
