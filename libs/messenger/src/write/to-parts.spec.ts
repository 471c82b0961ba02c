import { readFileSync } from 'node:fs';
import { PART_LIMIT, plainText } from '@baton/contracts';
import type { Author, MessageBody } from '@baton/contracts';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { MessengerPart } from './part.js';
import { personaName, toMessengerParts, withName, type HowToSay } from './to-parts.js';

interface Golden {
  readonly says: string;
  readonly body: MessageBody;
  readonly author: Author;
  readonly how?: HowToSay;
  readonly parts: readonly MessengerPart[];
}

const golden = JSON.parse(readFileSync(new URL('../../golden/parts.json', import.meta.url), 'utf8')) as Golden[];

describe('on Messenger', () => {
  it.each(golden)('$says', ({ body, author, how, parts }) => {
    expect(toMessengerParts(body, author, how)).toEqual(parts);
  });
});

const said = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 }),
  fc.array(fc.lorem({ mode: 'sentences', maxCount: 8 }), { minLength: 1, maxLength: 30 }).map((pieces) => pieces.join('\n')),
  fc.string({ unit: 'binary', minLength: 1_000, maxLength: 5_000 }).map((text) => text.toWellFormed()),
);
const reply = fc.record({ title: fc.string({ unit: 'grapheme', maxLength: 40 }), payload: fc.string({ maxLength: 1_000 }) });
const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 120 });
const author = fc.record({ kind: fc.constantFrom('bot' as const, 'agent' as const, 'system' as const), name });

const textOf = (part: MessengerPart) => ('text' in part ? part.text : part.fallbackText);
const bare = (text: string) => text.replaceAll(/\s+/gu, '');

describe('whatever is said', () => {
  it('each part is shorter than 2,000 characters, also when a refused persona is named after all', () => {
    fc.assert(
      fc.property(said, author, name, fc.array(reply, { maxLength: 20 }), fc.boolean(), (text, by, persona, quickReplies, sayName) => {
        const parts = toMessengerParts({ type: 'text', text, quickReplies }, by, { sayName, before: 'Correction:' });
        for (const part of parts) expect(textOf(part).length).toBeLessThan(2_000);
        if (!sayName) for (const part of parts) expect(textOf(withName(part, persona)).length).toBeLessThan(2_000);
      }),
      { numRuns: 100 },
    );
  });

  it('the parts joined are what was said, but for marks and white space', () => {
    fc.assert(
      fc.property(said, author, (text, by) => {
        const parts = toMessengerParts({ type: 'text', text }, by);
        expect(bare(parts.map(textOf).join(''))).toBe(bare(plainText(text)));
      }),
      { numRuns: 100 },
    );
  });

  it('taps stand under the last part, within Meta’s limits, and no two read the same', () => {
    fc.assert(
      fc.property(said, fc.array(reply, { minLength: 1, maxLength: 20 }), (text, quickReplies) => {
        const parts = toMessengerParts({ type: 'text', text, quickReplies }, { kind: 'bot' });
        const tapped = parts.filter((part) => 'text' in part && part.quickReplies !== undefined);
        expect(tapped.every((part) => part === parts.at(-1))).toBe(true);
        const taps = tapped.flatMap((part) => ('text' in part ? (part.quickReplies ?? []) : []));
        expect(taps.length).toBeLessThanOrEqual(13);
        expect(new Set(taps.map(({ title }) => title)).size).toBe(taps.length);
        for (const { title, payload } of taps) {
          expect(title.length).toBeGreaterThan(0);
          expect(title.length).toBeLessThanOrEqual(20);
          expect(payload.length).toBeGreaterThan(0);
          expect(payload.length).toBeLessThanOrEqual(1_000);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('a file is one attachment, and its link fits into a text', () => {
    const file = fc.record({
      type: fc.constant('file' as const),
      name: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 100 }),
      url: fc.integer({ min: 1, max: 2_000 }).map((length) => `https://shop.example/${'a'.repeat(length)}`),
      contentType: fc.oneof(fc.constantFrom('image/png', 'audio/ogg', 'video/mp4', 'text/html', 'text/plain', ''), fc.string()),
    });
    fc.assert(
      fc.property(file, author, fc.boolean(), (body, by, sayName) => {
        const parts = toMessengerParts(body, by, { sayName });
        expect(parts.filter((part) => 'attachment' in part).length).toBeLessThanOrEqual(1);
        for (const part of parts) expect(textOf(part).length).toBeLessThan(PART_LIMIT + 60);
      }),
    );
  });
});

describe('the name of a persona', () => {
  it.each([
    ['Mia', 'Mia'],
    ['  Mia \n Kim ', 'Mia Kim'],
    ['M'.repeat(50), 'M'.repeat(50)],
    ['M'.repeat(51), `${'M'.repeat(49)}…`],
  ])('%j becomes %j', (given, expected) => {
    expect(personaName(given)).toBe(expected);
  });
});
