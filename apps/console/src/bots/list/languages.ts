/** Languages that bots often speak; any other language tag may be typed. */
const OFTEN = [
  'en',
  'de',
  'fr',
  'es',
  'it',
  'pt',
  'pt-BR',
  'nl',
  'pl',
  'cs',
  'da',
  'sv',
  'fi',
  'nb',
  'hu',
  'ro',
  'tr',
  'uk',
  'ru',
  'el',
  'ar',
  'he',
  'hi',
  'ja',
  'ko',
  'zh',
];

const names = new Intl.DisplayNames(['en'], { type: 'language' });

/** For a choice of languages; one that is set already is among them. */
export function languageChoices(set?: string): { readonly value: string; readonly label: string }[] {
  const tags = set === undefined || OFTEN.includes(set) ? OFTEN : [set, ...OFTEN];
  return tags.map((value) => ({ value, label: `${nameOf(value)} (${value})` }));
}

function nameOf(tag: string): string {
  try {
    return names.of(tag) ?? tag;
  } catch {
    return tag;
  }
}
