import { describe, expect, it } from '@jest/globals';
import { masked } from './mask.js';

const BOTH = { cards: true, ibans: true };

describe('what a visitor says', () => {
  it.each([
    ['a card number', 'My card is 4111 1111 1111 1111, thanks', 'My card is ••••1111, thanks'],
    ['one with dashes', '5500-0000-0000-0004', '••••0004'],
    ['one without gaps', 'card:378282246310005.', 'card:••••0005.'],
    ['an IBAN', 'Pay to DE89 3704 0044 0532 0130 00 please', 'Pay to ••••3000 please'],
    ['an IBAN in small letters', 'gb82west12345698765432', '••••5432'],
    ['an IBAN before a word', 'DE89370400440532013000 ok', '••••3000 ok'],
    ['both', '4111111111111111 and NL91ABNA0417164300', '••••1111 and ••••4300'],
  ])('is made unreadable: %s', (_, text, expected) => expect(masked(text, BOTH)).toBe(expected));

  it.each([
    ['an order number', 'Order 1234567890123'],
    ['a number with a wrong check digit', '4111 1111 1111 1112'],
    ['a phone number', '+49 30 1234567'],
    ['a tracking id', 'AB12CDEFGHIJKLMNOPQ'],
    ['zeros', '0000000000000000'],
    ['part of a longer word', 'x4111111111111111y'],
  ])('stays: %s', (_, text) => expect(masked(text, BOTH)).toBe(text));

  it('stays whole where nothing is to be masked', () => {
    const text = '4111 1111 1111 1111 DE89370400440532013000';
    expect(masked(text, { cards: false, ibans: false })).toBe(text);
    expect(masked(text, { cards: false, ibans: true })).toBe('4111 1111 1111 1111 ••••3000');
  });
});
