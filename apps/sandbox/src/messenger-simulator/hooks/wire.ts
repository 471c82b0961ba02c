import { createHmac } from 'node:crypto';

/** JSON as Meta writes it before signing: nothing but ASCII, and `/`, `<`, `%`, `@` escaped too. */
export function metaJson(value: unknown): string {
  return JSON.stringify(value)
    .replace(/[<%@]/g, escapeUnit)
    .replace(/\//g, '\\/')
    .replace(/[\u007f-\uffff]/g, escapeUnit);
}

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

export const SIGNATURES = ['right', 'wrong', 'missing', 'sha1-only', 'malformed', 'of-another-body'] as const;
export type Signature = (typeof SIGNATURES)[number];

/** The headers that prove who sent a body; `right` is what Meta sends. */
export function signatureHeaders(secret: string, body: string, how: Signature): Record<string, string> {
  const digest = (algorithm: 'sha256' | 'sha1', key: string, text: string): string =>
    `${algorithm}=${createHmac(algorithm, key).update(text).digest('hex')}`;
  const sha1 = { 'x-hub-signature': digest('sha1', secret, body) };
  switch (how) {
    case 'right':
      return { ...sha1, 'x-hub-signature-256': digest('sha256', secret, body) };
    case 'wrong':
      return { 'x-hub-signature-256': digest('sha256', `not-${secret}`, body) };
    case 'missing':
      return {};
    case 'sha1-only':
      return sha1;
    case 'malformed':
      return { 'x-hub-signature-256': 'sha256=nothing-like-it' };
    case 'of-another-body':
      // The mistake of who parses first and signs what he writes back.
      return { 'x-hub-signature-256': digest('sha256', secret, JSON.stringify(JSON.parse(body))) };
  }
}
