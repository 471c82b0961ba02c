import { median } from '../summary.js';

/** One service at one number of replicas in one round. */
export interface Step {
  readonly replicas: number;
  /** All replicas of the service together. */
  readonly cpuPerMessageUs: number;
  /** CPU of one replica in a second without any message, in microseconds. */
  readonly idleUsPerSecond: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  /** From the start of a joining process until it did its share; absent where none joined. */
  readonly joinedSeconds?: number | undefined;
}

export interface Level {
  readonly replicas: number;
  readonly cpuPerMessageUs: number;
  /** Of it, what replicas cost by merely running, at this rate. */
  readonly idlePerMessageUs: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly joinedSeconds: number | undefined;
  /** Against the fewest replicas: 0.07 is 7 % more for the same message. */
  readonly growth: number;
}

/** What one more replica may cost: CPU per message at the most replicas against the fewest. */
export const GROWTH_BOUND = 0.1;

/** Medians over the rounds, fewest replicas first. */
export function levelsOf(steps: readonly Step[]): Level[] {
  const counts = [...new Set(steps.map(({ replicas }) => replicas))].sort((a, b) => a - b);
  const medianAt = (replicas: number, value: (step: Step) => number | undefined): number =>
    median(steps.filter((step) => step.replicas === replicas).flatMap((step) => value(step) ?? []));
  const fewest = medianAt(counts[0] ?? 0, ({ cpuPerMessageUs }) => cpuPerMessageUs);
  return counts.map((replicas) => {
    const at = (value: (step: Step) => number | undefined): number => medianAt(replicas, value);
    const cpuPerMessageUs = at((step) => step.cpuPerMessageUs);
    const hasJoined = steps.some((step) => step.replicas === replicas && step.joinedSeconds !== undefined);
    return {
      ...{ replicas, cpuPerMessageUs, perSecond: at((step) => step.perSecond) },
      idlePerMessageUs: at((step) => (step.idleUsPerSecond * replicas) / Math.max(1, step.perSecond)),
      p50Ms: at((step) => step.p50Ms),
      p95Ms: at((step) => step.p95Ms),
      joinedSeconds: hasJoined ? at((step) => step.joinedSeconds) : undefined,
      growth: fewest > 0 ? cpuPerMessageUs / fewest - 1 : 0,
    };
  });
}

export function growsTooMuch(levels: readonly Level[]): boolean {
  return levels.length < 2 || levels.at(-1)!.growth > GROWTH_BOUND + 1e-9;
}
