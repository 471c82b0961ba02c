import { setTimeout as pause } from 'node:timers/promises';
import { ApiClient, getBot, putBot } from '@baton/control-api';
import type { GivenBot } from '@baton/control-api';
import { CONTROL_PLANE_KEY } from '../../platform/services.js';
import { check, type Stage } from '../stage.js';

const CHANGES = 10;
const WITHIN_MS = 2_000;
const LOOK_EVERY_MS = 5;

/** A change of a setting is held by every service within two seconds, from the moment at which the API was asked. */
export async function settingsReachAll(stage: Stage, workspaceId: string, botId: string): Promise<void> {
  await stage.step(`console: ${CHANGES} changes of a setting reach every service within 2 s each`, async () => {
    const { ingress, orchestrators, dispatchers, ais, controlPlane } = stage.place;
    const services = [ingress, ...orchestrators, ...dispatchers, ...ais];
    const api = new ApiClient({ baseUrl: controlPlane, key: CONTROL_PLANE_KEY });
    const params = { workspaceId, botId };
    const took: number[] = [];
    for (let change = 0; change < CHANGES; change++) {
      const { bot, version } = await api.call(getBot, { params });
      const before = await Promise.all(services.map((url) => revision(url, botId)));
      const began = performance.now();
      await api.call(putBot, { params, body: { ...bot, hooksPerSecond: bot.hooksPerSecond + 1 } as GivenBot }, { version });
      const reached = services.map(async (url, nth) => {
        while ((await revision(url, botId)) <= before[nth]!) {
          check(performance.now() - began < 10_000, `${url} does not hold the change after 10 s`);
          await pause(LOOK_EVERY_MS);
        }
      });
      await Promise.all(reached);
      took.push(performance.now() - began);
    }
    const slowest = Math.max(...took);
    const middle = took.toSorted((a, b) => a - b)[CHANGES >> 1]!;
    console.log(
      `           a change is held by all ${services.length} services after ${middle.toFixed(0)} ms, at most ${slowest.toFixed(0)} ms`,
    );
    check(slowest < WITHIN_MS, `one took ${slowest.toFixed(0)} ms`);
  });
}

/** Which revision of a bot's settings a service holds. */
async function revision(url: string, botId: string): Promise<number> {
  const response = await fetch(`${url}/health/settings?settingId=bot:${botId}`, { signal: AbortSignal.timeout(5_000) });
  check(response.ok, `${url} answers ${response.status} when asked for what it holds`);
  return ((await response.json()) as { revision: number }).revision;
}
