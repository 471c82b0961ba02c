import { hash } from 'node:crypto';

/** As JSON, whatever the order in which an object's fields were written; fields that are undefined are left out. */
export function canonical(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  const fields = value as Record<string, unknown>;
  const names = Object.keys(fields)
    .filter((name) => fields[name] !== undefined)
    .sort();
  return `{${names.map((name) => `${JSON.stringify(name)}:${canonical(fields[name])}`).join(',')}}`;
}

/** Tells values apart without telling what they say. */
export function digestOf(value: unknown): string {
  return hash('sha1', canonical(value), 'hex').slice(0, 8);
}
