import { describe, expect, it } from '@jest/globals';
import { mayChime } from './may-chime.js';

const NOBODY = { seq: 0, at: 0 };
const NOW = 1_000_000;
const message = (patch = {}) => ({ seq: 12, liveAfter: 10, author: 'agent', ...patch });

describe('a sound', () => {
  it('is made for what a human says now', () => {
    expect(mayChime(message(), NOBODY, false, NOW)).toBe(true);
  });

  it.each(['bot', 'system', 'visitor'])('is not made for what the %s says', (author) => {
    expect(mayChime(message({ author }), NOBODY, false, NOW)).toBe(false);
  });

  it('is not made for what was said before the page was there', () => {
    expect(mayChime(message({ seq: 10 }), NOBODY, false, NOW)).toBe(false);
  });

  it('is not made when the visitor wants none', () => {
    expect(mayChime(message(), NOBODY, true, NOW)).toBe(false);
  });

  it('is made once for a message that several tabs hear', () => {
    expect(mayChime(message(), { seq: 12, at: NOW - 60_000 }, false, NOW)).toBe(false);
  });

  it('is made at most every two seconds', () => {
    expect(mayChime(message(), { seq: 11, at: NOW - 1_999 }, false, NOW)).toBe(false);
    expect(mayChime(message(), { seq: 11, at: NOW - 2_000 }, false, NOW)).toBe(true);
  });

  it('comes back although the clock was set back', () => {
    expect(mayChime(message(), { seq: 11, at: NOW + 3_600_000 }, false, NOW)).toBe(true);
  });
});
