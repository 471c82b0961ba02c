import { describe, expect, it } from '@jest/globals';
import { Mask, withoutPersonal } from './mask.js';

describe('personal data', () => {
  it.each([
    ['Mail me at ada.park+x@mail.home.example!', 'Mail me at [EMAIL_1]!'],
    ['Call +49 171 5550199 or 0171/5550199', 'Call [PHONE_1] or [PHONE_2]'],
    ['(030) 1234567 is my number', '[PHONE_1] is my number'],
    ['My IBAN: DE89 3704 0044 0532 0130 00.', 'My IBAN: [IBAN_1].'],
    ['GB29NWBK60161331926819', '[IBAN_1]'],
    ['card 4111-1111-1111-1111 exp 12/27', 'card [CARD_1] exp 12/27'],
    ['My name is Ada Park. Ada is short.', 'My name is [NAME_1]. Ada is short.'],
    ['Ich heiße Jürgen von der Heide und', 'Ich heiße [NAME_1] und'],
    ["je m'appelle Zoé", "je m'appelle [NAME_1]"],
    ['me llamo José García', 'me llamo [NAME_1]'],
    ['mi chiamo Luca', 'mi chiamo [NAME_1]'],
    ['I live at 12 Baker Street, London', 'I live at [ADDRESS_1], London'],
    ['Hauptstraße 12a, 10115 Berlin', '[ADDRESS_1]'],
    ['Lindenstr. 5 in Bonn', '[ADDRESS_1] in Bonn'],
    ['12 rue de la Paix, 75002 Paris', '[ADDRESS_1]'],
    ['Calle Mayor 5', '[ADDRESS_1]'],
    ['via Garibaldi 10', '[ADDRESS_1]'],
    ['Kerkstraat 12', '[ADDRESS_1]'],
    ['ul. Długa 5', '[ADDRESS_1]'],
    ['Storgatan 5', '[ADDRESS_1]'],
  ])('are hidden in "%s"', (text, hidden) => {
    const mask = new Mask();
    expect(mask.hide(text)).toBe(hidden);
  });

  it.each([
    'My order 4711-12345 of 2026-01-05 cost 1,234.50 €',
    'Order 12345678 is late',
    'The card number 4111 1111 1111 1112 is no card',
    'Is it open 9:00-17:30 on 12.05.2026?',
    'version 10.0.19045.3803',
    'Where can I park?',
    'DE12345678901234567890 is no account',
  ])('are not seen in "%s"', (text) => {
    expect(new Mask({ names: ['Ada Park'] }).hide(text)).toBe(text);
  });

  it('that the caller knows are hidden, names whole and in parts', () => {
    const mask = new Mask({ names: ['Ada Park'], emails: ['ada@home'], phones: ['555 0199'] });
    expect(mask.hide('ADA PARK here; Ada, Mr Park, ada@home, 555 0199')).toBe('[NAME_1] here; [NAME_2], Mr [NAME_3], [EMAIL_1], [PHONE_1]');
  });

  it('have one token for the same datum, in every line', () => {
    const mask = new Mask();
    expect([mask.hide('a@b.example and c@d.example'), mask.hide('c@d.example, A@B.example')]).toEqual([
      '[EMAIL_1] and [EMAIL_2]',
      '[EMAIL_2], [EMAIL_1]',
    ]);
  });

  it('come back in their places, a card by its last digits, and nothing that was never hidden', () => {
    const mask = new Mask();
    mask.hide('a@b.example 4111 1111 1111 1111');
    expect(mask.restore('To [EMAIL_1], email_1 and [CARD_1], not [EMAIL_2].')).toBe(
      'To a@b.example, a@b.example and •••• 1111, not [EMAIL_2].',
    );
  });

  it('are left out of what is looked up', () => {
    expect(withoutPersonal('I am a@b.example, how long do refunds take?')).toBe('I am , how long do refunds take?');
    expect(withoutPersonal('a@b.example')).toBe('email');
    expect(withoutPersonal('Do you ship to Paris, for Paris Park?', { names: ['Paris Park'] })).toBe('Do you ship to Paris, for ?');
  });
});
