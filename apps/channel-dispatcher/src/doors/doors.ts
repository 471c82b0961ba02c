import { INNER } from '@baton/passes';
import { addressRate, PROBE_DOORS } from '@baton/telemetry';
import type { Door, HouseRules, Rate } from '@baton/telemetry';

/** Far more than a token takes; nothing larger is ever posted here but files (bytes). */
export const BODY_LIMIT = 8_192;
/** The largest file that any configuration takes (bytes); what this one takes, `FILES_MAX_MB` says. */
const LARGEST_FILE = 25 * 1_048_576;

/** A bot that all the world asks for takes the place of no other: ten times what one client address may, two seconds’ worth at once. */
export const botRate = (requestsPerAddress: number): Rate => ({ perSecond: requestsPerAddress * 10, burst: requestsPerAddress * 20 });

export const houseRules = (requestsPerAddress: number): HouseRules => ({ perAddress: addressRate(requestsPerAddress) });

const WEBCHAT = '/v1/webchat/:botId';
const OF_BOT = 'of one bot 1000/s, 2000 at once, with its other such door together';
const FILES_ALSO =
  'of one visitor 1 in 5 s, 10 at once; of one address 2/s, 60 at once; 8 at the same time; 180 s; `FILES_*` (429 `too-fast`, 413 `too-large`)';

/** Every door of the dispatcher; the visitors' socket has its own limits, see `sockets/`. */
export const DOORS: readonly Door[] = [
  { method: 'OPTIONS', path: `${WEBCHAT}/*`, who: 'anyone', bodyBytes: 0, also: 'answers from memory' },
  {
    ...{ method: 'GET', path: `${WEBCHAT}/config`, who: 'anyone', bodyBytes: 0 },
    also: `answers from memory; pages of \`allowedOrigins\`; ${OF_BOT} (429 \`too-fast\`)`,
  },
  {
    ...{ method: 'POST', path: `${WEBCHAT}/visitors`, who: 'anyone', bodyBytes: BODY_LIMIT },
    also: `\`NEW_VISITORS_PER_MINUTE\` of one address; ${OF_BOT} (429 \`too-fast\`)`,
  },
  { method: 'GET', path: `${WEBCHAT}/history`, who: 'anyone', bodyBytes: 0, also: 'of one visitor 2/s, 20 at once (429 `too-fast`)' },
  { method: 'POST', path: `${WEBCHAT}/files`, who: 'anyone', bodyBytes: LARGEST_FILE, also: FILES_ALSO },
  { method: 'GET', path: '/v1/files/:id/:name', who: 'anyone', bodyBytes: 0, also: 'signed links only; 100 wait at the same time' },
  { method: 'GET', path: '/w/:name', who: 'anyone', bodyBytes: 0, also: 'answers from memory' },
  { method: 'any', path: `/${INNER}/*`, who: 'pass', bodyBytes: BODY_LIMIT, also: 'one workspace, one errand, one minute' },
  ...PROBE_DOORS,
];
