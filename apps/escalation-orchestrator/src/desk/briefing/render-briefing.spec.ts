import { describe, expect, it } from '@jest/globals';
import { renderBriefing } from './render-briefing.js';
import type { BriefedLine, Briefing } from './render-briefing.js';

const NOW = Date.parse('2026-01-05T10:00:00.000Z');
const MINUTE = 60_000;

const visitor = (text: string): BriefedLine => ({ speaker: 'visitor', text });
const bot = (text: string): BriefedLine => ({ speaker: 'bot', text });

function aBriefing(patch: Partial<Briefing> = {}): Briefing {
  const lines = [visitor('Hi, where is my parcel?'), bot('Please tell me your number.'), visitor('4711'), bot('I do not know that one.')];
  const talk = { lines: [...lines, visitor('I want to talk to a human')], lineCount: 5, hasBotNote: false };
  const before = { previousCount: 0, previous: null };
  const asked = { cause: { by: 'bot' }, reason: 'The parcel is not found.', category: 'delivery', locale: 'de-AT' } as const;
  const link = 'https://help.example/history/x';
  return {
    ...asked,
    since: NOW - MINUTE,
    channel: 'messenger',
    ...talk,
    ...before,
    link,
    timeZone: 'Europe/Vienna',
    commands: true,
    ...patch,
  };
}

const rendered = (patch: Partial<Briefing> = {}) => renderBriefing(aBriefing(patch), NOW);

describe('what an agent is told at the beginning', () => {
  it('is why, who, since when, what was asked, what the bot tried, and where everything stands', () => {
    expect(rendered().split('\n')).toEqual([
      'The bot asked for a human.',
      'Reason: The parcel is not found.',
      'Category: delivery',
      'He speaks Austrian German (de-AT), writes in Messenger and waits since today at 10:59.',
      'His last question: “where is my parcel?”, and last he wrote: “4711”',
      '5 lines were exchanged with the bot; what it said last:',
      '• Please tell me your number.',
      '• I do not know that one.',
      'Write the private note !help to see what you can tell me here.',
      'The whole conversation: https://help.example/history/x',
    ]);
  });

  it('leaves out what is not known', () => {
    const nothing = { reason: null, category: null, locale: null, lines: [], lineCount: 0, timeZone: undefined, commands: false };
    expect(rendered(nothing).split('\n')).toEqual([
      'The bot asked for a human.',
      'He writes in Messenger and waits since today at 09:59 (UTC).',
      'He has not talked with the bot before.',
      'The whole conversation: https://help.example/history/x',
    ]);
  });

  it.each<[string, readonly BriefedLine[], string]>([
    [
      'the last one, whatever courtesy followed',
      [visitor('Is it blue?'), bot('Yes.'), visitor('thanks!')],
      'His last question: “Is it blue?”',
    ],
    ['without the courtesy around it', [visitor('Hello! Is it blue? Thanks')], 'His last question: “Is it blue?”'],
    ['where there is none, what he wrote last', [visitor('It is broken'), visitor('ok')], 'He wrote last: “It is broken”'],
    ['the wish itself where there is nothing else', [visitor('human please')], 'He wrote last: “human please”'],
    ['in his own words, in one line', [visitor('Wo ist\n\nmein Paket?')], 'His last question: “Wo ist mein Paket?”'],
  ])('has his question: %s', (_which, lines, told) => {
    expect(rendered({ lines }).split('\n')).toContain(told);
  });

  it('does not repeat what the bot tells in a note of its own', () => {
    expect(rendered({ hasBotNote: true })).toContain('5 lines were exchanged with the bot.\n');
  });

  it.each<[Partial<Briefing>, string]>([
    [{ cause: { by: 'words', detail: 'lawyer' } }, 'The visitor used a word that calls for a human (lawyer).'],
    [{ cause: { by: 'frustration' } }, 'The visitor is upset.'],
    [{ cause: { by: 'fallbacks', detail: '3' } }, 'The bot had no answer several times in a row (3).'],
    [
      { previousCount: 2, previous: { endedAt: NOW - 26 * 60 * MINUTE, outcome: 'resolved', agentName: 'Mia' } },
      'He was handed over 2 times before; the last time with Mia, it ended yesterday at 09:00, resolved.',
    ],
    [{ previousCount: 1, previous: { endedAt: null, outcome: null, agentName: null } }, 'He was handed over once before.'],
    [{ locale: '!!' }, 'speaks !!'],
  ])('%j is told as it is', (patch, told) => {
    expect(rendered(patch)).toContain(told);
  });

  it('fits into one note, whatever was said, with the link whole', () => {
    const long = 'Donaudampfschiff '.repeat(500);
    const note = rendered({
      cause: { by: 'words', detail: long.slice(0, 255) },
      reason: long,
      category: long,
      locale: long,
      lines: [visitor(long), bot(long), bot(long), bot(long), bot(long)],
      lineCount: 1_000_000,
      previousCount: 1_000,
      previous: { endedAt: NOW, outcome: 'followed-up', agentName: long },
      link: `https://help.example/history/${'x'.repeat(72)}`,
    });
    expect(note.length).toBeLessThanOrEqual(1_900);
    expect(note.endsWith('x'.repeat(72))).toBe(true);
  });
});
