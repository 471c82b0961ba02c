import { setTimeout as pause } from 'node:timers/promises';
import { watchEventLoop } from './health/event-loop.js';
import type { Health } from './health/health.js';
import type { Logger } from './logger.js';
import { VERSION } from './metrics.js';
import { startTracing } from './tracing/start-tracing.js';
import type { Tracing } from './tracing/start-tracing.js';

export interface RunningService {
  /**
   * Stops cleanly, in this order: take nothing new, drain what was taken, commit, leave the group, flush, close.
   * It was made not ready before.
   * @param doorsMayClose resolves when callers have had time to learn that; until then what still comes over HTTP is taken as ever. What nobody
   * calls, such as a member of a group, need not wait. Without it doors close at once.
   */
  close(doorsMayClose?: Promise<void>): Promise<void>;
}

export interface ServiceOptions {
  readonly name: string;
  readonly logger: Logger;
  readonly health: Health;
  /** Which replica, for its traces. */
  readonly instance?: string;
  /** Builds and starts the service; it is up when the promise resolves. */
  readonly create: () => Promise<RunningService>;
  /**
   * How long doors stay open after the stop began: a balancer learns only at its next look that this replica is not ready. Default 0; services take
   * `SHUTDOWN_DELAY_MS`.
   */
  readonly shutdownDelayMs?: number;
  /** A stop that takes longer than this and the delay is cut off with exit code 1. Default 10 s. */
  readonly stopWithinMs?: number;
}

const STOP_WITHIN_MS = 10_000;

/**
 * Runs a service until it is told to stop. SIGTERM and SIGINT stop it cleanly (exit 0); a second one ends it at once.
 * What nobody caught is logged and ends the process (exit 1): a half-broken replica is worse than a restarted one.
 */
export async function runService(options: ServiceOptions): Promise<void> {
  const { logger, health } = options;
  const startedAt = performance.now();
  let stopping = false;
  watchEventLoop(health);

  const die = (error: unknown, what: string): void => {
    logger.fatal({ err: error }, what);
    process.exit(1);
  };
  process.on('uncaughtException', (error) => die(error, 'ended by an error that nobody caught'));
  process.on('unhandledRejection', (error) => die(error, 'ended by a rejection that nobody caught'));

  const stop = async (signal: NodeJS.Signals): Promise<void> => {
    if (stopping) return process.exit(1);
    stopping = true;
    health.stopping();
    const began = performance.now();
    const delay = options.shutdownDelayMs ?? 0;
    const within = delay + (options.stopWithinMs ?? STOP_WITHIN_MS);
    setTimeout(() => {
      logger.error({ afterMs: within }, 'the clean stop took too long and was cut off');
      process.exit(1);
    }, within).unref();
    try {
      // A start that was interrupted may fail in its own ways; then there is nothing left to close.
      const running = await created.catch(() => undefined);
      await running?.close(pause(delay));
      await tracing?.stop();
      logger.info({ signal, tookMs: Math.round(performance.now() - began) }, `${options.name} stopped`);
      process.exit(0);
    } catch (error) {
      die(error, 'the clean stop failed');
    }
  };
  let created: Promise<RunningService | undefined> = Promise.resolve(undefined);
  let tracing: Tracing | undefined;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop(signal));

  /** Tracing first: what is built before it would be built without. */
  const begin = async (): Promise<RunningService> => {
    const { name: service, instance = 'unknown' } = options;
    const onTrouble = (trouble: string): void => logger.warn({ trouble }, 'traces do not get out as they should');
    tracing = await startTracing({ service, version: VERSION, instance, onTrouble });
    return options.create();
  };

  try {
    created = begin();
    await created;
    const sinceStartMs = Math.round(performance.now());
    if (!stopping) logger.info({ tookMs: sinceStartMs - Math.round(startedAt), sinceStartMs }, `${options.name} is up`);
  } catch (error) {
    if (!stopping) die(error, `${options.name} could not start`);
  }
}
