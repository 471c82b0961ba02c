import { gauge } from './metrics.js';
import { METRICS } from './names.js';

/** How often Postgres is asked how old the oldest waiting effect is, at most (ms). */
const ASK_EVERY = 10_000;

/** What a service's effects know of themselves. */
export interface WatchedEffects {
  readonly sickTargets: readonly string[];
}

/** Whatever takes SQL; the table `effects` is found by it. */
export interface Asked {
  query(sql: string): Promise<unknown>;
}

const OLDEST_DUE = `SELECT coalesce(extract(epoch FROM now() - min(greatest(planned_at, not_before))), 0) AS age
  FROM effects WHERE ended_at IS NULL AND (not_before IS NULL OR not_before <= now())`;

/** Shows how many targets are sick here, and how long the oldest open effect has been due: the same on every replica. */
export function watchEffects(effects: WatchedEffects, database: Asked): void {
  gauge(METRICS.breakersOpen, (of) => of.set(effects.sickTargets.length));
  let age = 0;
  let askedAt = -Infinity;
  gauge(METRICS.effectAge, (of) => {
    of.set(age);
    if (performance.now() - askedAt < ASK_EVERY) return;
    askedAt = performance.now();
    database
      .query(OLDEST_DUE)
      .then((rows) => (age = Math.max(0, Number((rows as { age: string }[])[0]?.age ?? 0))))
      .catch(() => undefined);
  });
}
