import { counter } from './metrics.js';
import { METRICS } from './names.js';

const OUTCOMES = ['done', 'retry', 'refused'] as const;

/** Counts what becomes of a service's effects, by kind. Every kind stands there from the start: a first doubt must look like a rise. */
export function countEffects(kinds: readonly string[]) {
  const effects = counter(METRICS.effects);
  const doubts = counter(METRICS.inDoubt);
  for (const kind of kinds) {
    for (const outcome of OUTCOMES) effects.inc({ kind, outcome }, 0);
    doubts.inc({ kind }, 0);
  }
  return {
    settled: (kind: string, outcome: (typeof OUTCOMES)[number]): void => effects.inc({ kind, outcome }),
    inDoubt: (kind: string): void => doubts.inc({ kind }),
  };
}
