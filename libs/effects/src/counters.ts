/** Who wants to know of each end, for example to count by kind. Told after it was written. */
export interface EffectsObserver {
  /** An attempt came to its verdict: the effect ended, or will be tried again. */
  settled(kind: string, outcome: 'done' | 'refused' | 'retry'): void;
  /** Nobody could say whether an attempt had happened. */
  inDoubt(kind: string): void;
}

/** Totals since the process began; whoever measures reads them. */
export class Counters {
  /** Attempts begun, those that only looked included. */
  attempts = 0;
  done = 0;
  refused = 0;
  retried = 0;
  /** Times that nobody could say whether an attempt had happened (`in_doubt_total`). */
  inDoubtTotal = 0;
  /** Lanes that another worker took over while we thought them ours. */
  leasesLost = 0;
  /** Ends that could not be written at first: a `settled` threw, or Postgres was away. */
  settlesFailed = 0;
  /** Statements sent to Postgres by the worker. */
  statements = 0;
}
