import { HttpException } from '@nestjs/common';

/** Why a request is refused. */
export type RefusalCode =
  | 'invalid-request'
  | 'unauthorized'
  | 'not-allowed'
  | 'not-found'
  | 'conflict'
  | 'too-large'
  | 'unsupported-media-type'
  | 'too-many-requests'
  | 'not-ready'
  | 'not-configured'
  | 'failed';

const STATUS: Record<RefusalCode, number> = {
  'invalid-request': 400,
  unauthorized: 401,
  'not-allowed': 403,
  'not-found': 404,
  conflict: 409,
  'too-large': 413,
  'unsupported-media-type': 415,
  'too-many-requests': 429,
  failed: 500,
  'not-ready': 503,
  'not-configured': 503,
};

/** Where nothing more is known of it (ms). */
const BACK_IN_MS = 1_000;

/** What the caller is told: `{"error":{"code","message","field"?}}`; `field` where one of his is to blame, never its value. */
export class Refusal extends HttpException {
  /** @param backInMs when the same may succeed, for refusals that pass */
  constructor(
    code: RefusalCode,
    message: string,
    field?: string,
    readonly backInMs: number = BACK_IN_MS,
  ) {
    super({ error: { code, message, ...(field === undefined ? {} : { field }) } }, STATUS[code]);
  }
}
