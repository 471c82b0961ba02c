import { INNER } from '@baton/passes';
import { addressRate, PROBE_DOORS } from '@baton/telemetry';
import type { Door, HouseRules } from '@baton/telemetry';

/** The largest body of a request that is no upload (bytes). */
export const BODY_LIMIT = 2_097_152;

export const houseRules = (requestsPerAddress: number): HouseRules => ({
  perAddress: addressRate(requestsPerAddress),
  perKey: { perSecond: 50, burst: 100 },
  strangers: { perSecond: 20, burst: 200 },
  wrongKeys: { perSecond: 10, burst: 100 },
});

const OF_KEY = 'of one key 50/s, 100 at once (429 `too-many-requests`)';
const bot = (path: string): string => `/v1/bots/:botId${path}`;

/** Every door of the AI. */
export const DOORS: readonly Door[] = [
  {
    ...{ method: 'POST', path: bot('/ask'), who: 'key', bodyBytes: BODY_LIMIT },
    also: `of one bot 5/s, 20 at once, 4 at the same time; ${OF_KEY}`,
  },
  { method: 'GET', path: bot('/answers'), who: 'key', bodyBytes: 0, also: OF_KEY },
  { method: 'GET', path: bot('/answers/*'), who: 'key', bodyBytes: 0, also: OF_KEY },
  { method: 'any', path: bot('/sources'), who: 'key', bodyBytes: BODY_LIMIT, also: `a file: 20 MB; ${OF_KEY}` },
  { method: 'any', path: bot('/sources/*'), who: 'key', bodyBytes: BODY_LIMIT, also: `a file: 20 MB; ${OF_KEY}` },
  { method: 'GET', path: bot('/usage'), who: 'key', bodyBytes: 0, also: OF_KEY },
  { method: 'POST', path: bot('/crisp/check'), who: 'key', bodyBytes: 0, also: OF_KEY },
  { method: 'any', path: bot('/stop'), who: 'key', bodyBytes: 0, also: OF_KEY },
  { method: 'any', path: `/${INNER}/*`, who: 'pass', bodyBytes: BODY_LIMIT, also: 'one workspace, one errand, one minute' },
  ...PROBE_DOORS,
];
