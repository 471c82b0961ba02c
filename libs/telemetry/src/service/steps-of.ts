import type { Logger } from '../logger.js';

/** One step of a stop never keeps the next from being taken. */
export function stepsOf(logger: Logger) {
  return async (what: string, run: () => Promise<void>): Promise<void> => {
    const began = performance.now();
    try {
      await run();
      logger.debug({ step: what, tookMs: Math.round(performance.now() - began) }, 'a step of the stop is done');
    } catch (error) {
      logger.warn({ err: error, step: what }, 'a step of the stop failed');
    }
  };
}
