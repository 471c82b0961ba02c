import { offsetAt } from '../zone-clock.js';
import { lineLanguageOf, ourLines } from './our-lines.js';
import type { WhenPhrases } from './phrases.js';

const DAY = 86_400_000;

/**
 * A moment as people say it, on the clock of a zone: "today at 14:00", "tomorrow at 09:00", "on Monday at 09:00", "on 24 December at
 * 09:00". In a language that we have no words for: the date and the time as they are written there.
 * @param at ms
 * @param now ms
 * @param o.language BCP 47; one that nobody knows is taken as English
 * @param o.timeZone undefined: nobody told where the team is, so it is UTC, and says so
 */
export function whenInWords(at: number, now: number, o: { language: string; timeZone?: string | undefined }): string {
  const language = writtenAs(o.language);
  const timeZone = o.timeZone ?? 'UTC';
  const said = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(language, { ...options, timeZone }).format(at);
  const zone = o.timeZone === undefined ? ' (UTC)' : '';
  const our = lineLanguageOf(language);
  const when = our && ourLines[our].when;
  if (!when) return said({ dateStyle: 'long', timeStyle: 'short' }) + zone;
  const line = lineOf(when, dayOf(at, timeZone), dayOf(now, timeZone));
  const day = line.isWeekday ? said({ weekday: 'long' }) : said({ day: 'numeric', month: 'long' });
  return line.text.replace('{day}', () => day).replace('{clock}', () => said({ timeStyle: 'short' })) + zone;
}

function lineOf(when: WhenPhrases, day: number, today: number): { text: string; isWeekday: boolean } {
  const ahead = day - today;
  if (ahead === -1) return { text: when.yesterday, isWeekday: false };
  if (ahead === 0) return { text: when.today, isWeekday: false };
  if (ahead === 1) return { text: when.tomorrow, isWeekday: false };
  if (ahead < 0 || ahead > 6) return { text: when.date, isWeekday: false };
  const { weekday } = when;
  return { text: typeof weekday === 'string' ? weekday : weekday[new Date(day * DAY).getUTCDay()]!, isWeekday: true };
}

/** Days since 1970 on the clock of a zone. */
function dayOf(at: number, timeZone: string): number {
  return Math.floor((at + offsetAt(timeZone, at)) / DAY);
}

/** English without a country counts the hours to 24. */
function writtenAs(language: string): string {
  try {
    const [tag] = Intl.getCanonicalLocales(language.replaceAll('_', '-'));
    return tag === undefined || tag === 'en' ? 'en-GB' : tag;
  } catch {
    return 'en-GB';
  }
}
