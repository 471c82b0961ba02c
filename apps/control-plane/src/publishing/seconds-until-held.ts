import { setTimeout as pause } from 'node:timers/promises';

export interface Measured {
  /** Such as `bot:demo`. */
  readonly settingId: string;
  /** Where each service that holds settings is reached: its `/health/settings` is asked. */
  readonly services: readonly string[];
  readonly change: () => Promise<unknown>;
  readonly withinSeconds: number;
}

const LOOK_EVERY_MS = 5;

/**
 * Changes a setting and measures until every service holds a newer revision of it.
 * @throws when one of them does not answer, or does not hold it in time
 */
export async function secondsUntilHeld({ settingId, services, change, withinSeconds }: Measured): Promise<number> {
  const before = await Promise.all(services.map((url) => revisionAt(url, settingId)));
  const began = performance.now();
  await change();
  await Promise.all(
    services.map(async (url, i) => {
      while ((await revisionAt(url, settingId)) <= before[i]!) {
        if (performance.now() - began > withinSeconds * 1_000) throw new Error(`${url} does not hold the change after ${withinSeconds} s`);
        await pause(LOOK_EVERY_MS);
      }
    }),
  );
  return (performance.now() - began) / 1_000;
}

/** 0 where nothing of it is held. */
async function revisionAt(url: string, settingId: string): Promise<number> {
  const response = await fetch(`${url}/health/settings?settingId=${encodeURIComponent(settingId)}`);
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return ((await response.json()) as { revision: number | null }).revision ?? 0;
}
