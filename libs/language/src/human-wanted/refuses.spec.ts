import { describe, expect, it } from '@jest/globals';
import { refuses } from './human-wanted.js';

describe('an offer', () => {
  it.each([
    'No',
    'no, thanks!',
    'Nein danke.',
    'Non merci',
    'No, gracias',
    'No grazie',
    'nee bedankt',
    'Não, obrigado',
    'Nie dziękuję',
    'Nej tack',
    'Hayır, teşekkürler',
    '👎',
  ])('is turned down by: %s', (text) => expect(refuses(text)).toBe(true));
  it.each(['', '?', 'No idea what you mean', 'nein@example.com', 'Yes please', 'nothing arrived'])('is not turned down by: %s', (text) =>
    expect(refuses(text)).toBe(false),
  );
});
