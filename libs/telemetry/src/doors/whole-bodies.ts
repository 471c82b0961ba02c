import type { FastifyReply, FastifyRequest } from 'fastify';

export interface WholeBodies {
  /** Says in the service's own form that the body did not arrive in time: 408. */
  readonly refuse: (reply: FastifyReply) => unknown;
  /** For a body that is read before anybody looks at it, such as JSON, to arrive (ms). */
  readonly withinMs?: number;
  /** What is still coming when the answer is given is taken for so long, so that its sender gets to read the answer (ms). */
  readonly lingerMs?: number;
}

const WITHIN_MS = 30_000;
const LINGER_MS = 5_000;

type Hooks = { addHook(name: never, hook: never): unknown };

/**
 * For a service that takes files, and so has patience with whole requests: a body that is read before its handler runs has no such time, and one
 * that goes on after its answer ends with its connection. A body that is handed on as it comes is its reader's.
 */
export function expectWholeBodies(server: Hooks, { refuse, withinMs = WITHIN_MS, lingerMs = LINGER_MS }: WholeBodies): void {
  const coming = new WeakMap<FastifyRequest, NodeJS.Timeout>();
  const isThere = (request: FastifyRequest): void => clearTimeout(coming.get(request));
  const on = server.addHook.bind(server) as unknown as (
    name: string,
    hook: (request: FastifyRequest, reply: FastifyReply, done: () => void) => void,
  ) => unknown;
  on('onRequest', (request, reply, done) => {
    if (hasBody(request)) {
      const timer = setTimeout(() => void (reply.sent || refuse(reply.header('connection', 'close'))), withinMs).unref();
      coming.set(request, timer);
      request.raw.once('close', () => isThere(request));
    }
    done();
  });
  // The body is parsed, or handed on.
  on('preHandler', (request, _reply, done) => {
    isThere(request);
    done();
  });
  on('onResponse', (request, _reply, done) => {
    isThere(request);
    endLater(request.raw, lingerMs);
    done();
  });
}

function hasBody({ headers }: FastifyRequest): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

function endLater(raw: FastifyRequest['raw'], lingerMs: number): void {
  if (raw.complete !== false || raw.destroyed) return;
  raw.resume();
  const timer = setTimeout(() => raw.complete || raw.destroy(), lingerMs).unref();
  raw.once('close', () => clearTimeout(timer));
}
