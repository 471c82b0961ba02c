import { describe, expect, it } from '@jest/globals';
import { ourLanguages, promisesIn } from '@baton/language';
import { lineTexts } from './line-texts.js';
import { languageName, lineOf, withNotice } from './lines.js';
import { visitorLanguage } from './visitor-language.js';
import { mayBeIn } from '../guards/answer-language.js';

describe('the language of a visitor', () => {
  it.each([
    ['en', ['Where is my order?']],
    ['en', ['refund']],
    ['en', ['hi']],
    ['de', ['Hallo, wo ist mein Paket?']],
    ['de', ['danke']],
    ['de', ['Rückgabe?']],
    ['fr', ['Bonjour, où est ma commande ?']],
    ['fr', ['merci']],
    ['es', ['¿Dónde está mi pedido?']],
    ['es', ['gracias']],
    ['it', ['Dov’è il mio ordine?']],
    ['it', ['Quanto costa la spedizione?']],
    ['nl', ['Waar is mijn bestelling?']],
    ['nl', ['bedankt']],
    ['pt', ['Onde está o meu pedido?']],
    ['pt', ['obrigado']],
    ['pl', ['Gdzie jest moje zamówienie?']],
    ['pl', ['dziękuję']],
    ['sv', ['Var är min beställning?']],
    ['sv', ['tack']],
    ['tr', ['Siparişim nerede?']],
    ['tr', ['teşekkürler']],
    ['ru', ['Где мой заказ?']],
    ['ja', ['注文はどこですか']],
  ])('is %s in %j', (language, lines) => {
    expect(visitorLanguage(lines)).toBe(language);
  });

  it.each([
    ['words weigh more than the locale', ['Wo ist meine Bestellung?'], 'fr-FR', 'de'],
    ['words that say nothing leave the locale', ['4711'], 'fr-FR', 'fr'],
    ['a word of every language leaves the locale', ['ok'], 'pl', 'pl'],
    ['a lone foreign word changes nothing', ['Wo ist meine Bestellung?', 'thanks'], undefined, 'de'],
    ['a name changes nothing', ['Wo ist meine Bestellung?', 'Norway?'], undefined, 'de'],
    ['a sentence in another language changes it', ['Wo ist meine Bestellung?', 'Sorry, can we speak English please?'], undefined, 'en'],
    ['a locale that is none is none', ['4711'], '??', 'en'],
    ['links do not count', ['https://shop.example/where-is-my-order'], 'it', 'it'],
    ['of languages that sound alike the locale is taken', ['Jeg vil gjerne vite hvor pakken min er'], 'nb-NO', 'no'],
  ])('%s', (_, lines, locale, language) => {
    expect(visitorLanguage(lines, locale)).toBe(language);
  });
});

describe('the language of one endless word', () => {
  it.each(['a@'.repeat(2_000), '你好'.repeat(2_000)])('is sought no longer than that of others: %#', (word) => {
    visitorLanguage(['the first look takes longer'], 'en');
    const begun = process.cpuUsage();
    expect(visitorLanguage(Array(12).fill(word), 'en')).toBeDefined();
    // Of the processor, in microseconds: how long others kept it is no matter of the word.
    expect(process.cpuUsage(begun).user).toBeLessThan(400_000);
  });
});

describe('our own lines', () => {
  const voice = (language: string, texts = {}) => ({ language, botName: 'Ada', texts });

  it.each(ourLanguages)('in %s are in it, whole, and promise nothing', (language) => {
    for (const [name, text] of Object.entries(lineTexts[language])) {
      expect(text.trim()).not.toBe('');
      if (name !== 'toHuman') expect(promisesIn(text, '')).toBe(0);
      expect(mayBeIn(language, text.replace('{name}', ''))).toBe(true);
    }
    expect(lineTexts[language].automated).toContain('{name}');
    expect(lineTexts[language].foundIn).toContain('{language}');
  });

  it('are the ones of the settings where they are set', () => {
    expect(lineOf('unknown', voice('de', { unknown: 'Keine Ahnung, fragt {name}.' }))).toBe('Keine Ahnung, fragt Ada.');
    expect(lineOf('unknown', voice('de', { unknown: '  ' }))).toBe(lineTexts.de.unknown);
  });

  it('are English where we have none', () => {
    expect(lineOf('source', voice('ja'))).toBe('Source');
  });

  it('say that a machine speaks before the text, where it must be said', () => {
    expect(withNotice('Hi', voice('en', { automated: 'I am a bot.' }), true)).toBe('I am a bot.\n\nHi');
    expect(withNotice('Hi', voice('en'), false)).toBe('Hi');
  });

  it('name languages', () => {
    expect(languageName('en', 'de')).toBe('Englisch');
    expect(languageName('!!', 'de')).toBe('!!');
  });
});
