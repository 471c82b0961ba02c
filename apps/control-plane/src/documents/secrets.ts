import { createHash } from 'node:crypto';
import type { ShownSecret } from '@baton/control-api';

const SEALED = /^sealed:v1:/;

/** The mark of a sealed secret: of its sealed form, so that it says nothing of the secret itself. */
export function fingerprintOf(sealed: string): string {
  return createHash('sha256').update(sealed).digest('hex').slice(0, 12);
}

/** A document with marks where it holds secrets. */
export function withMarks(value: unknown): unknown {
  if (typeof value === 'string') return SEALED.test(value) ? ({ fingerprint: fingerprintOf(value) } satisfies ShownSecret) : value;
  if (Array.isArray(value)) return value.map(withMarks);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withMarks(inner)]));
}
