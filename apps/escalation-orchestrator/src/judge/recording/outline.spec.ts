import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { aFact, storyOn } from '../../floor/conversation.builder.js';
import type { Story } from '../../floor/conversation.builder.js';
import type { Fact } from '../../floor/facts.js';
import { canonical, digestOf, isSame } from './canonical.js';
import { actionInShort, outlineOf } from './outline.js';

function outlineAfter(story: Story, fact: Fact) {
  const before = story.conversation;
  story.happens(fact);
  return outlineOf({ before, after: story.conversation, fact, actions: story.actions });
}

describe('what is kept of a decision', () => {
  it('names what was asked for, in order, and what became another', () => {
    const { kind, did, changed } = outlineAfter(storyOn.bot(), aFact('visitor-wrote'));
    expect({ kind, did: did.map((one) => one.split('#')[0]) }).toEqual({
      kind: 'visitor-wrote',
      did: ['record:visitor:1', 'tell-bot:bot.turn'],
    });
    expect(changed).toMatchObject({ turn: '+1', linePosition: '+1', openTurns: [1] });
  });

  it('holds no word of anybody', () => {
    const secret = 'my card is 4111';
    const story = storyOn.bot();
    const facts = [
      aFact('visitor-wrote', { body: { type: 'text', text: secret } }),
      aFact('bot-answered', { messages: [{ text: secret }], needHelp: true, reason: secret, note: secret, userData: { name: secret } }),
    ];
    expect(facts.map((fact) => JSON.stringify(outlineAfter(story, fact))).join()).not.toContain('4111');
  });

  it('is the same for the same words further down, and another one for other words', () => {
    const line = (text: string, n: number) =>
      actionInShort({
        do: 'deliver',
        line: { messageId: 'm', position: n, at: 1, author: { kind: 'system' }, body: { type: 'text', text }, handoverId: null },
        withdrawable: false,
        deliverySequence: n,
        epoch: n,
      });
    expect(line('a', 1).split('#')[1]).toBe(line('a', 2).split('#')[1]);
    expect(line('a', 1)).not.toBe(line('b', 1));
  });
});

describe('a digest', () => {
  it.each([
    ['the order of fields', { a: 1, b: { c: 2, d: 3 } }, { b: { d: 3, c: 2 }, a: 1 }],
    ['fields that are undefined', { a: 1, b: undefined }, { a: 1 }],
  ])('does not know %s', (_, one, other) => expect(digestOf(one)).toBe(digestOf(other)));

  it.each([
    ['null and nothing', { a: null }, {}],
    ['the order of a list', [1, 2], [2, 1]],
    ['a number and its text', 1, '1'],
    ['two fields that changed places', { a: 1, b: 2 }, { a: 2, b: 1 }],
    ['a list and the list of it', [1], [[1]]],
    ['what stands inside from what stands outside', { a: { b: 1 }, c: 2 }, { a: { b: 1, c: 2 } }],
    ['nothing and an empty list', {}, []],
  ])('tells apart %s', (_, one, other) => expect(digestOf(one)).not.toBe(digestOf(other)));
});

it('values are the same, and have the same digest, exactly when they are written the same', () => {
  const value = fc.letrec((tie) => ({
    value: fc.oneof(
      fc.constantFrom(null, 0, 1, '', 'a', true, undefined),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('value'), { maxKeys: 3, noNullPrototype: true }),
    ),
  })).value;
  fc.assert(
    fc.property(value, value, (one, other) => {
      const written = (given: unknown) => canonical(given ?? null);
      expect(isSame(one, other)).toBe(written(one) === written(other));
      expect(isSame(one, structuredClone(one))).toBe(true);
      expect(digestOf(one) === digestOf(other)).toBe(written(one) === written(other));
    }),
  );
});
