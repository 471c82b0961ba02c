import { describe, expect, it } from '@jest/globals';
import { wordsFor } from './refused-words.js';

describe('a visitor whose file was not taken', () => {
  it.each([
    ['file.too-large', 'de-AT', 'Ihre Datei ist nicht angekommen: Dateien dürfen höchstens 10 MB groß sein.'],
    ['file.type-not-allowed', 'fr', 'Votre fichier n’est pas arrivé : ce type de fichier n’est pas accepté.'],
    ['file.too-many', 'nl', 'Je bestand is niet aangekomen: je hebt te veel bestanden gestuurd.'],
    ['file.gone', 'en', 'Your file did not arrive. Please send it again.'],
    ['file.unreachable', 'xx', 'Your file did not arrive. Please send it again.'],
    ['file.too-large', '', 'Your file did not arrive: files may have up to 10 MB.'],
  ] as const)('is told so: %s in "%s"', (reason, locale, words) => {
    expect(wordsFor(reason, locale, 10)).toBe(words);
  });

  it.each(['en', 'de', 'fr', 'es', 'pt', 'it', 'nl', 'ar', 'he'])('is told in %s how large a file may be', (locale) => {
    expect(wordsFor('file.too-large', locale, 7)).toContain('7');
  });
});
