import { describe, expect, it } from '@jest/globals';
import { fateOf, FOLLOWED_MS, summaryOf } from './fate.js';
import { reasonWords, sizeWords, topicWords } from './words.js';

const at = (o: Partial<Parameters<typeof fateOf>[0]>) => fateOf({ sent: 1, back: 0, sinceMs: 0, ...o });

describe('what became of a letter that was sent again', () => {
  it.each([
    ['is waited for', {}, 'waiting', /whether it comes back/],
    ['is told at once when it came back', { back: 1, sinceMs: 900 }, 'bad', /^It came back as a new dead letter/],
    ['is well when it did not come back in time', { sinceMs: FOLLOWED_MS }, 'good', /^It has not come back within 12 seconds/],
  ])('%s', (_, followed, tone, text) => {
    expect(at(followed)).toEqual({ tone, text: expect.stringMatching(text) });
  });

  it('is told of many when all had time to come back', () => {
    expect(at({ sent: 5, back: 2, sinceMs: 1_000 }).tone).toBe('waiting');
    expect(at({ sent: 5, back: 2, sinceMs: FOLLOWED_MS })).toMatchObject({ tone: 'bad', text: expect.stringMatching(/^2 of 5 came back/) });
    expect(at({ sent: 5, sinceMs: FOLLOWED_MS }).text).toMatch(/^They have not come back/);
  });

  it('is summed up', () => {
    const outcomes = (['replayed', 'replayed', 'already'] as const).map((outcome, n) => ({ letterId: String(n), outcome }));
    expect(summaryOf(outcomes)).toBe('2 sent again, 1 had been sent again before');
  });
});

describe('the words of dead letters', () => {
  it('explain every reason, and do not fail for one that is new', () => {
    expect(reasonWords('not-json').title).toBe('Not readable');
    expect(reasonWords('something-new').title).toBe('something-new');
  });
  it.each([
    [312, '312 bytes'],
    [1_536, '1.5 KB'],
    [900_000, '879 KB'],
  ])('%d bytes are %s', (bytes, words) => expect(sizeWords(bytes)).toBe(words));
  it('name topics as people do', () => expect(topicWords('delivery-receipts')).toBe('delivery receipts'));
});
