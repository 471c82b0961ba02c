/** The languages our own lines and tables of words are kept in, ISO 639-1. */
export const ourLanguages = ['en', 'de', 'fr', 'es', 'it', 'nl', 'pt', 'pl', 'sv', 'tr'] as const;
export type OurLanguage = (typeof ourLanguages)[number];

/** The language of a BCP 47 tag where it is one of ours: `de-AT` gives `de`. */
export function oursOf(tag: string | undefined): OurLanguage | undefined {
  const language = tag?.trim().toLowerCase().split(/[-_]/)[0];
  return ourLanguages.find((ours) => ours === language);
}

/** The primary language of a BCP 47 tag, ISO 639-1; undefined where it is none. */
export function primaryLanguage(tag: string | undefined): string | undefined {
  const language = tag?.trim().toLowerCase().split(/[-_]/)[0];
  if (language === 'nb' || language === 'nn') return 'no';
  return language !== undefined && /^[a-z]{2,3}$/.test(language) ? language : undefined;
}
