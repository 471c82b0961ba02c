import { fold, type OurLanguage, ourLanguages, oursOf, wordsOf } from '@baton/language';
import { numberWord } from './number-words.js';

/** A number, amount, date or time as it is said in a text. */
export interface Quantity {
  /** How it may be read; `1.500` is 1500 or 1.5. Months are `month:5`, weekdays `day:1`, times `at:17:30`. */
  readonly values: readonly string[];
  /** `%` or a currency's code, where one stands beside it. */
  readonly unit?: string;
  /** Where in the text. */
  readonly at: number;
}

const CURRENCIES: Readonly<Record<string, string>> = {
  '€': 'EUR',
  eur: 'EUR',
  euro: 'EUR',
  euros: 'EUR',
  $: 'USD',
  usd: 'USD',
  dollar: 'USD',
  dollars: 'USD',
  dolares: 'USD',
  '£': 'GBP',
  gbp: 'GBP',
  pound: 'GBP',
  pounds: 'GBP',
  chf: 'CHF',
  franken: 'CHF',
  sek: 'SEK',
  kr: 'SEK',
  kronor: 'SEK',
  nok: 'NOK',
  dkk: 'DKK',
  zł: 'PLN',
  zl: 'PLN',
  pln: 'PLN',
  zlotych: 'PLN',
  '₺': 'TRY',
  tl: 'TRY',
  try: 'TRY',
  lira: 'TRY',
  '¥': 'JPY',
  jpy: 'JPY',
  r$: 'BRL',
  brl: 'BRL',
  reais: 'BRL',
};
const UNIT_BEFORE = /(?:^|[^\p{L}])(r\$|[€$£¥₺]|eur|usd|gbp|chf|sek|nok|dkk|pln|zł)\s*$/iu;
const UNIT_BEHIND =
  /^\s*(%|percent|per cent|prozent|pour ?cent|por ciento|per cento|procent|por cento|procen[a-z]*|[€$£¥₺]|eur(?:os?)?\b|usd\b|gbp\b|chf\b|sek\b|nok\b|dkk\b|pln\b|zł|złotych|kronor\b|kr\b|tl\b|lira\b|dollars?\b|dólares|pounds?\b|franken\b|reais\b)/iu;

const NUMBER = /\d+(?:[.,'’\u00a0\u202f]\d+)*/g;
const TIME =
  /(?<!\d)(\d{1,2})(?:[:h](\d{2}))?\s*(a\.?m\b\.?|p\.?m\b\.?|uhr\b|h\b|o'clock)|(?<![\d:.,])([01]?\d|2[0-4]):([0-5]\d)(?![\d:])/giu;

/** All quantities of a text. In `liberal` reading every language's words for numbers count, and a month's name without a day: for what is relied on. */
export function quantitiesOf(text: string, language: string, liberal: boolean): Quantity[] {
  return [...digits(text, liberal), ...times(text), ...inWords(text, language, liberal), ...calendarNames(text, language, liberal)];
}

function digits(text: string, liberal: boolean): Quantity[] {
  const clock = [...text.matchAll(TIME)].map(({ index, 0: whole }) => [index, index + whole.length] as const);
  const found: Quantity[] = [];
  for (const { 0: raw, index } of text.matchAll(NUMBER)) {
    const isTime = clock.some(([from, to]) => index >= from && index < to);
    if (isTime && !liberal) continue;
    const unit = unitAt(text, index, raw.length);
    found.push({ values: readings(raw), at: index, ...(unit === undefined ? {} : { unit }) });
  }
  if (liberal)
    for (const { 0: raw, index } of text.matchAll(/\d{1,3}(?: \d{3})+(?!\d)/g)) {
      const unit = unitAt(text, index, raw.length);
      found.push({ values: [raw.replaceAll(' ', '')], at: index, ...(unit === undefined ? {} : { unit }) });
    }
  return found;
}

/** How a number may be read: a single separator before three digits may part thousands or decimals. */
function readings(raw: string): string[] {
  const groups = raw.split(/[.,'’\u00a0\u202f]/);
  if (groups.length === 1) return [plain(raw)];
  const last = groups.at(-1) ?? '';
  const whole = groups.join('');
  const decimal = `${plain(groups.slice(0, -1).join(''))}.${last}`.replace(/\.?0+$/, (zeros) =>
    zeros.startsWith('.') ? '' : zeros.replace(/0+$/, ''),
  );
  const separators = raw.replace(/\d/g, '');
  if (last.length !== 3) return groups.length > 2 && new Set(separators).size === 1 ? groups.map(plain) : [decimal];
  return groups.length > 2 && new Set(separators).size === 1 ? [plain(whole)] : [plain(whole), decimal];
}

function plain(digitsOnly: string): string {
  return digitsOnly.replace(/^0+(?=\d)/, '');
}

function unitAt(text: string, at: number, length: number): string | undefined {
  const behind = UNIT_BEHIND.exec(text.slice(at + length, at + length + 16))?.[1];
  const unit = behind ?? UNIT_BEFORE.exec(text.slice(Math.max(0, at - 6), at))?.[1];
  if (unit === undefined) return undefined;
  const word = fold(unit);
  return CURRENCIES[unit.toLowerCase()] ?? CURRENCIES[word] ?? '%';
}

function times(text: string): Quantity[] {
  return [...text.matchAll(TIME)].flatMap(({ 1: hour, 2: minute, 3: half, 4: hour24, 5: minute24, index }) => {
    let hours = Number(hour ?? hour24);
    if (hours > 24) return [];
    if (/^p/i.test(half ?? '') && hours < 12) hours += 12;
    if (/^a/i.test(half ?? '') && hours === 12) hours = 0;
    return [{ values: [`at:${hours}:${minute ?? minute24 ?? '00'}`], at: index }];
  });
}

function inWords(text: string, language: string, liberal: boolean): Quantity[] {
  const languages = liberal ? ourLanguages : ([oursOf(language)].filter((ours) => ours !== undefined) as readonly OurLanguage[]);
  const found: Quantity[] = [];
  let from = 0;
  for (const word of wordsOf(text)) {
    const at = text.indexOf(word, from);
    from = at + word.length;
    const values = languages.flatMap((each) => numberWord(fold(word), each) ?? []);
    if (values.length > 0) found.push({ values: [...new Set(values)], at });
  }
  return found;
}

const names = new Map<string, ReadonlyMap<string, string>>();

/** Months and weekdays by name; a month only beside a number, because `may` and `mars` are words, too. */
function calendarNames(text: string, language: string, liberal: boolean): Quantity[] {
  const languages = liberal ? [...new Set([language, ...ourLanguages])] : [language];
  const found: Quantity[] = [];
  let from = 0;
  for (const word of text.match(/\p{L}[\p{L}\p{M}-]*/gu) ?? []) {
    const at = text.indexOf(word, from);
    from = at + word.length;
    const values = languages.flatMap((each) => namesOf(each).get(fold(word)) ?? []);
    const dated =
      liberal ||
      /\d[\s.]*(?:de\s|º\s|er\s|st\s|nd\s|rd\s|th\s)?\s*$/i.test(text.slice(Math.max(0, at - 8), at)) ||
      /^[\s.,]*\d/.test(text.slice(from));
    const counted = values.filter((value) => value.startsWith('day:') || dated);
    if (counted.length > 0) found.push({ values: [...new Set(counted)], at });
  }
  return found;
}

function namesOf(language: string): ReadonlyMap<string, string> {
  let known = names.get(language);
  if (known) return known;
  const entries: [string, string][] = [];
  try {
    const month = new Intl.DateTimeFormat(language, { month: 'long', day: 'numeric', timeZone: 'UTC' });
    const alone = new Intl.DateTimeFormat(language, { month: 'long', timeZone: 'UTC' });
    const day = new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' });
    for (let at = 0; at < 12; at += 1) {
      const date = new Date(Date.UTC(2026, at, 1));
      const inDate = month.formatToParts(date).find(({ type }) => type === 'month')?.value ?? '';
      for (const name of [inDate, alone.format(date)]) entries.push([fold(name), `month:${at + 1}`]);
    }
    for (let at = 1; at <= 7; at += 1) {
      const name = fold(day.format(new Date(Date.UTC(2026, 0, 4 + at))));
      entries.push([name, `day:${at}`]);
      // Turkish and Portuguese names are words of their own as well.
      if (name.length >= 6) entries.push([`${name}s`, `day:${at}`]);
    }
  } catch {
    // A language nobody has names in is one without names.
  }
  known = new Map(entries.filter(([name]) => !/^(?:pazar|sali|segunda|terca|quarta|quinta|sexta)$/.test(name)));
  if (names.size < 100) names.set(language, known);
  return known;
}
