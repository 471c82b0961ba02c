import { describe, expect, it } from '@jest/globals';
import { ourLines } from './our-lines.js';
import { whenInWords } from './when.js';

/** A Monday, 09:00 in Berlin. */
const NOW = Date.parse('2026-11-23T08:00:00Z');
const BERLIN = 'Europe/Berlin';
const said = (at: string, language: string, timeZone: string | undefined = BERLIN) =>
  whenInWords(Date.parse(at), NOW, { language, timeZone }).replaceAll(/\s/g, ' ');

describe('a moment in words', () => {
  it.each([
    ['today', '2026-11-23T13:00Z', 'today at 14:00'],
    ['today, though it is over', '2026-11-23T06:30Z', 'today at 07:30'],
    ['tomorrow', '2026-11-24T08:00Z', 'tomorrow at 09:00'],
    ['tomorrow there, though today in UTC', '2026-11-23T23:30Z', 'tomorrow at 00:30'],
    ['a day of the next six', '2026-11-29T08:00Z', 'on Sunday at 09:00'],
    ['the same weekday, a week later', '2026-11-30T08:00Z', 'on 30 November at 09:00'],
    ['a date', '2027-01-04T08:00Z', 'on 4 January at 09:00'],
    ['yesterday', '2026-11-22T08:00Z', 'yesterday at 09:00'],
    ['before', '2026-11-20T08:00Z', 'on 20 November at 09:00'],
  ])('%s', (_what, at, expected) => {
    expect(said(at, 'en')).toBe(expected);
  });

  it.each([
    ['de', 'morgen um 09:00 Uhr', 'am Donnerstag um 09:00 Uhr', 'am 24. Dezember um 09:00 Uhr'],
    ['fr', 'demain à 09:00', 'jeudi à 09:00', 'le 24 décembre à 09:00'],
    ['es', 'mañana a las 9:00', 'el jueves a las 9:00', 'el 24 de diciembre a las 9:00'],
    ['it', 'domani alle 09:00', 'giovedì alle 09:00', 'il giorno 24 dicembre alle 09:00'],
    ['nl', 'morgen om 09:00 uur', 'donderdag om 09:00 uur', 'op 24 december om 09:00 uur'],
    ['pt', 'amanhã às 09:00', 'na quinta-feira às 09:00', 'em 24 de dezembro às 09:00'],
    ['pl', 'jutro o 09:00', 'w czwartek o 09:00', '24 grudnia o 09:00'],
    ['sv', 'i morgon kl. 09:00', 'på torsdag kl. 09:00', 'den 24 december kl. 09:00'],
    ['tr', 'yarın saat 09:00', 'Perşembe günü saat 09:00', '24 Aralık saat 09:00'],
    ['en-US', 'tomorrow at 9:00 AM', 'on Thursday at 9:00 AM', 'on December 24 at 9:00 AM'],
  ])('in %s', (language, tomorrow, thursday, date) => {
    expect([said('2026-11-24T08:00Z', language), said('2026-11-26T08:00Z', language), said('2026-12-24T08:00Z', language)]).toEqual([
      tomorrow,
      thursday,
      date,
    ]);
  });

  it('says so where nobody told the zone', () => {
    expect(whenInWords(Date.parse('2026-11-23T13:00Z'), NOW, { language: 'en' })).toBe('today at 13:00 (UTC)');
  });

  it('is a date and a time in a language that we have no words for', () => {
    expect(said('2026-11-24T08:00Z', 'ja')).toBe('2026年11月24日 9:00');
  });

  it('is English in what is no language', () => {
    for (const language of ['', '??', 'x', 'de__', 'a-very-long-tag-that-nobody-knows']) {
      expect(said('2026-11-24T08:00Z', language)).not.toBe('');
    }
    expect(said('2026-11-24T08:00Z', '??')).toBe('tomorrow at 09:00');
  });

  it('leaves no braces in any language on any day', () => {
    for (const language of Object.keys(ourLines)) {
      for (let day = -3; day < 10; day++) {
        expect(whenInWords(NOW + day * 86_400_000, NOW, { language, timeZone: BERLIN })).not.toMatch(/[{}]/);
      }
    }
  });
});
