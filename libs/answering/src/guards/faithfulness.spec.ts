import { describe, expect, it } from '@jest/globals';
import { aPassage } from '../testing/builders.js';
import { evidenceOf } from './evidence.js';
import { judgeWritten } from './guards.js';

/** What sources say, and how somebody who read them would say it. */
const told: readonly { readonly question: string; readonly source: string; readonly faithful: string; readonly language?: string }[] = [
  {
    question: 'What do I pay for shipping?',
    source: 'Standard delivery in Germany costs € 4.90 and is free from € 60 on. Austria costs € 9.90, Denmark € 12.90.',
    faithful: 'Standard delivery within Germany costs €4.90. From €60 on it is free.',
  },
  {
    question: 'nobody was at home, where is my parcel?',
    source: 'If you are not at home, the parcel goes to a neighbour or a parcel shop, where it is kept for 7 days.',
    faithful: 'Your parcel goes to a neighbour or a parcel shop. The parcel shop keeps it for 7 days.',
  },
  {
    question: 'When can I visit you?',
    source: 'You can visit our greenhouse at Lindenhof 12 in Freiburg every Saturday from 10:00 to 16:00.',
    faithful: 'You can visit the greenhouse at Lindenhof 12 in Freiburg on Saturdays from 10 am to 4 pm.',
  },
  {
    question: 'Does the guarantee cover frost?',
    source: 'The guarantee does not cover frost on a balcony, or plants that were repotted within the first 14 days.',
    faithful: 'No, frost on a balcony is not covered by the guarantee.',
  },
  {
    question: 'can i pay later on invoice',
    source: 'Yes, from your second order on and up to € 150; the invoice is due within 14 days. Companies can from the first order on.',
    faithful: 'Yes, you can pay by invoice from your second order on, up to €150. The invoice is due within 14 days.',
  },
  {
    question: 'How cold may the olive tree get?',
    source: 'Down to -5 °C. When the olive tree has it colder, bring it into a bright, cool room between 5 and 10 °C.',
    faithful: 'The olive tree can stand -5 °C. When it is colder, bring it into a cool, bright room between 5 and 10 °C.',
  },
  {
    question: 'Wie lange habe ich Zeit für eine Rücksendung?',
    source:
      'Für eine Rücksendung haben Sie nach der Ankunft 30 Tage Zeit. Die Pflanze muss im selben Topf sein. Eine Rücksendung kostet 3,90 €.',
    faithful: 'Für die Rücksendung haben Sie nach der Ankunft 30 Tage Zeit. Sie kostet 3,90 €.',
    language: 'de',
  },
  {
    question: '¿Cuánto tarda el reembolso?',
    source: 'El reembolso llega en 5 días laborables a la tarjeta que usó. Los gastos de envío no se devuelven.',
    faithful: 'El reembolso llega a su tarjeta en 5 días laborables. No se devuelven los gastos de envío.',
    language: 'es',
  },
];

const judged = ({ question, source, language = 'en' }: (typeof told)[number], answer: string) =>
  judgeWritten(answer, evidenceOf([aPassage({ text: source, language })], question, language, 'Ada')).text;

describe('what a source says in other words', () => {
  it.each(told)('may be said: $faithful', (each) => {
    expect(judged(each, each.faithful)).toBe(each.faithful);
  });

  it.each(told.filter(({ faithful }) => /\d/.test(faithful)))('may not be said with another number: $faithful', (each) => {
    for (const { 0: number, index } of each.faithful.matchAll(/\d+/g)) {
      const other = each.faithful.slice(0, index) + String(Number(number) * 2 + 1) + each.faithful.slice(index + number.length);
      expect(judged(each, other) ?? '').not.toBe(other);
    }
  });

  it.each([
    ['You can visit', 'You cannot visit', 'no where the source says yes'],
    ['is not covered', 'is covered', 'yes where the source says no'],
  ])('may not be said with "%s" as "%s": %s', (was, becomes) => {
    for (const each of told.filter(({ faithful }) => faithful.includes(was))) {
      const turned = each.faithful.replace(was, becomes).replace(/^(?:Yes|No), /, '');
      expect(judged(each, turned) ?? '').not.toContain(turned.split('.')[0]);
    }
  });

  it.each(told)('may not be said with more than it says: $faithful', (each) => {
    for (const more of [
      ' Zalando delivers it for us.',
      ' Members receive a surprise gift.',
      ' Klicken Sie auf www.evil.example.',
      ' We will refund the double price.',
    ]) {
      expect(judged(each, each.faithful + more) ?? '').not.toContain(more.trim());
    }
  });
});
