import { describe, expect, it } from '@jest/globals';
import { MAX_VISITOR_TEXT } from '@baton/contracts';
import { uuid } from '../testing/deliveries.js';
import { readFrame } from './read-frame.js';

const clientId = uuid(7);
const send = (text: unknown, more: object = {}): string => JSON.stringify({ t: 'send', clientId, body: { type: 'text', text }, ...more });

describe('a frame from a browser', () => {
  it.each<[string, string, object]>([
    ['no JSON', '{"t":', { refused: 'bad-frame' }],
    ['no object', '"hello"', { refused: 'bad-frame' }],
    ['nothing', 'null', { refused: 'bad-frame' }],
    ['an unknown kind', '{"t":"shout"}', { refused: 'bad-frame' }],
    ['an empty text', send('  '), { refused: 'bad-frame', clientId }],
    ['a text of nothing but NUL', send('\u0000'), { refused: 'bad-frame', clientId }],
    ['a text that is none', send(12), { refused: 'bad-frame', clientId }],
    ['a text with a length that is no number', send({ length: { toString: 1 } }), { refused: 'bad-frame', clientId }],
    ['a text over the limit', send('a'.repeat(MAX_VISITOR_TEXT + 1)), { refused: 'text-too-long', clientId }],
    ['a text of 100 kB', send('a'.repeat(100_000)), { refused: 'text-too-long', clientId }],
    ['a large frame of another kind', JSON.stringify({ t: 'pong', ballast: 'a'.repeat(40_000) }), { refused: 'bad-frame' }],
    ['a client id with a path in it', send('Hi', { clientId: '../../etc' }), { refused: 'bad-frame' }],
    ['a seq below zero', '{"t":"seen","upTo":-1}', { refused: 'bad-frame' }],
  ])('is refused: %s', (_what, text, refused) => {
    expect(readFrame(text)).toEqual(refused);
  });

  it.each([
    ['plain words', 'Hello', 'Hello'],
    ['the longest text', 'a'.repeat(MAX_VISITOR_TEXT), 'a'.repeat(MAX_VISITOR_TEXT)],
    ['emoji', '👩‍👩‍👧🏳️‍🌈', '👩‍👩‍👧🏳️‍🌈'],
    ['right to left', 'שלום مرحبا', 'שלום مرحبا'],
    ['HTML, which stays text', '<script>alert(1)</script>', '<script>alert(1)</script>'],
    ['spaces around', '  Hello \n', 'Hello'],
    ['a NUL inside', 'a\u0000b', 'ab'],
  ])('is taken: %s', (_what, text, taken) => {
    expect(readFrame(send(text))).toEqual({ frame: { t: 'send', clientId, body: { type: 'text', text: taken } } });
  });
});
