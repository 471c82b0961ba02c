import { randomBytes } from 'node:crypto';

/** A W3C traceparent for a step caused by `parent`: the same trace, a new span; a new trace where there is none or it is broken. */
export function childTraceparent(parent: string | undefined): string {
  const found = /^00-([0-9a-f]{32})-[0-9a-f]{16}-([0-9a-f]{2})$/.exec(parent ?? '');
  return `00-${found?.[1] ?? randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-${found?.[2] ?? '00'}`;
}
