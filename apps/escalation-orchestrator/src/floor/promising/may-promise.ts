import { isOpen } from '@baton/contracts';
import type { DeclineReason } from '@baton/contracts';
import type { AvailabilityAnswer } from '../facts.js';
import type { FloorPolicy } from '../policy.js';

/** Whether a human may be promised; `ask`: so far nothing is against it, and Crisp has to be asked who is there. */
export type MayPromise = { readonly is: 'yes' | 'ask' } | { readonly is: 'no'; readonly reason: DeclineReason };

/**
 * One decision with one reason, the first of these that holds: handovers are off, the team is closed, and then what Crisp says. So nobody
 * is asked for outside business hours, whoever happens to be online, and inside them hours say nothing about who is there.
 * @param requestedAt ms; who asked a minute before closing is not turned away because the answer came after it
 * @param answer what Crisp said; undefined before it was asked
 */
export function mayPromise(policy: FloorPolicy, requestedAt: number, answer?: AvailabilityAnswer): MayPromise {
  if (policy.websiteId === null || !policy.handover.enabled) return { is: 'no', reason: 'channel-off' };
  if (!isOpen(policy.handover.hours, requestedAt)) return { is: 'no', reason: 'closed' };
  if (answer === undefined) return { is: 'ask' };
  return answer === 'yes' ? { is: 'yes' } : { is: 'no', reason: answer };
}
