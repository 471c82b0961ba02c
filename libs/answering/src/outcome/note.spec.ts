import { describe, expect, it } from '@jest/globals';
import { answer } from '../answering.js';
import type { AnswerRequest } from '../answer.js';
import { aPassage, aRequest, aRetrieval, aTalk } from '../testing/builders.js';

const NOT_KNOWN = 'I do not know that: I found nothing about it in our information. Would you like to talk to a person from our team?';
const tents = aPassage({ text: 'The Trekker weighs 2 kg.', titlePath: ['Tents'] });

async function noteTo(request: AnswerRequest): Promise<string | undefined> {
  const answered = await answer(request);
  return answered.kind === 'human' ? answered.note : undefined;
}

describe('the note to the agent', () => {
  it('tells what was asked before a human was, what stayed open, what was tried, and how long the visitor waits', async () => {
    const talk = aTalk(
      'v: Hello',
      'Hello! What can I help you with?',
      'v: How long is a gift card valid?',
      'For 3 years.\n\nSource: Gift cards – https://shop.example/gift-cards',
      'v: Do you sell boats?',
      NOT_KNOWN,
      'v: And yachts?',
      NOT_KNOWN,
      'v: I want a human',
    );
    const looked: string[] = [];
    const retrieve = (question: string) => (looked.push(question), aRetrieval([tents], { support: 0.1 }));
    expect(await noteTo(aRequest(talk, retrieve, { missesBefore: 2 }))).toBe(
      [
        'The visitor asked for a person.',
        'Last words: “I want a human”',
        'Asked before: “How long is a gift card valid?” (Gift cards)',
        'Without an answer: “Do you sell boats?”',
        'Without an answer: “And yachts?”',
        'Looked in: Help centre › Tents',
        'Waiting since: 2026-01-05 10:04 UTC (4 minutes)',
      ].join('\n'),
    );
    expect(looked).toEqual(['And yachts?']);
  });

  it('knows our own lines in other languages, and those of the settings', async () => {
    const talk = aTalk('v: Verkaufen Sie Boote?', 'Da muss ich passen.', 'v: Ich möchte mit einem Menschen sprechen');
    const request = aRequest(talk, aRetrieval([]), { teamLocale: 'de', settings: { texts: { unknown: 'Da muss ich passen.' } } });
    expect(await noteTo(request)).toContain('Ohne Antwort: “Verkaufen Sie Boote?”\nGesucht in: nichts Passendes gefunden');
    const switched = aTalk('v: Do you sell boats?', NOT_KNOWN, 'v: Ich möchte mit einem Menschen sprechen');
    expect(await noteTo(aRequest(switched, aRetrieval([])))).toContain('Without an answer: “Do you sell boats?”');
  });

  it('holds the last five questions, oldest first, each shortened', async () => {
    const asked = Array.from({ length: 8 }, (_, at) => [
      `v: What does tent ${at + 1} ${'really '.repeat(60)}cost?`,
      'It costs much.',
    ]).flat();
    const note = (await noteTo(aRequest(aTalk(...asked, 'v: human please'), aRetrieval([]))))!;
    expect(note.match(/Asked before/g)).toHaveLength(5);
    expect(note.length).toBeLessThan(1_200);
    const brief = aTalk('v: What costs tent one?', 'Much.', 'v: What costs tent two?', 'More.', 'v: human please');
    expect((await noteTo(aRequest(brief, aRetrieval([]))))!.indexOf('one?')).toBeLessThan(
      (await noteTo(aRequest(brief, aRetrieval([]))))!.indexOf('two?'),
    );
  });

  it('is written without the sources when they cannot be looked at', async () => {
    const talk = aTalk('v: Do you sell boats?', NOT_KNOWN, 'v: human please');
    const away = aRequest(talk, () => Promise.reject(new Error('database is away')));
    expect(await noteTo(away)).toBe(
      [
        'The visitor asked for a person.',
        'Last words: “human please”',
        'Without an answer: “Do you sell boats?”',
        'Waiting since: 2026-01-05 10:00 UTC (2 minutes)',
      ].join('\n'),
    );
  });
});
