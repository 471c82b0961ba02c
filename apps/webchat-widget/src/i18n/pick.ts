/** Languages written from right to left, of those there are texts for. */
const RIGHT_TO_LEFT = ['ar', 'he'];

export interface Language {
  /** As it was asked for, e.g. `de-AT`: dates and hello use it. */
  readonly locale: string;
  /** Which texts to take. */
  readonly texts: string;
  readonly direction: 'ltr' | 'rtl';
}

/** The first wish for which there are texts; English when there is none. Wishes are BCP 47 tags, the strongest first. */
export function pickLanguage(wishes: readonly (string | undefined | null)[], available: readonly string[]): Language {
  for (const wish of wishes) {
    const locale = canonical(wish);
    // Hebrew was `iw` for the first thirty years of the web.
    const language = locale?.split('-')[0]?.replace(/^iw$/, 'he');
    if (locale && language && available.includes(language)) {
      return { locale, texts: language, direction: RIGHT_TO_LEFT.includes(language) ? 'rtl' : 'ltr' };
    }
  }
  return { locale: 'en', texts: 'en', direction: 'ltr' };
}

/** Fills `{name}` and `{n}`; what is put in is never read as a pattern. */
export function filled(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

function canonical(wish: string | undefined | null): string | undefined {
  try {
    return wish ? Intl.getCanonicalLocales(wish.replace('_', '-'))[0] : undefined;
  } catch {
    return undefined;
  }
}
