import { fastify } from 'fastify';
import type { FastifyError, FastifyInstance, FastifyReply } from 'fastify';
import { patience } from '@baton/telemetry';
import type { Logger } from '@baton/telemetry';
import { refusal } from './refusal.js';
import type { Refusal, RefusalCode } from './refusal.js';
import { sendRefusal } from './send-refusal.js';

export const MAX_BODY_BYTES = 512 * 1_024;
/** For the whole request to arrive: whoever sends slower than this holds a connection, and is let go. */
const REQUEST_WITHIN_MS = 10_000;

/** What Fastify itself refuses, in our words. */
const OF_FASTIFY: Readonly<Record<string, RefusalCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'hook.too-large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'hook.not-json-type',
};

export function createHttpServer(logger: Logger): FastifyInstance {
  return fastify({
    bodyLimit: MAX_BODY_BYTES,
    ...patience(REQUEST_WITHIN_MS),
    exposeHeadRoutes: false,
    // While it stops, what comes on an open connection is still taken, and told that it was the last.
    return503OnClosing: false,
    forceCloseConnections: 'idle',
    frameworkErrors: (error, _request, reply) => void sendRefusal(reply as unknown as FastifyReply, explain(error, logger)),
  });
}

/**
 * From here on bodies are handed over as the bytes they came in, because what is signed is bytes, and every error is answered as
 * `{code, message, field?}`.
 */
export function takeRawBodies(server: FastifyInstance, logger: Logger): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  server.setErrorHandler<FastifyError>((error, _request, reply) => sendRefusal(reply, explain(error, logger)));
}

function explain(error: FastifyError, logger: Logger): Refusal {
  const known = OF_FASTIFY[error.code];
  if (known) return refusal(known);
  if (error.statusCode !== undefined && error.statusCode < 500) return refusal('http.malformed');
  logger.error({ err: error }, 'a request ended in an error that nobody foresaw');
  return refusal('internal');
}
