import { randomBytes } from 'node:crypto';

export interface Traceparent {
  readonly traceId: string;
  readonly spanId: string;
  readonly sampled: boolean;
}

/** Reads a W3C traceparent of version 00; undefined when there is none or it is broken. */
export function readTraceparent(header: string | undefined): Traceparent | undefined {
  const found = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/.exec(header ?? '');
  if (!found || /^0+$/.test(found[1]!) || /^0+$/.test(found[2]!)) return undefined;
  return { traceId: found[1]!, spanId: found[2]!, sampled: (parseInt(found[3]!, 16) & 1) === 1 };
}

/** A traceparent for a step caused by `parent`: the same trace, a new span; a new trace where there is none or it is broken. */
export function childTraceparent(parent: string | undefined): string {
  const cause = readTraceparent(parent);
  return `00-${cause?.traceId ?? randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-${cause?.sampled ? '01' : '00'}`;
}
