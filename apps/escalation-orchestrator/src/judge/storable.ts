/** What Postgres' JSON types refuse although it is JSON: the character NUL, and half of a surrogate pair. An even number of backslashes before it escapes nothing. */
const REFUSED = /(?<=(?:^|[^\\])(?:\\\\)*)\\u(?:0000|d[89a-f][0-9a-f]{2})/gi;

/** A value as JSON that Postgres takes: what it would refuse becomes the sign for an unknown character. */
export function toJson(value: unknown): string {
  const json = JSON.stringify(value);
  return json.includes('\\u') ? json.replace(REFUSED, '\\ufffd') : json;
}

/** The same value when Postgres takes it as it is, else a copy that it takes. */
export function storable<T>(value: T): T {
  const json = JSON.stringify(value);
  return json.includes('\\u') ? (JSON.parse(json.replace(REFUSED, '\\ufffd')) as T) : value;
}
