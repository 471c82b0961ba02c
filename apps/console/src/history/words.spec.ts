import { describe, expect, it } from '@jest/globals';
import { causeWords, placeWords, valueWords, whereWords } from './words.js';

describe('a change in words', () => {
  it.each([
    ['name', 'Name'],
    ['handover.noAgentMessage', 'Handover › No agent message'],
    ['handover.hours.exceptions[2026-12-24].open', 'Handover › Hours › Exceptions › 2026-12-24 › Open'],
    ['handover.categories["Billing & co"].inboxId', 'Handover › Categories › Billing & co › Inbox id'],
    ['handover.languages.de-AT.texts', 'Handover › Languages › de-AT › Texts'],
    ['webchat.allowedOrigins[https://shop.example]', 'Webchat › Allowed origins › https://shop.example'],
  ])('is at %s', (path, words) => {
    expect(placeWords(path)).toBe(words);
  });

  it.each([
    ['rolled-back', 3, 'Gone back to version 3'],
    ['applied', null, 'Taken over from files'],
    ['something-new', null, 'Something new'],
  ])('is there because of %s', (cause, restored, words) => {
    expect(causeWords({ cause, restored })).toBe(words);
  });

  it('is told in one line', () => {
    expect(whereWords(['name', 'locale'], 0)).toBe('Name, Locale');
    expect(whereWords(['a', 'b', 'c', 'd'], 5)).toBe('A, B, C, 6 more');
    expect(whereWords([], 0)).toBe('');
  });

  it.each([
    ['a text', 'a text'],
    ['', '(empty)'],
    [true, 'yes'],
    [[], '(none)'],
    [12, '12'],
    [{ tokenKey: { fingerprint: '0123456789ab' }, tier: 'plugin' }, 'Token key: (a secret)\nTier: plugin'],
    [['a', 'b'], 'a, b'],
    [
      { weekly: { monday: [{ from: '09:00', to: '17:00' }], friday: [] } },
      'Weekly:\n   Monday:\n      – From: 09:00, To: 17:00\n   Friday: (none)',
    ],
    [[{ date: '12-24', open: [] }], '– Date: 12-24\n   Open: (none)'],
    [{}, '(nothing)'],
    [null, '(nothing)'],
  ])('shows %j', (value, words) => {
    expect(valueWords(value)).toBe(words);
  });
});
