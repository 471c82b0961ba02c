import { catalogue } from '../i18n/catalogue.js';
import type { Texts } from '../i18n/en.js';
import { filled, pickLanguage } from '../i18n/pick.js';

/** How the widget speaks: texts, times and days in the visitor's language. */
export interface Voice {
  readonly locale: string;
  readonly direction: 'ltr' | 'rtl';
  say(key: keyof Texts, values?: Readonly<Record<string, string | number>>): string;
  /** Hour and minute. */
  time(at: string): string;
  /** The whole date and time. */
  moment(at: string): string;
  /** "Today", "Yesterday", else the date. */
  day(at: string): string;
  /** Equal for two times of one day, where the visitor is. */
  dayOf(at: string): string;
}

/** Wishes are BCP 47 tags, the strongest first. */
export function voiceFor(wishes: readonly (string | undefined)[]): Voice {
  const { locale, texts, direction } = pickLanguage(wishes, Object.keys(catalogue));
  const words = catalogue[texts] as Texts;
  const time = new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit' });
  const moment = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'short' });
  const day = new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long' });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const midnight = (at: Date) => new Date(at.getFullYear(), at.getMonth(), at.getDate(), 12).getTime();
  return {
    locale,
    direction,
    say: (key, values = {}) => filled(words[key], values),
    time: (at) => time.format(new Date(at)),
    moment: (at) => moment.format(new Date(at)),
    day: (at) => {
      const ago = Math.round((midnight(new Date()) - midnight(new Date(at))) / 86_400_000);
      return ago < 2 ? relative.format(-ago, 'day') : day.format(new Date(at));
    },
    dayOf: (at) => String(midnight(new Date(at))),
  };
}
