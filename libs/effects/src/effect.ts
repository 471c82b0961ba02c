import type { EntityManager } from 'typeorm';

/** What a JSON column can hold. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json | undefined };

/** Something to be done outside, written in the transaction that decided it. */
export interface EffectPlan {
  /** A UUID. Planning the same id twice plans it once; without one it is made. */
  readonly id?: string;
  /** Effects of a lane happen one after another, in the order they were planned: a conversation's id. */
  readonly lane: string;
  /** The unit of the breaker and of the budget, for example `crisp:<websiteId>`. */
  readonly target: string;
  /** Which {@link EffectKind} carries it out. */
  readonly kind: string;
  readonly payload: Json;
  /** Not begun after it: refused with `effect.deadline`. */
  readonly deadline?: Date;
  /** Not begun before it; what is behind it in the lane waits too. */
  readonly notBefore?: Date;
  /** When nobody can say whether an earlier attempt happened: do it again (human words), or leave it (bot lines). */
  readonly onDoubt: 'repeat' | 'drop';
  /** `high` (human words) is served before `low` when the target's budget is short. Default `high`. */
  readonly budget?: 'high' | 'low';
  /** W3C trace context of what planned it; without one, that of what is being worked on. As a kind sees it: that of the attempt. */
  readonly traceparent?: string | undefined;
}

/** An effect as its kind sees it. */
export interface Effect extends EffectPlan {
  readonly id: string;
  /** A whole number in text: the order inside the lane, rising over the whole table. */
  readonly position: string;
  /** Attempts begun so far, this one included; from 1. */
  readonly attempts: number;
  readonly plannedAt: Date;
  /** An earlier attempt may have happened: its worker was lost, or it said so. */
  readonly inDoubt: boolean;
}

/** How an attempt ended. */
export type EffectOutcome =
  | { readonly done: Json | null }
  /**
   * Not now. `afterMs` is the least wait the other side asked for; the back-off may be longer. `didNotHappen: true` says that this
   * attempt surely had no effect, so that the next one needs no finding out; without it the effect stays in doubt.
   * `targetIsWell: true` keeps the breaker out of it: only this effect has to wait.
   */
  | {
      readonly retry: {
        readonly reason: string;
        readonly afterMs?: number;
        readonly didNotHappen?: boolean;
        readonly targetIsWell?: boolean;
      };
    }
  /** Never: a code such as `crisp.refused`. */
  | { readonly refused: string };

/** How an effect ended, for good. */
export type EffectEnd = { readonly done: Json | null } | { readonly refused: string };

/** How one kind of effect is carried out, looked for and settled. */
export interface EffectKind {
  /**
   * Does it. The signal fires when the lease is lost or the worker stops: then the attempt should end soon, its answer no longer
   * counts. Whatever is thrown is a retry, in doubt: its reason is the error's `code`, else `effect.failed`; its `mayHaveHappened:
   * false` clears the doubt, its `retryAfterMs` is the least wait, its `targetIsWell: true` keeps the breaker out of it.
   */
  perform(effect: Effect, signal: AbortSignal): Promise<EffectOutcome>;
  /**
   * Asked before an effect in doubt is done again. Whatever is thrown is a retry: the doubt stays. Without this function every
   * doubt is `unknown`, and the plan's `onDoubt` decides.
   */
  findOut?(effect: Effect, signal: AbortSignal): Promise<{ readonly happened: Json } | 'did-not-happen' | 'unknown'>;
  /**
   * Told once, in the transaction that ends the effect; when it throws, the end is rolled back and tried again. What it returns is
   * run after the commit. It must touch the database through `manager` only.
   */
  settled?(manager: EntityManager, effect: Effect, end: EffectEnd): Promise<(() => void) | void>;
}

/** Ends that this library decides by itself. */
export const EffectRefusal = {
  /** Its deadline passed before it could be done. */
  deadline: 'effect.deadline',
  /** Nobody can say whether it happened, and the plan said not to repeat it. */
  inDoubt: 'effect.in-doubt',
} as const;

/** Reasons of retries that this library gives by itself. */
export const EffectRetry = {
  /** Something without a code was thrown. */
  failed: 'effect.failed',
  /** The attempt took longer than attempts may. */
  timeout: 'effect.timeout',
  /** The target's breaker is open. */
  targetSick: 'effect.target-sick',
  /** This program knows no kind of that name: another version may. */
  unknownKind: 'effect.unknown-kind',
} as const;
