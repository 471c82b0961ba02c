import { HttpException } from '@nestjs/common';

export type RefusalCode =
  | 'invalid-request'
  | 'unauthorized'
  | 'not-found'
  | 'managed-by-file'
  | 'not-connectable'
  | 'too-many-requests'
  | 'not-configured'
  | 'not-ready';

const STATUS: Record<RefusalCode, number> = {
  'invalid-request': 400,
  unauthorized: 401,
  'not-found': 404,
  'managed-by-file': 409,
  'not-connectable': 422,
  'too-many-requests': 429,
  'not-configured': 503,
  'not-ready': 503,
};

/** What the caller is told: `{"error":{"code","message",…}}`. */
export class Refusal extends HttpException {
  constructor(code: RefusalCode, message: string, more: { readonly field?: string; readonly missing?: readonly object[] } = {}) {
    super({ error: { code, message, ...more } }, STATUS[code]);
  }
}
