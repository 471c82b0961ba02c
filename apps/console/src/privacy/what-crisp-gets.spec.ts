import { describe, expect, it } from '@jest/globals';
import { EXAMPLE_DATA, EXAMPLE_WORDS, whatCrispGets } from './what-crisp-gets.js';

const OFF = { cards: false, ibans: false };

describe('the example of what Crisp gets', () => {
  it('leaves secrets out, and shows the rest as agents see it', () => {
    const { text } = whatCrispGets({ fields: 'all-but-secrets', mask: OFF }, EXAMPLE_DATA, EXAMPLE_WORDS);
    expect(text).toContain('nickname: Ada Park');
    expect(text).toContain('order.id: 1234');
    expect(text).not.toContain('tok_51HxT');
    expect(text).not.toContain('order.iban');
  });

  it('follows what is chosen', () => {
    const { text } = whatCrispGets({ fields: ['email'], mask: { cards: true, ibans: true } }, EXAMPLE_DATA, EXAMPLE_WORDS);
    expect(text).toBe('email: ada@example.com\n\n“My card is ••••1111, refund to ••••3000 please.”');
  });

  it.each([
    ['{', 'This is no JSON yet.'],
    ['[1]', 'This must be a JSON object such as {"name": "Ada"}.'],
  ])('says what is wrong with %s', (data, wrong) => {
    expect(whatCrispGets({ fields: 'all-but-secrets', mask: OFF }, data, '').wrong).toBe(wrong);
  });
});
