import { INNER } from '@baton/passes';
import { addressRate, PROBE_DOORS } from '@baton/telemetry';
import type { Door, HouseRules } from '@baton/telemetry';

/** Far more than a token takes; nothing larger is ever posted here but files (bytes). */
export const BODY_LIMIT = 8_192;
/** The largest file that any configuration takes (bytes); what this one takes, `FILES_MAX_MB` says. */
const LARGEST_FILE = 25 * 1_048_576;

export const houseRules = (requestsPerAddress: number): HouseRules => ({ perAddress: addressRate(requestsPerAddress) });

const WEBCHAT = '/v1/webchat/:botId';
const FILES_ALSO =
  'of one visitor 1 in 5 s, 10 at once; of one address 2/s, 60 at once; 8 at the same time; 180 s; `FILES_*` (429 `too-fast`, 413 `too-large`)';

/** Every door of the dispatcher; the visitors' socket has its own limits, see `sockets/`. */
export const DOORS: readonly Door[] = [
  { method: 'OPTIONS', path: `${WEBCHAT}/*`, who: 'anyone', bodyBytes: 0, also: 'answers from memory' },
  { method: 'GET', path: `${WEBCHAT}/config`, who: 'anyone', bodyBytes: 0, also: 'answers from memory; pages of `allowedOrigins`' },
  {
    ...{ method: 'POST', path: `${WEBCHAT}/visitors`, who: 'anyone', bodyBytes: BODY_LIMIT },
    also: '`NEW_VISITORS_PER_MINUTE` of one address (429 `too-fast`)',
  },
  { method: 'GET', path: `${WEBCHAT}/history`, who: 'anyone', bodyBytes: 0, also: 'of one visitor 2/s, 20 at once (429 `too-fast`)' },
  { method: 'POST', path: `${WEBCHAT}/files`, who: 'anyone', bodyBytes: LARGEST_FILE, also: FILES_ALSO },
  { method: 'GET', path: '/v1/files/:id/:name', who: 'anyone', bodyBytes: 0, also: 'signed links only; 100 wait at the same time' },
  { method: 'GET', path: '/w/:name', who: 'anyone', bodyBytes: 0, also: 'answers from memory' },
  { method: 'any', path: `/${INNER}/*`, who: 'pass', bodyBytes: BODY_LIMIT, also: 'one workspace, one errand, one minute' },
  ...PROBE_DOORS,
];
