import { gauge } from './metrics.js';
import { METRICS } from './names.js';
import { NowAndThen } from './now-and-then.js';

/** What a service's effects know of themselves. */
export interface WatchedEffects {
  readonly sickTargets: readonly string[];
}

/** Whatever takes SQL; the table `effects` is found by it. */
export interface Asked {
  query(sql: string, parameters: unknown[]): Promise<unknown>;
}

const SINCE = 'min(greatest(planned_at, not_before))';
const OLDEST_DUE = `SELECT coalesce(extract(epoch FROM now() - ${SINCE}), 0) AS age,
    coalesce(extract(epoch FROM now() - ${SINCE} FILTER (WHERE kind = ANY($1::text[]))), 0) AS words
  FROM effects WHERE ended_at IS NULL AND (not_before IS NULL OR not_before <= now())`;

/**
 * Shows how many targets are sick here, and how long the oldest open effect has been due: the same on every replica, and nothing while
 * Postgres cannot be asked.
 * @param words the kinds of effects that carry what people said: their oldest is shown by itself
 */
export function watchEffects(effects: WatchedEffects, database: Asked, words: readonly string[] = []): void {
  gauge(METRICS.breakersOpen, (of) => of.set(effects.sickTargets.length));
  const oldest = new NowAndThen(async () => {
    const [row] = (await database.query(OLDEST_DUE, [words])) as { age: string; words: string }[];
    return { age: Number(row?.age ?? 0), words: Number(row?.words ?? 0) };
  });
  const shows = (metric: typeof METRICS.effectAge | typeof METRICS.wordAge, which: 'age' | 'words') =>
    gauge(metric, (of) => {
      const seconds = oldest.last()?.[which];
      if (seconds === undefined) of.remove();
      else of.set(Math.max(0, seconds));
    });
  shows(METRICS.effectAge, 'age');
  if (words.length > 0) shows(METRICS.wordAge, 'words');
}
