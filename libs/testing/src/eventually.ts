import { setTimeout as pause } from 'node:timers/promises';

export interface EventuallyOptions {
  /** Milliseconds until it gives up; default 30 s. */
  readonly within?: number;
  /** Milliseconds between two looks; default 25. */
  readonly every?: number;
  /** What is waited for, for the error. */
  readonly what?: string;
}

type Truthy<T> = Exclude<T, false | null | undefined | 0 | ''>;

/** Looks again and again until `check` returns something truthy without throwing, and returns that. */
export async function eventually<T>(check: () => T | Promise<T>, options: EventuallyOptions = {}): Promise<Truthy<T>> {
  const { within = 30_000, every = 25, what = 'it' } = options;
  const deadline = performance.now() + within;
  for (;;) {
    let failure: unknown;
    let value: T | undefined;
    try {
      value = await check();
      if (value) return value as Truthy<T>;
    } catch (error) {
      failure = error;
    }
    if (performance.now() >= deadline) {
      const last = failure instanceof Error ? failure.message : `the last look gave ${String(value)}`;
      throw new Error(`${what} did not happen within ${within} ms: ${last}`, { cause: failure });
    }
    await pause(every);
  }
}
