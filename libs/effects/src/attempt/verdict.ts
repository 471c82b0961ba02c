import type { Effect, EffectEnd, EffectOutcome, Json } from '../effect.js';
import { EffectRefusal, EffectRetry } from '../effect.js';
import type { BegunEffect } from '../store/begun.js';
import { backOff } from './back-off.js';

/** What was found out about an earlier attempt. */
export type Finding = { readonly happened: Json } | 'did-not-happen' | 'unknown';

/** What to do with an effect that was just taken from its lane. */
export type FirstStep = 'perform' | 'find-out' | { readonly end: EffectEnd };

export function firstStep(effect: BegunEffect, now: Date): FirstStep {
  if (effect.knownEnd !== undefined) return { end: effect.knownEnd };
  if (effect.inDoubt) return 'find-out';
  return isLate(effect, now) ? { end: { refused: EffectRefusal.deadline } } : 'perform';
}

/** What to do after looking. A doubt that no look can settle is the plan's to decide: once more, or never. */
export function stepAfterFinding(effect: Effect, finding: Finding, now: Date): 'perform' | { readonly end: EffectEnd } {
  if (typeof finding === 'object') return { end: { done: finding.happened } };
  if (finding === 'unknown' && effect.onDoubt === 'drop') return { end: { refused: EffectRefusal.inDoubt } };
  if (!isLate(effect, now)) return 'perform';
  return { end: { refused: finding === 'unknown' ? EffectRefusal.inDoubt : EffectRefusal.deadline } };
}

/** What becomes of an attempt: the effect's end, or a retry. */
export type Verdict =
  | { readonly end: EffectEnd }
  | { readonly retryAt: Date; readonly reason: string; /** The next attempt has to find out first. */ readonly inDoubt: boolean };

/**
 * An attempt that surely did not happen leaves the doubt as it was before: cleared, when it had been found out that the earlier
 * ones did not happen either.
 */
export function verdictOn(outcome: EffectOutcome, effect: Effect, isEarlierInDoubt: boolean, now: Date, random: () => number): Verdict {
  if ('done' in outcome) return { end: { done: outcome.done } };
  if ('refused' in outcome) return { end: { refused: outcome.refused } };
  const { reason, afterMs = 0, didNotHappen = false } = outcome.retry;
  const wait = Math.max(afterMs, backOff(effect.attempts, random));
  return { retryAt: new Date(now.getTime() + wait), reason, inDoubt: isEarlierInDoubt || !didNotHappen };
}

/** What was thrown, as a retry. */
export function outcomeOfError(error: unknown): EffectOutcome {
  const { code, mayHaveHappened, retryAfterMs, targetIsWell } = Object(error) as Readonly<Record<string, unknown>>;
  return {
    retry: {
      reason: typeof code === 'string' && code !== '' ? code.slice(0, 128) : EffectRetry.failed,
      didNotHappen: mayHaveHappened === false,
      ...(typeof retryAfterMs === 'number' && retryAfterMs > 0 ? { afterMs: retryAfterMs } : {}),
      ...(targetIsWell === true ? { targetIsWell } : {}),
    },
  };
}

/** Past its deadline: not to be begun any more. */
export function isLate(effect: Effect, now: Date): boolean {
  return effect.deadline !== undefined && effect.deadline.getTime() <= now.getTime();
}
