import type { Logger } from '../logger.js';

/** A step that took so long (ms) is told without being asked. */
const LONG_MS = 500;

/** One step of a stop never keeps the next from being taken. */
export function stepsOf(logger: Logger) {
  return async (what: string, run: () => Promise<void>): Promise<void> => {
    const began = performance.now();
    try {
      await run();
      const tookMs = Math.round(performance.now() - began);
      logger[tookMs < LONG_MS ? 'debug' : 'info']({ step: what, tookMs }, 'a step of the stop is done');
    } catch (error) {
      logger.warn({ err: error, step: what }, 'a step of the stop failed');
    }
  };
}
