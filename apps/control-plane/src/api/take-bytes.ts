import { IncomingMessage } from 'node:http';
import type { Operation } from '@baton/control-api';
import type { FastifyInstance } from 'fastify';
import { ApiRefusal } from './problem.js';

/**
 * Has bodies of these types handed on as they come, instead of being held in memory before it is known who sends them: whoever serves such an
 * operation reads them with {@link bytesOf}.
 */
export function handOnBytes(server: FastifyInstance, operations: readonly Operation[]): void {
  const types = new Set(operations.flatMap(({ bytes }) => bytes?.types ?? []));
  for (const type of types) {
    if (server.hasContentTypeParser(type)) server.removeContentTypeParser(type);
    server.addContentTypeParser(type, (_request, body, done) => done(null, body));
  }
}

/** The body as its operation takes it: bytes that are still to come, or JSON. @throws ApiRefusal where it is the other one */
export function bodyFor({ bytes }: Operation, body: unknown): unknown {
  const isStream = body instanceof IncomingMessage;
  if (bytes && !isStream) throw new ApiRefusal('unsupported-media-type', `The body must be a file: ${bytes.types.join(', ')}.`);
  if (!bytes && isStream) throw new ApiRefusal('unsupported-media-type', 'The body must be application/json.');
  return body;
}

/**
 * The bytes of a body, at most as many as its operation takes.
 * @throws ApiRefusal at once where the request says that there are more, or while they are read
 */
export function bytesOf(operation: Operation, request: IncomingMessage): AsyncIterable<Uint8Array> {
  const { limit } = operation.bytes!;
  const tooLarge = new ApiRefusal('too-large', `A file has ${Math.floor(limit / 1_048_576)} MB at most.`);
  if (Number(request.headers['content-length'] ?? 0) > limit) throw tooLarge;
  return (async function* () {
    let read = 0;
    for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      read += chunk.length;
      if (read > limit) throw tooLarge;
      yield chunk;
    }
  })();
}
