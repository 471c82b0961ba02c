import { eventually } from '@baton/testing';

/** A service that was killed may take this long on a machine that is busy. */
const BACK_WITHIN_MS = 90_000;

/** Seconds that something took. */
export async function timed(act: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await act();
  return (performance.now() - began) / 1_000;
}

/** Waits until somebody says 2xx. */
export async function answers(url: string): Promise<void> {
  const ask = async () => (await fetch(url, { signal: AbortSignal.timeout(1_000) })).ok;
  await eventually(ask, { within: BACK_WITHIN_MS, every: 20, what: `${url} answering` });
}
