import { describe, expect, it } from '@jest/globals';
import { readHistoryToken, signHistoryToken } from './history-token.js';

const key = Buffer.alloc(32, 7);
const pass = { linkId: '5c3f1c1e-3c7e-5b6a-8f39-2f3f7c1b9a10', expiresAt: 1_770_000_000 };

describe('the token of a history link', () => {
  it('says which link it is and until when', () => {
    expect(readHistoryToken(key, signHistoryToken(key, pass))).toEqual(pass);
  });

  it('is worth nothing with any character changed', () => {
    const token = signHistoryToken(key, pass);
    for (let i = 0; i < token.length; i++) {
      const changed = token.slice(0, i) + (token[i] === 'A' ? 'B' : 'A') + token.slice(i + 1);
      expect(readHistoryToken(key, changed)).toBeNull();
    }
  });

  it('is worth nothing under another key, and so is what is no token', () => {
    expect(readHistoryToken(Buffer.alloc(32, 8), signHistoryToken(key, pass))).toBeNull();
    for (const text of ['', 'x', '../../etc/passwd', 'A'.repeat(72), 'A'.repeat(10_000)]) expect(readHistoryToken(key, text)).toBeNull();
  });
});
