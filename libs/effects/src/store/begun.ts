import type { Effect, EffectEnd, Json } from '../effect.js';

/** An effect that was marked in doubt for its next attempt, as the statements give it back. */
export interface BegunRow {
  readonly lane: string;
  /** Null when the lane has none to begin. */
  readonly position: string | null;
  readonly id: string;
  readonly target: string;
  readonly kind: string;
  readonly payload: Json;
  readonly on_doubt: 'repeat' | 'drop';
  readonly budget: number;
  readonly deadline: Date | null;
  readonly not_before: Date | null;
  readonly in_doubt: boolean;
  readonly attempts: number;
  readonly planned_at: Date;
  readonly outcome: EffectEnd | null;
  readonly traceparent: string | null;
}

export const BEGUN =
  'b.position, b.id, b.target, b.kind, b.payload, b.on_doubt, b.budget, b.deadline, b.not_before, b.in_doubt, b.attempts, b.planned_at, b.outcome, b.traceparent';

/** An effect and, when it ended outside but the end could not be told yet, that end. */
export interface BegunEffect extends Effect {
  readonly knownEnd?: EffectEnd;
}

export function effectOf(row: BegunRow): BegunEffect | undefined {
  if (row.position === null) return undefined;
  return {
    id: row.id,
    position: row.position,
    lane: row.lane,
    target: row.target,
    kind: row.kind,
    payload: row.payload,
    onDoubt: row.on_doubt,
    budget: row.budget === 0 ? 'high' : 'low',
    ...(row.deadline === null ? {} : { deadline: row.deadline }),
    ...(row.not_before === null ? {} : { notBefore: row.not_before }),
    attempts: row.attempts,
    plannedAt: row.planned_at,
    inDoubt: row.in_doubt,
    ...(row.outcome === null ? {} : { knownEnd: row.outcome }),
    ...(row.traceparent === null ? {} : { traceparent: row.traceparent }),
  };
}
