import type { Counters, EffectsObserver } from '../counters.js';
import type { Effect, EffectKind, EffectOutcome } from '../effect.js';
import { EffectRetry } from '../effect.js';
import type { BegunEffect } from '../store/begun.js';
import { firstStep, isLate, outcomeOfError, stepAfterFinding, verdictOn, type Finding, type Verdict } from './verdict.js';

/** A version of the program that knows the kind may be a deployment away. */
const UNKNOWN_KIND_RETRY_MS = 15_000;
/** What an attempt may take after its signal fired, before nobody listens to it any more. */
const GRACE_MS = 5_000;
/** The same when the whole worker stops. */
const GRACE_AT_STOP_MS = 300;

export interface AttemptTools {
  readonly kinds: Readonly<Record<string, EffectKind>>;
  /** Runs a call under the target's breaker; `sick` when it may not be called. */
  readonly guarded: (target: string, call: () => Promise<EffectOutcome>) => Promise<EffectOutcome | 'sick'>;
  readonly counters: Counters;
  readonly observer: EffectsObserver | undefined;
  readonly timeoutMs: number;
  readonly now: () => Date;
  readonly random: () => number;
}

/** Brings one attempt to a verdict: looks first when an earlier one is in doubt, then performs. It never throws. */
export async function attempt(effect: BegunEffect, stopped: AbortSignal, tools: AttemptTools): Promise<Verdict> {
  const { kinds, counters, observer, now, random } = tools;
  const kind = Object.hasOwn(kinds, effect.kind) ? kinds[effect.kind] : undefined;
  if (kind === undefined) {
    const retry = { reason: EffectRetry.unknownKind, afterMs: UNKNOWN_KIND_RETRY_MS, didNotHappen: true };
    return verdictOn({ retry }, effect, effect.inDoubt, now(), random);
  }
  let isEarlierInDoubt = effect.inDoubt;
  let step = firstStep(effect, now());
  if (step === 'find-out') {
    const finding = await findOut(kind, effect, stopped, tools);
    if (typeof finding === 'object' && 'failed' in finding) return verdictOn(finding.failed, effect, true, now(), random);
    if (finding === 'unknown') {
      counters.inDoubtTotal += 1;
      observer?.inDoubt(effect.kind);
    }
    isEarlierInDoubt = finding === 'unknown';
    step = stepAfterFinding(effect, finding, now());
  }
  if (step !== 'perform') return step as Verdict;
  const outcome = await guardedCall(effect, stopped, tools, (signal) => kind.perform(effect, signal));
  return verdictOn(outcome, effect, isEarlierInDoubt, now(), random);
}

async function findOut(
  kind: EffectKind,
  effect: Effect,
  stopped: AbortSignal,
  tools: AttemptTools,
): Promise<Finding | { failed: EffectOutcome }> {
  const look = kind.findOut?.bind(kind);
  if (look === undefined) return 'unknown';
  let finding: Finding | undefined;
  // A deadline holds although the target is sick: then it is looked all the same.
  const asked = isLate(effect, tools.now()) ? { ...tools, guarded: unguarded } : tools;
  const failed = await guardedCall(effect, stopped, asked, async (signal) => {
    finding = await look(effect, signal);
    return { done: null };
  });
  return finding ?? { failed };
}

function unguarded(_target: string, call: () => Promise<EffectOutcome>): Promise<EffectOutcome> {
  return call();
}

/** A call with all that can happen to one: the target is sick, it throws, it takes too long, the worker stops. */
async function guardedCall(
  effect: Effect,
  stopped: AbortSignal,
  tools: AttemptTools,
  call: (signal: AbortSignal) => Promise<EffectOutcome>,
): Promise<EffectOutcome> {
  const outcome = await tools.guarded(effect.target, () => withinTime(stopped, tools.timeoutMs, call));
  return outcome === 'sick' ? { retry: { reason: EffectRetry.targetSick, didNotHappen: true } } : outcome;
}

async function withinTime(
  stopped: AbortSignal,
  timeoutMs: number,
  call: (signal: AbortSignal) => Promise<EffectOutcome>,
): Promise<EffectOutcome> {
  if (stopped.aborted) return { retry: { reason: EffectRetry.timeout, didNotHappen: true, targetIsWell: true } };
  const late = new AbortController();
  const signal = AbortSignal.any([stopped, late.signal]);
  let deaf: NodeJS.Timeout | undefined;
  let giveUp = (): void => undefined;
  const given = new Promise<EffectOutcome>((resolve) => {
    giveUp = () => {
      deaf = setTimeout(() => resolve({ retry: { reason: EffectRetry.timeout } }), stopped.aborted ? GRACE_AT_STOP_MS : GRACE_MS);
    };
    signal.addEventListener('abort', giveUp, { once: true });
  });
  const timer = setTimeout(() => late.abort(), timeoutMs);
  try {
    return await Promise.race([settledCall(call, signal), given]);
  } finally {
    clearTimeout(timer);
    clearTimeout(deaf);
    signal.removeEventListener('abort', giveUp);
  }
}

async function settledCall(call: (signal: AbortSignal) => Promise<EffectOutcome>, signal: AbortSignal): Promise<EffectOutcome> {
  try {
    return await call(signal);
  } catch (error) {
    return outcomeOfError(error);
  }
}
