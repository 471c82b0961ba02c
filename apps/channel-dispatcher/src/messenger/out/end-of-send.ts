import type { DeliveryFailure } from '@baton/contracts';
import { EffectRefusal } from '@baton/effects';
import type { Outcome } from '../../receipts/receipt-records.js';
import { SendRefusal } from './before-send.js';

/** What Meta does not take for so long (ms) is given up, so that whoever wrote it comes to know. */
const TEMPORARY_FOR_MS = 6 * 3_600_000;

/** Whether a send that failed for the time being is not tried again. One in doubt is: it may stand at the person's. */
export function isGivenUp({ plannedAt, isInDoubt }: { readonly plannedAt: Date; readonly isInDoubt: boolean }, now: number): boolean {
  return !isInDoubt && now - plannedAt.getTime() > TEMPORARY_FOR_MS;
}

/** Between the answers "not there for the moment" (ms): short troubles of Meta are over before the last, and a person who blocked the page is not. */
const UNAVAILABLE_WAITS_MS = [2_000, 10_000, 60_000, 5 * 60_000];

/**
 * How long to wait (ms) after Meta said for the `answers`th time that it, or the person, is not there for the moment. It says the same of a
 * person who blocked the page; `perhaps-blocked`: that is what it looks like now.
 */
export function afterUnavailable(answers: number): number | 'perhaps-blocked' {
  return UNAVAILABLE_WAITS_MS[answers - 1] ?? 'perhaps-blocked';
}

/** What the orchestrator is told when a part ends without having been sent. */
export type WhatIsTold = (Pick<Outcome, 'reason' | 'failure'> & { readonly status: 'failed' | 'superseded' }) | undefined;

/**
 * @param refused the code with which the effect ended
 * @param failure of what kind that is, when it was noted
 * @param pageIsStopped the page's token or permission does not work now
 */
export function whatIsTold(refused: string, failure: DeliveryFailure | null, pageIsStopped: boolean): WhatIsTold {
  switch (refused) {
    case SendRefusal.noLongerWanted:
      return undefined;
    case SendRefusal.superseded:
      return { status: 'superseded' };
    case EffectRefusal.deadline:
      return { status: 'failed', reason: 'messenger.too-late', failure: pageIsStopped ? 'token-dead' : 'temporary' };
    case EffectRefusal.inDoubt:
      return { status: 'failed', reason: 'messenger.in-doubt', failure: 'temporary' };
    case 'messenger.window-closed':
      return { status: 'failed', reason: refused, failure: 'window-closed' };
    default:
      return { status: 'failed', reason: refused, failure: failure ?? 'permanent' };
  }
}
