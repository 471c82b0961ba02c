/** What stands in for a personal datum. */
export type PersonalKind = 'NAME' | 'EMAIL' | 'PHONE' | 'IBAN' | 'CARD' | 'ADDRESS';

const TOKEN = /\[?\b(?:NAME|EMAIL|PHONE|IBAN|CARD|ADDRESS)_\d{1,3}\b\]?/gi;

export function tokenOf(kind: PersonalKind, number: number): string {
  return `[${kind}_${number}]`;
}

/** Whether a text still holds something that stands in for personal data. */
export function hasToken(text: string): boolean {
  return text.search(TOKEN) >= 0;
}

/** Calls back for each token, whatever brackets a model left it. */
export function replaceTokens(text: string, by: (token: string) => string | undefined): string {
  return text.replace(TOKEN, (found) => by(`[${found.replace(/[[\]]/g, '').toUpperCase()}]`) ?? found);
}
