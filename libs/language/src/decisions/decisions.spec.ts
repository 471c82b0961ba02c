import { describe, expect, it } from '@jest/globals';
import { statesDecision } from './decisions.js';

describe('what was decided', () => {
  it.each([
    ['en', 'I have cancelled your order.'],
    ['en', 'Hi Anna! You get the money back.'],
    ['en', 'Your parcel is on its way.'],
    ['en', 'You do not have to pay for it.'],
    ['de', 'Die Bestellung ist storniert.'],
    ['de', 'Sie bekommen das Geld zurück.'],
    ['de', 'Ich habe die Lieferung auf Montag umgebucht.'],
    ['fr', 'Votre commande a été annulée.'],
    ['fr', "J'ai prolongé votre abonnement."],
    ['es', 'El pedido está cancelado.'],
    ['es', 'No tiene que pagar nada.'],
    ['it', "L'ordine è stato annullato."],
    ['it', 'Abbiamo approvato il rimborso.'],
    ['nl', 'De bestelling is geannuleerd.'],
    ['nl', 'U krijgt het bedrag terug.'],
    ['pt', 'O pedido foi cancelado.'],
    ['pt', 'Aprovamos a troca.'],
    ['pl', 'Zamówienie zostało anulowane.'],
    ['pl', 'Zdecydowaliśmy wymienić produkt.'],
    ['sv', 'Din bokning är avbokad.'],
    ['sv', 'Du får pengarna tillbaka.'],
    ['tr', 'Siparişiniz iptal edildi.'],
    ['tr', 'İade talebinizi kabul ettik.'],
  ])('is heard in %s: %s', (_language, text) => expect(statesDecision(text)).toBe(true));

  it.each([
    'Hello, my name is Mia.',
    'Thank you very much!',
    'Has your order been cancelled?',
    'Ist die Bestellung schon storniert?',
    'If your order is cancelled, you get the money back.',
    'Wenn die Bestellung storniert ist, sehen wir weiter.',
    'What is your order number?',
    'I will call you tomorrow.',
    'One moment please.',
    'Ich schaue nach.',
    'Bonjour, comment ça va ?',
    '',
    '👍',
  ])('is not heard in: %s', (text) => expect(statesDecision(text)).toBe(false));

  it('a text of 16,000 characters is judged in no time', () => {
    const begin = performance.now();
    statesDecision('we have a very long way to go and it is the '.repeat(370));
    expect(performance.now() - begin).toBeLessThan(2_000);
  });
});
