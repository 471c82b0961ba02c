const FIELDS = 12;
const SPEAKABLE = /^[A-Za-z_]{1,32}$/;

/**
 * What a value of JSON is made of, for a log: names of fields and kinds of values, two levels deep, never a value; at most some hundred
 * characters. `{sender:{id:number},optin:{user_ref:string}}`, say.
 */
export function shapeOf(value: unknown, levels = 2): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return `[${value.length}]`;
  if (typeof value !== 'object') return typeof value;
  const names = Object.keys(value);
  if (levels === 0) return `{${names.length}}`;
  const fields = names
    .slice(0, FIELDS)
    .map((name) => `${SPEAKABLE.test(name) ? name : '?'}:${shapeOf((value as Record<string, unknown>)[name], levels - 1)}`);
  return `{${fields.join(',')}${names.length > FIELDS ? ',…' : ''}}`;
}
