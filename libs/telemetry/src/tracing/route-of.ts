/** Plain words are an interface's own; whatever else stands in a path may be an id, a name or an address. */
const WORD = /^(?:[a-z]{1,20}|v\d{1,3}(?:\.\d{1,2})?)$/;
const DEEPEST = 12;

/** A path without what names anything: `/v1/website/{id}/conversation/{id}/message`. */
export function routeOf(path: string): string {
  const parts = path.split('/').slice(1);
  const kept = parts.slice(0, DEEPEST).map((part) => (part === '' || WORD.test(part) ? part : '{id}'));
  return `/${kept.join('/')}${parts.length > DEEPEST ? '/…' : ''}`;
}
