import { CrispError } from '../crisp-error.js';
import type { CrispErrorCode } from '../crisp-error.js';

/** How a call went, without anything that it brought. */
export type Outcome =
  { readonly went: 'well' } | { readonly went: 'wrong'; readonly code: CrispErrorCode; readonly status?: number; readonly reason?: string };

/** @throws what is no failure of a call */
export async function outcomeOf(call: Promise<unknown>): Promise<Outcome> {
  try {
    await call;
    return { went: 'well' };
  } catch (error) {
    if (!(error instanceof CrispError)) throw error;
    const { code, status, reason } = error;
    return { went: 'wrong', code, ...(status === undefined ? {} : { status }), ...(reason === undefined ? {} : { reason }) };
  }
}

/** Nothing is known by it: Crisp was not reached, was busy or ill. */
export function isSilence(outcome: Outcome): boolean {
  return (
    outcome.went === 'wrong' && ['crisp.unreachable', 'crisp.timeout', 'crisp.server-error', 'crisp.rate-limited'].includes(outcome.code)
  );
}

/** The token itself is not taken. Crisp answers so for a wrong key, and for a right one of another tier. */
export function isUnknownToken(outcome: Outcome): boolean {
  return outcome.went === 'wrong' && (outcome.status === 401 || outcome.reason === 'invalid_session');
}

/** The token is taken and this is not open to it. Which of the statuses Crisp uses is not documented, so both count. */
export function isForbidden(outcome: Outcome): boolean {
  return (
    outcome.went === 'wrong' && (outcome.status === 403 || outcome.reason === 'not_allowed' || outcome.reason === 'restricted_route_tier')
  );
}

/** The website does not have this plugin, or is not there. */
export function isNotSubscribed(outcome: Outcome): boolean {
  return outcome.went === 'wrong' && (outcome.reason === 'not_subscribed' || outcome.reason === 'website_not_found');
}
