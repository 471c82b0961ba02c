/** What JSON may carry and Postgres refuses in it: NUL, and halves of a surrogate pair. */
const SUSPICIOUS = /\\u0000|\\u[dD][89a-fA-F]/;

/** The text without NUL, and with halves of surrogate pairs replaced. */
export function storableText(text: string): string {
  return text.replaceAll('\u0000', '').toWellFormed();
}

/** `JSON.stringify` for a column of Postgres: texts that it would refuse are cleaned first. */
export function storableJson(value: unknown): string {
  const json = JSON.stringify(value);
  if (!SUSPICIOUS.test(json)) return json;
  return JSON.stringify(value, (_key, inner: unknown) => (typeof inner === 'string' ? storableText(inner) : inner));
}
