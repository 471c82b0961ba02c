import type { EffectOutcome } from '@baton/effects';
import type { MessengerError, MessengerProfile } from '@baton/messenger';
import { oneLine } from './one-line.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** People change their names; those who keep theirs are not asked for often. */
const KNOWN_FOR_MS = 30 * DAY_MS;
/** The app may get the right to ask, or Meta's trouble be over. */
const UNKNOWN_FOR_MS = HOUR_MS;
/** As long as the contract of the topic takes it. */
const MAX_NAME = 200;
/** A new token may come meanwhile (ms). */
const TOKEN_AGAIN_MS = 60_000;

/** Whether Meta is to be asked who somebody is, now that he did something. */
export function isProfileDue({ askedAt, name }: { readonly askedAt: Date | null; readonly name: string | null }, now: Date): boolean {
  return askedAt === null || now.getTime() - askedAt.getTime() >= (name === null ? UNKNOWN_FOR_MS : KNOWN_FOR_MS);
}

/** The name in one line; undefined where Meta told none. */
export function nameOf({ name, firstName, lastName }: MessengerProfile): string | undefined {
  const whole = oneLine(name ?? '', MAX_NAME) || oneLine(`${firstName ?? ''} ${lastName ?? ''}`, MAX_NAME);
  return whole === '' ? undefined : whole;
}

/**
 * What becomes of a question that failed. A person whom Meta does not name, for whatever reason, has no name, which is no trouble of the page:
 * only what passes by itself is waited for.
 */
export function afterFailure({ class: kind, retryAfterMs }: Pick<MessengerError, 'class' | 'retryAfterMs'>): EffectOutcome {
  const { reason, act, waitMs } = kind;
  const isTokenDead = reason === 'messenger.token-dead';
  if (act !== 'retry' && act !== 'slow-down' && !isTokenDead) return { done: null };
  const afterMs = retryAfterMs ?? waitMs ?? (isTokenDead ? TOKEN_AGAIN_MS : undefined);
  return { retry: { reason, didNotHappen: true, ...(afterMs === undefined ? {} : { afterMs }) } };
}
