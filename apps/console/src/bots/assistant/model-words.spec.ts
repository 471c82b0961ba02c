import { describe, expect, it } from '@jest/globals';
import { triedWords } from './model-words.js';

describe('what a try of a model came to', () => {
  it.each([
    [{ works: true, tookMs: 1_240, code: null, status: null }, /1\.2 s/],
    [{ works: false, tookMs: 9, code: 'answering.model-late', status: null }, /ten seconds/],
    [{ works: false, tookMs: 9, code: 'answering.model-unreachable', status: null }, /Nothing answers/],
    [{ works: false, tookMs: 9, code: 'answering.model-refused', status: 401 }, /key is not taken \(401\)/],
    [{ works: false, tookMs: 9, code: 'answering.model-refused', status: 404 }, /no such model/],
    [{ works: false, tookMs: 9, code: 'answering.model-refused', status: 500 }, /refused \(500\)/],
    [{ works: false, tookMs: 9, code: 'answering.model-unreadable', status: null }, /not as a model does/],
  ])('%j', (tried, words) => {
    expect(triedWords(tried)).toMatch(words);
  });
});
