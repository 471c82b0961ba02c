import { describe, expect, it } from '@jest/globals';
import { problemWords } from './problem-words.js';
import { amountWords, freshnessWords, percentOf, sizeWords, stateWords } from './source-words.js';

describe('a source, in words', () => {
  it.each([
    ['queued', true, 'Waiting to be read'],
    ['running', false, 'Being read'],
    ['ready', true, 'Known'],
    ['ready', false, 'Switched off'],
    ['partial', true, 'Known in part'],
    ['failed', false, 'Could not be read'],
  ] as const)('is, %s and on: %s, "%s"', (state, enabled, label) => {
    expect(stateWords({ state, enabled }).label).toBe(label);
  });

  it.each([
    ['running', 3, 12, 25],
    ['queued', 0, 12, 0],
    ['running', 1, 1, undefined],
    ['running', 0, 0, undefined],
    ['ready', 12, 12, undefined],
  ] as const)('is %s, %d of %d pages: %s percent', (state, pagesDone, pagesTotal, percent) => {
    expect(percentOf({ state, progress: { pagesDone, pagesTotal, chunks: 0 } })).toBe(percent);
  });

  it.each([
    ['text', null, 1, 1, 1, '1 passage'],
    ['sitemap', { urls: ['https://a.example'] }, 1_204, 1, 1, '1,204 passages from 1 page'],
    ['page', { urls: ['https://a.example'] }, 2, 1, 1, '2 passages'],
    ['page', { urls: ['https://a.example', 'https://b.example'] }, 2, 2, 2, '2 passages from 2 pages'],
  ] as const)('%s %j holds %d passages of %d pages', (kind, web, chunks, pagesDone, pagesTotal, words) => {
    expect(amountWords({ kind, web: web && { urls: [...web.urls] }, progress: { chunks, pagesDone, pagesTotal } })).toBe(words);
  });

  it.each([
    [512, '512 bytes'],
    [3_400, '3.4 kB'],
    [450_200, '450 kB'],
    [20_971_520, '21 MB'],
  ])('has %d bytes: %s', (bytes, words) => {
    expect(sizeWords(bytes)).toBe(words);
  });

  it('is visited again as often as it was set', () => {
    expect([null, 168, 36].map(freshnessWords)).toEqual(['Only when I ask for it', 'Every week', 'Every 36 hours']);
  });
});

describe('what went wrong with a source', () => {
  it.each([
    ['source.encrypted', 'password'],
    ['page.robots', 'robots.txt'],
    ['page.forbidden-address', 'not open to the internet'],
    ['page.status-404', 'no such page'],
    ['page.status-403', 'signing in'],
    ['page.status-429', 'less often'],
    ['page.status-502', 'error 502'],
    ['page.eai_again', 'cannot be reached'],
    ['something.new', 'something.new'],
  ])('%s is told with "%s"', (code, words) => {
    expect(problemWords(code).what).toContain(words);
  });
});
