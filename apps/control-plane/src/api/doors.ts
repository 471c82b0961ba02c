import { OPERATIONS } from '@baton/control-api';
import { addressRate, PROBE_DOORS } from '@baton/telemetry';
import type { Door, HouseRules } from '@baton/telemetry';
import type { FastifyReply } from 'fastify';
import { problemOf } from './problem.js';

/** The largest JSON body of a request (bytes): a bot with every text in ten languages, several times. */
export const BODY_LIMIT = 1_048_576;

/** Callers, their keys and their tries to sign in are counted where it is known who they are: `sign-in/limits.ts`. */
export const houseRules = (requestsPerSecond: number): HouseRules => ({ perAddress: addressRate(requestsPerSecond) });

const OF_CALLER =
  'of one person, key or stranger’s address `API_REQUESTS_PER_SECOND`, ten seconds’ worth at once; wrong keys of one address 1 in 2 s, 30 at once; failed sign-ins of one address 1 in 15 s, 10 at once (429 `too-many-requests`)';

/** What the table shows of the API: each operation stands in the OpenAPI document. */
export const API_DOOR: Door = { method: 'any', path: '/v1/*', who: 'key', bodyBytes: BODY_LIMIT, also: OF_CALLER };

const PAGES: readonly Door[] = [
  { method: 'GET', path: '/v1/openapi.json', who: 'anyone', bodyBytes: 0, also: 'answers from memory' },
  { method: 'GET', path: '/v1/sign-in/oidc', who: 'anyone', bodyBytes: 0, also: 'of one address as of one caller' },
  {
    ...{ method: 'GET', path: '/v1/sign-in/oidc/callback', who: 'anyone', bodyBytes: 0 },
    also: 'failed ones of one address 1 in 15 s, 10 at once',
  },
  { method: 'GET', path: '/', who: 'anyone', bodyBytes: 0, also: 'sends on to the console' },
  { method: 'GET', path: '/console', who: 'anyone', bodyBytes: 0, also: 'answers from memory' },
  { method: 'GET', path: '/console/*', who: 'anyone', bodyBytes: 0, also: 'answers from memory' },
  ...PROBE_DOORS,
];

/** Every door of the control plane: one for each operation, which counts by caller itself, and its pages. Who signs in has no session yet. */
export const DOORS: readonly Door[] = [
  ...OPERATIONS.map(({ method, path, bytes, access }): Door => ({
    ...{ ...API_DOOR, method, path: path.replace(/\{(\w+)\}/g, ':$1'), who: access.to === 'anyone' ? 'anyone' : 'key' },
    ...(bytes && { bodyBytes: bytes.limit }),
  })),
  ...PAGES,
];

export const SHOWN_DOORS: readonly Door[] = [API_DOOR, ...PAGES];

export function refuseTooMany(reply: FastifyReply, seconds: number): FastifyReply {
  const problem = problemOf('too-many-requests', 'Too many requests came from your address. Try again in a moment.', {
    retryAfter: seconds,
  });
  void reply.code(429).headers({ 'retry-after': seconds, 'cache-control': 'no-store' }).type('application/problem+json');
  return reply.send(JSON.stringify(problem));
}

export function refuseTooSlow(reply: FastifyReply): FastifyReply {
  const problem = { ...problemOf('invalid-request', 'The body did not arrive in time.'), status: 408 };
  void reply.code(problem.status).header('cache-control', 'no-store').type('application/problem+json');
  return reply.send(JSON.stringify(problem));
}
