/** The one text that is needed before the catalogue is there. */
const OPEN: Readonly<Record<string, string>> = {
  de: 'Chat öffnen',
  fr: 'Ouvrir le chat',
  es: 'Abrir chat',
  pt: 'Abrir chat',
  it: 'Apri chat',
  nl: 'Chat openen',
  ar: 'فتح المحادثة',
  he: 'פתיחת הצ׳אט',
};

/** In the language of the page or the browser, as far as it can be guessed from a tag such as `de-AT`; the panel knows better later. */
export function openLabel(locale: string): string {
  return OPEN[locale.slice(0, 2).toLowerCase()] ?? 'Open chat';
}
