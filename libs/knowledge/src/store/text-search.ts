/** Text search configurations of Postgres 16 and later, by ISO 639-1; https://www.postgresql.org/docs/current/textsearch-psql.html */
const CONFIGS: Readonly<Record<string, string>> = {
  ar: 'arabic',
  ca: 'catalan',
  da: 'danish',
  de: 'german',
  el: 'greek',
  en: 'english',
  es: 'spanish',
  eu: 'basque',
  fi: 'finnish',
  fr: 'french',
  ga: 'irish',
  hi: 'hindi',
  hu: 'hungarian',
  hy: 'armenian',
  id: 'indonesian',
  it: 'italian',
  lt: 'lithuanian',
  nb: 'norwegian',
  ne: 'nepali',
  nl: 'dutch',
  nn: 'norwegian',
  no: 'norwegian',
  pt: 'portuguese',
  ro: 'romanian',
  ru: 'russian',
  sr: 'serbian',
  sv: 'swedish',
  ta: 'tamil',
  tr: 'turkish',
  yi: 'yiddish',
};

/** The configuration that finds the stems of a language; `simple`, which takes words as they stand, where none is known. */
export function textSearchConfig(language: string | undefined): string {
  return CONFIGS[language?.slice(0, 2).toLowerCase() ?? ''] ?? 'simple';
}

/** Scripts without spaces between words: Postgres would take a whole sentence for one word. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]+/gu;

/**
 * A text as Postgres' parser understands it best, the same for what is searched and what is asked: words joined by a slash or an
 * underscore are words (not a path), a hyphen before a digit is no minus, and scripts without spaces become overlapping pairs of signs.
 */
export function searchable(text: string): string {
  return text
    .normalize('NFKC')
    .replaceAll('\0', ' ')
    .replace(/[\\/_]+/g, ' ')
    .replace(/(?<=[\p{L}\p{N}])[-–—](?=\p{N})/gu, ' ')
    .replace(UNSPACED, (run) => ` ${pairs(run)} `);
}

function pairs(run: string): string {
  const signs = [...run];
  if (signs.length < 3) return run;
  return signs
    .slice(1)
    .map((sign, index) => `${signs[index]}${sign}`)
    .join(' ');
}
