import { INNER } from '@baton/passes';
import { addressRate, PROBE_DOORS } from '@baton/telemetry';
import type { Door, HouseRules } from '@baton/telemetry';
import type { FastifyReply } from 'fastify';
import { HEADERS } from '../history/history-headers.js';
import { renderNotice } from '../history/render-history.js';

/** The largest body of a request: an inline history of 500 lines fits (bytes). */
export const BODY_LIMIT = 1_048_576;

export const houseRules = (requestsPerAddress: number): HouseRules => ({
  perAddress: addressRate(requestsPerAddress),
  perKey: { perSecond: 50, burst: 100 },
  strangers: { perSecond: 20, burst: 200 },
  wrongKeys: { perSecond: 10, burst: 100 },
});

const OF_BOT =
  'of one bot 50/s, of one key 50/s, 100 at once, wrong keys of all callers 20/s, at all doors together (429 `too-many-requests`)';

/** Every door of the orchestrator. */
export const DOORS: readonly Door[] = [
  { method: 'POST', path: '/v1/escalations', who: 'key', bodyBytes: BODY_LIMIT, also: OF_BOT },
  { method: 'DELETE', path: '/v1/conversations/:id/history-links', who: 'key', bodyBytes: 0, also: OF_BOT },
  { method: 'GET', path: '/v1/promises', who: 'key', bodyBytes: 0, also: OF_BOT },
  { method: 'GET', path: '/v1/outcomes', who: 'key', bodyBytes: 0, also: OF_BOT },
  { method: 'GET', path: '/v1/outcomes/*', who: 'key', bodyBytes: 0, also: OF_BOT },
  {
    ...{ method: 'GET', path: '/history/:token', who: 'anyone', bodyBytes: 0, perAddress: { perSecond: 10, burst: 200 } },
    also: 'signed links only, until they end or are withdrawn',
  },
  { method: 'any', path: `/${INNER}/*`, who: 'pass', bodyBytes: BODY_LIMIT, also: 'one workspace, one errand, one minute' },
  ...PROBE_DOORS,
];

/** Says that it was too much: to programs as they are used to, to people on a page. */
export function refuseTooMany(reply: FastifyReply, seconds: number): FastifyReply {
  void reply.code(429).header('retry-after', seconds);
  if (reply.request.url.startsWith('/history/'))
    return reply.headers(HEADERS).send(renderNotice('Too many requests', 'Wait for a moment, then load this page again.'));
  return reply.send({ error: { code: 'too-many-requests', message: 'wait before the next request' } });
}
