/** As JSON, whatever the order in which an object's fields were written; fields that are undefined are left out. */
export function canonical(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (value === null || value === undefined) return 'null';
  if (typeof value !== 'object') return String(value);
  let json = '';
  if (Array.isArray(value)) {
    for (const one of value) json += `${json === '' ? '' : ','}${canonical(one)}`;
    return `[${json}]`;
  }
  const fields = value as Record<string, unknown>;
  for (const name of Object.keys(fields).sort()) {
    const field = fields[name];
    if (field !== undefined) json += `${json === '' ? '' : ','}"${name}":${canonical(field)}`;
  }
  return `{${json}}`;
}

/**
 * Tells values apart without telling what they say: eight hexadecimal digits, the same for values that are the same by {@link canonical}.
 * It is taken of every word that is judged, so it is no cryptographic hash: one in four thousand million other values has the same.
 */
export function digestOf(value: unknown): string {
  return (digestIn(value ?? null) >>> 0).toString(16).padStart(8, '0');
}

/** Where the digest of each type begins, so that a number is not its text. */
const SEED = {
  text: 0x1b873593,
  number: 0x2545f491,
  true: 0x3c6ef372,
  false: 0x510e527f,
  null: 0x6a09e667,
  list: 0x7f4a7c15,
  fields: 0x5be0cd19,
};

function digestIn(value: unknown): number {
  if (typeof value === 'string') return digestOfText(value, SEED.text);
  if (value === null || value === undefined) return SEED.null;
  if (typeof value === 'boolean') return value ? SEED.true : SEED.false;
  if (typeof value !== 'object') return digestOfText(String(value), SEED.number);
  if (Array.isArray(value)) {
    let digest = SEED.list;
    for (const one of value) digest = stirred(digest ^ digestIn(one));
    return digest;
  }
  const fields = value as Record<string, unknown>;
  let sum = SEED.fields;
  for (const name in fields) {
    const field = fields[name];
    // Added up, so that the order of fields does not count.
    if (field !== undefined) sum = (sum + stirred(digestOfText(name, SEED.fields) ^ stirred(digestIn(field)))) | 0;
  }
  return stirred(sum);
}

/** FNV-1a over UTF-16 units. */
function digestOfText(text: string, seed: number): number {
  let digest = seed;
  for (let at = 0; at < text.length; at += 1) digest = Math.imul(digest ^ text.charCodeAt(at), 0x01000193);
  return stirred(digest);
}

/** Each bit of what goes in moves about half of those that come out (the last step of MurmurHash3). */
function stirred(bits: number): number {
  let mixed = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

/** Whether two values are the same by {@link canonical}. */
export function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return (one ?? null) === (other ?? null);
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  if (Array.isArray(one) && one.length !== (other as unknown[]).length) return false;
  const [a, b] = [one as Record<string, unknown>, other as Record<string, unknown>];
  for (const name in a) if (!isSameField(a[name], b[name])) return false;
  for (const name in b) if (b[name] !== undefined && a[name] === undefined) return false;
  return true;
}

/** A field that is null is not one that is left out. */
function isSameField(one: unknown, other: unknown): boolean {
  return (one === undefined) === (other === undefined) && isSame(one, other);
}
