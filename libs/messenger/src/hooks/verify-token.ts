import { hash, timingSafeEqual } from 'node:crypto';

/** Whether what came as `hub.verify_token` is the token of the settings; the time taken does not tell how much of it fits. */
export function isVerifyToken(given: string | undefined, expected: string): boolean {
  if (given === undefined || given === '') return false;
  return timingSafeEqual(hash('sha256', given, 'buffer'), hash('sha256', expected, 'buffer'));
}
