/** What is known when somebody asks whether a batch should begin. */
export interface Standing {
  /** Records that could be handed out now. */
  readonly ready: number;
  /** Batches at work. */
  readonly running: number;
  /** Since the last batch began, in milliseconds. */
  readonly sinceLastMs: number;
}

export interface GatheringLimits {
  readonly maxBatch: number;
  /** Batches side by side, at most. */
  readonly concurrency: number;
  /** How long a batch at work may hold up what comes behind it, in milliseconds. */
  readonly patienceMs: number;
}

/**
 * When the next batch begins: at once when nothing is at work; else what comes is gathered, for one larger batch costs far less than
 * several small ones, until the one at work is done, a whole batch is there, or patience ends.
 * @returns 'start', 'wait' (something else must happen first), or the milliseconds after which to ask again
 */
export function whenToStart(now: Standing, limits: GatheringLimits): 'start' | 'wait' | number {
  if (now.ready === 0 || now.running >= limits.concurrency) return 'wait';
  if (now.running === 0 || now.ready >= limits.maxBatch || now.sinceLastMs >= limits.patienceMs) return 'start';
  return limits.patienceMs - now.sinceLastMs;
}
