import { describe, expect, it } from '@jest/globals';
import { guessLanguage, languageOf } from './language.js';

describe('the language of a text', () => {
  it.each([
    ['en', 'How do I reset my password?'],
    ['de', 'Wie kann ich mein Passwort ändern?'],
    ['fr', 'Combien ça coûte ?'],
    ['es', '¿Cuánto cuesta el envío?'],
    ['it', 'Come posso restituire un articolo?'],
    ['nl', 'Hoe kan ik mijn bestelling retourneren?'],
    ['pt', 'Quanto custa o envio?'],
    ['pl', 'Jak zwrócić zamówienie?'],
    ['sv', 'Kan jag betala med Klarna?'],
    ['tr', 'Kargo ücreti ne kadar?'],
    ['ja', '返品したいです'],
  ])('is %s in "%s"', (language, text) => {
    expect(languageOf(text)).toBe(language);
  });

  it('is not told by numbers and addresses', () => {
    expect(guessLanguage('12345 https://shop.example/versand info@shop.example')).toBeUndefined();
    expect(languageOf('Wo ist meine Bestellung 4711? https://shop.example/where-is-my-order')).toBe('de');
  });

  it.each(['a@'.repeat(750), 'a@a.'.repeat(375), '你好'.repeat(750), 'www.'.repeat(375)])(
    'is told soon of one endless word: %#',
    (word) => {
      guessLanguage('the first look takes longer');
      const begun = performance.now();
      guessLanguage(word);
      expect(performance.now() - begun).toBeLessThan(200);
    },
  );

  it('is the fallback where the words are too few', () => {
    expect(languageOf('ok', { fallback: 'de' })).toBe('de');
    expect(languageOf('ok')).toBeUndefined();
  });
});
