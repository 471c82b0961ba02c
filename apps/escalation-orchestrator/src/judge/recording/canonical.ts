import { hash } from 'node:crypto';

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

/** Tells values apart without telling what they say. */
export function digestOf(value: unknown): string {
  return hash('sha1', canonical(value), 'hex').slice(0, 8);
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
