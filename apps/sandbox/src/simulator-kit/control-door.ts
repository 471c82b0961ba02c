import type { FastifyInstance } from 'fastify';
import type { Feed } from './feed.js';

/** What the control API does not do, told as `{reason, message?}`. */
export interface ToldRefusal {
  readonly status: number;
  readonly reason: string;
  readonly message?: string | undefined;
}

/** The door of `/control`: nobody from another origin comes in, errors are plain JSON, and what happens is told as a stream. */
export function openControlDoor<Change extends object>(
  server: FastifyInstance,
  feed: Feed<Change>,
  /** An error of the simulator's own, or undefined. */
  refusalOf: (error: unknown) => ToldRefusal | undefined,
): void {
  // A page of another origin must not play a person: browsers name their origin on every write and every stream.
  server.addHook('onRequest', async (request, reply) => {
    const { origin, host } = request.headers;
    if (origin && URL.parse(origin)?.host !== host) await reply.code(403).send({ reason: 'other_origin' });
  });
  server.setErrorHandler((error, _request, reply) => {
    const refusal = refusalOf(error);
    if (refusal) return reply.code(refusal.status).send({ reason: refusal.reason, message: refusal.message });
    const status = (error as { statusCode?: number }).statusCode ?? 500;
    return reply.code(status).send({ reason: status < 500 ? 'bad_request' : 'internal_error', message: (error as Error).message });
  });
  server.get('/control/events', (_request, reply) => {
    reply.hijack();
    feed.add(reply.raw);
  });
}
