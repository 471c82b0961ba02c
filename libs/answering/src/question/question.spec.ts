import { describe, expect, it } from '@jest/globals';
import type { Retrieval } from '@baton/knowledge';
import { aPassage, aRetrieval, aTalk } from '../testing/builders.js';
import { believedRewriting } from '../written/rewrite.js';
import { leaningOf, withTopic, type Rewritten } from './follow-up.js';
import { lookUp } from './look-up.js';

describe('a question', () => {
  it.each([
    ['en', 'How much does it cost?'],
    ['en', 'and how much does it cost?'],
    ['en', 'And to Germany?'],
    ['en', 'what about returns?'],
    ['en', 'why?'],
    ['en', 'how long?'],
    ['en', 'Is that free?'],
    ['en', 'Can I return them?'],
    ['de', 'Und was kostet das?'],
    ['de', 'Wie lange dauert es?'],
    ['de', 'Und nach Österreich?'],
    ['de', 'Warum?'],
    ['fr', 'Et combien ça coûte ?'],
    ['fr', 'Et pour la Belgique ?'],
    ['es', '¿Y cuánto cuesta?'],
    ['es', '¿Y a Canarias?'],
    ['it', 'E quanto costa?'],
    ['it', 'E per la Svizzera?'],
    ['nl', 'En hoeveel kost dat?'],
    ['pt', 'E quanto custa isso?'],
    ['pl', 'A ile to kosztuje?'],
    ['sv', 'Och vad kostar det?'],
    ['tr', 'Peki bu ne kadar?'],
  ])('leans on the talk (%s): %s', (language, question) => {
    expect(leaningOf(question, language)).toBe('leans');
  });

  it.each([
    ['en', 'Shipping?'],
    ['en', 'And do you have free parking near the shop?'],
    ['en', 'Can I pay for it with a gift card?'],
    ['de', 'Rückgabe?'],
    ['fr', 'Livraison ?'],
    ['en', 'the outlet?'],
  ])('perhaps leans on the talk (%s): %s', (language, question) => {
    expect(leaningOf(question, language)).toBe('perhaps');
  });

  it.each([
    ['en', 'What is the outlet?'],
    ['en', 'How can I pay?'],
    ['de', 'Was ist das Outlet?'],
    ['de', 'Wie lange ist die Garantie?'],
  ])('hardly leans on the talk (%s): %s', (language, question) => {
    expect(leaningOf(question, language)).toBe('hardly');
  });

  it.each([
    ['en', 'How do I reset my password?'],
    ['en', 'Do you ship to Norway?'],
    ['en', 'refund policy'],
    ['en', 'Where can I find the invoice of my last order?'],
    ['en', 'My zip broke after two weeks, is there a warranty on that jacket model?'],
    ['de', 'Wie kann ich mein Passwort ändern?'],
    ['de', 'Liefern Sie auch nach Norwegen?'],
    ['fr', 'Comment modifier mon adresse de livraison ?'],
    ['es', '¿Cómo cambio mi contraseña de usuario?'],
    ['it', 'Come posso restituire un articolo?'],
    ['nl', 'Hoe kan ik mijn bestelling retourneren?'],
    ['pl', 'Jak zwrócić zamówienie?'],
    ['sv', 'Kan jag betala med Klarna?'],
    ['tr', 'Kargo ücreti ne kadar?'],
  ])('stands by itself (%s): %s', (language, question) => {
    expect(leaningOf(question, language)).toBe('stands');
  });
});

describe('the look-up question of a follow-up', () => {
  it.each<[string, string, string[], string | undefined]>([
    [
      'and how much does it cost?',
      'en',
      ['v: Do you ship to Norway?', 'Yes, we ship to Norway.'],
      'ship Norway: and how much does it cost?',
    ],
    [
      'and how long does it take?',
      'en',
      ['v: Do you ship to Norway?', 'Yes.', 'v: and how much does it cost?', '12 euros.'],
      'ship Norway cost: and how long does it take?',
    ],
    [
      'How much is it?',
      'en',
      ['v: hi', 'Hello!', 'v: Do you have the blue Trekker tent?', 'Yes.', 'v: thanks', 'You are welcome!'],
      'blue Trekker tent: How much is it?',
    ],
    ['Und was kostet das?', 'de', ['v: Liefern Sie nach Norwegen?', 'Ja.'], 'Liefern Norwegen: Und was kostet das?'],
    ['Et combien ça coûte ?', 'fr', ['v: Livrez-vous en Norvège ?', 'Oui.'], 'Livrez Norvège: Et combien ça coûte ?'],
    ['How do I change my password?', 'en', ['v: Do you ship to Norway?', 'Yes.'], undefined],
    ['How much does it cost?', 'en', [], undefined],
  ])('"%s" (%s)', (question, language, before, rewritten) => {
    expect(withTopic(question, aTalk(...before), language)?.question).toBe(rewritten);
  });

  it('takes up what an agent said last', () => {
    const talk = aTalk('v: hello', 'a: Hi! Our summer sale on bicycles begins today.');
    expect(withTopic('how long does it last?', talk, 'en')?.question).toBe('summer sale bicycles begins: how long does it last?');
  });

  it('that answers a question of ours keeps the topic it is about', () => {
    const talk = aTalk('v: What does the warranty of my tent cover?', 'a: Which model is it?');
    expect(withTopic('the Trekker 2', talk, 'en')).toEqual({
      question: 'warranty tent cover model: the Trekker 2',
      leaning: 'leans',
      names: ['trekker'],
    });
  });

  it('is not made of what we said by ourselves', () => {
    expect(withTopic('refund policy', aTalk('v: hi', 'Hello! What can I help you with?'), 'en')).toBeUndefined();
    expect(withTopic('how long?', aTalk('v: hi', 'Hello! What can I help you with?'), 'en')).toBeUndefined();
  });

  it('has eight words of the talk at most, and none twice', () => {
    const talk = aTalk('v: one boat two boats red green blue yellow purple orange violet brown black boats', 'Yes.');
    expect(withTopic('how much is it?', talk, 'en')?.question).toBe('boat two red green blue yellow purple orange: how much is it?');
  });
});

describe('a follow-up is looked up both ways', () => {
  const found = (support: number, text: string) => aRetrieval([aPassage({ text })], { support, threshold: 0.4 });
  const lookedUp = async (leaning: Rewritten['leaning'], names: string[], alone: Retrieval, within: Retrieval, threshold?: number) =>
    lookUp(
      'alone',
      { question: 'with topic', leaning, names },
      (question) => Promise.resolve(question === 'alone' ? alone : within),
      threshold,
    );

  it.each([
    ['leans', 0.5, 0.7, 'with topic'],
    ['leans', 0.7, 0.65, 'with topic'],
    ['leans', 0.9, 0.5, 'alone'],
    ['perhaps', 0.5, 0.52, 'alone'],
    ['perhaps', 0.5, 0.7, 'with topic'],
  ] as const)(
    'and believed by its support, when it names nothing: %s, alone %d, with its topic %d',
    async (leaning, alone, within, which) => {
      expect((await lookedUp(leaning, [], found(alone, 'x'), found(within, 'x'))).question).toBe(which);
    },
  );

  it.each([
    ['leans', 0.7, 0.73, 'alone'],
    ['leans', 0.5, 0.7, 'with topic'],
    ['leans', 0.3, 0.32, 'with topic'],
    ['perhaps', 0.5, 0.7, 'with topic'],
    ['hardly', 0.5, 0.95, 'alone'],
    ['hardly', 0.1, 0.7, 'with topic'],
    ['hardly', 0.38, 0.41, 'alone'],
  ] as const)('and as it stands where it names what is known: %s, alone %d, with its topic %d', async (leaning, alone, within, which) => {
    const known = found(alone, 'The outlet has plants at half the price.');
    expect((await lookedUp(leaning, ['outlet'], known, found(within, 'A gift card is valid for 3 years.'))).question).toBe(which);
  });

  it('and the topic does not carry a new matter that nobody knows', async () => {
    const unknown = found(0.1, 'Plants at half the price.');
    expect((await lookedUp('hardly', ['bitcoin'], unknown, found(0.9, 'A gift card is valid for 3 years.'))).question).toBe('alone');
  });

  it('by the threshold of the settings, where there is one', async () => {
    const known = found(0.5, 'The outlet has plants at half the price.');
    expect((await lookedUp('hardly', ['outlet'], known, found(0.9, 'The outlet closes at six.'), 0.6)).question).toBe('with topic');
  });
});

describe('the rewriting of a model', () => {
  const talk = 'Do you ship to Norway?\nYes.\nand how much does it cost?';
  it.each([
    ['How much does it cost to ship to Norway?', 'How much does it cost to ship to Norway?'],
    ['"How much does shipping to Norway cost?"', 'How much does shipping to Norway cost?'],
    ['<think>hm</think>How much does it cost to ship to Norway?', 'How much does it cost to ship to Norway?'],
    ['How much is a discount coupon for premium members?', undefined],
    ['Sure, here it is:\nHow much does it cost?', undefined],
    ['{"question":"ship Norway"}', undefined],
    ['', undefined],
    [`ship to Norway ${'cost '.repeat(80)}`, undefined],
  ])('%s', (said, believed) => {
    expect(believedRewriting(said, talk, 'en')).toBe(believed);
  });
});
