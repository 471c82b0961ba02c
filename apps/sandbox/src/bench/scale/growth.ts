import { median } from '../summary.js';

/** One service at one number of replicas in one round. */
export interface Step {
  readonly replicas: number;
  /** `each`: every replica carries what one carries alone. `all`: they carry together what the most of them carry. */
  readonly load: 'each' | 'all';
  /** All replicas of the service together. */
  readonly cpuPerMessageUs: number;
  /** CPU of one replica in a second without any message, in microseconds. */
  readonly idleUsPerSecond: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  /** Resident memory of one replica, the mean of all. */
  readonly rssMiB: number;
  /** From the start of a joining process until it did its share; absent where none joined. */
  readonly joinedSeconds?: number | undefined;
}

export interface Level {
  readonly replicas: number;
  readonly load: Step['load'];
  readonly cpuPerMessageUs: number;
  /** Of it, what replicas cost by merely running, at this rate. */
  readonly idlePerMessageUs: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly rssMiB: number;
  readonly joinedSeconds: number | undefined;
  /** The most replicas against this: 0.07 is 7 % more for the same message there. */
  readonly growth: number;
}

/** What one more replica may cost: CPU per message at the most replicas against the fewest, each with the same load. */
export const GROWTH_BOUND = 0.1;

/** Medians over the rounds: fewest replicas first, those with a load for each before those that carry all. */
export function levelsOf(steps: readonly Step[]): Level[] {
  const places = [...new Set(steps.map(({ load, replicas }) => `${load} ${replicas}`))].map((place) => ({
    load: place.split(' ')[0] as Step['load'],
    replicas: Number(place.split(' ')[1]),
  }));
  places.sort((a, b) => Number(b.load === 'each') - Number(a.load === 'each') || a.replicas - b.replicas);
  const most = Math.max(...places.flatMap(({ load, replicas }) => (load === 'each' ? [replicas] : [])));
  const cpuAt = (replicas: number, load: Step['load']): number =>
    median(steps.filter((step) => step.replicas === replicas && step.load === load).map((step) => step.cpuPerMessageUs));
  return places.map(({ load, replicas }) => {
    const here = steps.filter((step) => step.replicas === replicas && step.load === load);
    const at = (value: (step: Step) => number | undefined): number => median(here.flatMap((step) => value(step) ?? []));
    const cpuPerMessageUs = at((step) => step.cpuPerMessageUs);
    const hasJoined = here.some(({ joinedSeconds }) => joinedSeconds !== undefined);
    return {
      ...{ replicas, load, cpuPerMessageUs, perSecond: at((step) => step.perSecond) },
      idlePerMessageUs: at((step) => (step.idleUsPerSecond * replicas) / Math.max(1, step.perSecond)),
      p50Ms: at((step) => step.p50Ms),
      p95Ms: at((step) => step.p95Ms),
      rssMiB: at((step) => step.rssMiB),
      joinedSeconds: hasJoined ? at((step) => step.joinedSeconds) : undefined,
      growth: cpuPerMessageUs > 0 && Number.isFinite(most) ? cpuAt(most, 'each') / cpuPerMessageUs - 1 : 0,
    };
  });
}

/** What the most replicas cost more than the fewest where each has the same load; undefined where that was not measured. */
export function growthOf(levels: readonly Level[]): number | undefined {
  const each = levels.filter(({ load }) => load === 'each');
  return each.length < 2 ? undefined : each[0]!.growth;
}

export function growsTooMuch(levels: readonly Level[]): boolean {
  const growth = growthOf(levels);
  return growth === undefined || growth > GROWTH_BOUND + 1e-9;
}
