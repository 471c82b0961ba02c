import type { FastifyInstance } from 'fastify';

/** Callers send no body, or an empty one, with the JSON type; what is no JSON is answered with the error that `broken` makes. */
export function takeEmptyBodies(server: FastifyInstance, broken: () => Error): void {
  server.removeContentTypeParser('application/json');
  server.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
    if (body === '') return done(null, undefined);
    try {
      done(null, JSON.parse(body as string));
    } catch {
      done(broken(), undefined);
    }
  });
}
