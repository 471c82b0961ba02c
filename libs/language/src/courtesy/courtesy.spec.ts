import { describe, expect, it } from '@jest/globals';
import { courtesyOf, withoutCourtesy } from './courtesy.js';

describe('courtesy', () => {
  it.each([
    ['greeting', 'Hi'],
    ['greeting', 'Hello there!'],
    ['greeting', 'good morning team'],
    ['greeting', 'Guten Tag zusammen'],
    ['greeting', 'Bonjour 👋'],
    ['greeting', 'Hola, buenas tardes'],
    ['greeting', 'dzień dobry'],
    ['greeting', 'Merhaba'],
    ['thanks', 'Thank you so much!'],
    ['thanks', 'ok danke'],
    ['thanks', 'Vielen Dank für Ihre Hilfe'],
    ['thanks', 'merci beaucoup'],
    ['thanks', 'perfect, thanks a lot'],
    ['thanks', 'tack så mycket'],
    ['goodbye', 'bye'],
    ['goodbye', 'Thanks, bye!'],
    ['goodbye', 'Au revoir'],
    ['goodbye', 'tot ziens'],
    ['acknowledged', 'ok'],
    ['acknowledged', '👍'],
    ['acknowledged', '😀😀😂'],
    ['acknowledged', 'No.'],
    ['acknowledged', 'nein danke'],
    ['acknowledged', 'Non merci !'],
    ['acknowledged', 'alles klar'],
  ] as const)('is %s in "%s"', (courtesy, text) => {
    expect(courtesyOf(text)).toBe(courtesy);
  });

  it.each([
    'Hi, where is my order?',
    'Hello, how much does it cost',
    'Danke, und was kostet der Versand?',
    'refund',
    '?',
    '',
    'good price for shoes',
    'thanks but it does not work',
  ])('is not all of "%s"', (text) => {
    expect(courtesyOf(text)).toBeUndefined();
  });

  it.each([
    ['Hello! How long do refunds take? Thanks!', 'How long do refunds take?'],
    ['Hi\nI have a question\nwhere is my order', 'where is my order'],
    ['I have a question about gift cards. How long are they valid?', 'I have a question about gift cards. How long are they valid?'],
    ['Guten Tag, ich habe eine Frage: Wo ist mein Paket?', 'Wo ist mein Paket?'],
    ['Ok, and how much does it cost?', 'and how much does it cost?'],
    ['Guten Tag, wo ist mein Paket? Vielen Dank', 'wo ist mein Paket?'],
    ['Where is my order?', 'Where is my order?'],
    ['thanks, bye', 'thanks, bye'],
  ])('is left out of what is asked: %j', (text, question) => {
    expect(withoutCourtesy(text)).toBe(question);
  });
});
