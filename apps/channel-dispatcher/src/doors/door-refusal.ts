import { HttpException } from '@nestjs/common';

/** Why a request at the public doors is refused; the answer is `{"error":{"code":…}}` and nothing else. */
export type DoorCode =
  | 'unknown-bot'
  | 'origin-not-allowed'
  | 'try-later'
  | 'too-fast'
  | 'not-authorized'
  | 'token-expired'
  | 'bad-request'
  | 'not-found'
  | 'too-large'
  | 'type-not-allowed'
  | 'too-many-files';

const STATUS: Record<DoorCode, number> = {
  'bad-request': 400,
  'not-authorized': 401,
  'token-expired': 401,
  'origin-not-allowed': 403,
  'unknown-bot': 404,
  'not-found': 404,
  'too-large': 413,
  'type-not-allowed': 415,
  'too-fast': 429,
  'too-many-files': 429,
  'try-later': 503,
};

export class DoorRefusal extends HttpException {
  constructor(code: DoorCode, field?: string) {
    super({ error: { code, ...(field === undefined ? {} : { field }) } }, STATUS[code]);
  }
}
