import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { failureOf, type GraphFault } from '../faults/faults.js';
import type { HookPost } from '../hooks/hook-post.js';
import type { Page, World } from '../world.js';
import { identify } from './access.js';
import { isFields } from './check-send.js';
import { GraphError, unknownObject } from './graph-error.js';

/** What a route's handler is given. */
export interface Call {
  readonly world: World;
  /** Whose token it is; the node of the path is this page, or something of it. */
  readonly page: Page;
  /** The first part of the path after the version. */
  readonly node: string;
  readonly query: Readonly<Record<string, string | undefined>>;
  readonly body: Readonly<Record<string, unknown>>;
  /** A file that came as a part of a form. */
  readonly file: File | undefined;
}

export interface Route {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** After version and node, for example `/messages`; empty for the node itself. */
  readonly path: string;
  /** The node must be the token's page, or `me`. */
  readonly ofPage: boolean;
  handle(call: Call): unknown;
}

/** Longer than any caller waits. */
const NEVER_ANSWERED_MS = 60_000;
const OLDEST_VERSION = 21;

interface Context {
  readonly world: World;
  readonly hooks: HookPost;
}

/** Serves a route: first the faults, then who calls, then the act itself. */
export function serve(server: FastifyInstance, { world, hooks }: Context, route: Route): void {
  server.route({
    method: route.method,
    url: `/:version(^v\\d+\\.\\d+$)/:node${route.path}`,
    handler: async (request, reply) => {
      const { version, node } = request.params as { version: string; node: string };
      const query = request.query as Record<string, string | undefined>;
      let psid: string | undefined;
      world.calls.total += 1;
      countUp(world.calls.byRoute, `${request.method} ${route.path || '/{id}'}`);
      const traceId = `A${world.random.uuid().replaceAll('-', '').slice(0, 22)}`;
      const { latency, echo_before_answer } = world.faults.graph;
      const wait = world.random.between(latency.from, latency.to);
      if (wait > 0) await sleep(wait / 2);
      let answer: unknown;
      let failure: ReturnType<typeof failureOf>;
      try {
        if (Number.parseInt(version.slice(1), 10) < OLDEST_VERSION)
          throw new GraphError(2635, 'You are calling a deprecated version of the API.');
        const { fields, file } = await readBody(request);
        psid = isFields(fields['recipient']) ? text(fields['recipient']['id']) : undefined;
        const page = identify(world, {
          token: tokenOf(request, fields),
          proof: query['appsecret_proof'] ?? text(fields['appsecret_proof']),
        });
        usageHeaders(world, page, reply, undefined);
        if (route.ofPage && node !== 'me' && node !== page.setup.page_id) throw unknownObject(node);
        failure = failureOf(
          world.faults,
          { method: request.method, path: request.url, pageId: page.setup.page_id, psid },
          world.random.chance,
        );
        if (failure && !failure.after) return fail(world, request, reply, failure.fault, page, traceId);
        answer = await route.handle({ world, page, node, query, body: fields, file });
        if (failure) return fail(world, request, reply, failure.fault, page, traceId);
      } catch (error) {
        if (!(error instanceof GraphError)) throw error;
        return refuse(world, reply, error, traceId);
      }
      if (wait > 0) await sleep(wait / 2);
      if (echo_before_answer && psid) await hooks.handedOver(psid);
      countUp(world.calls.byStatus, '200');
      return reply.send(answer);
    },
  });
}

function refuse(world: World, reply: FastifyReply, error: GraphError, traceId: string): unknown {
  countUp(world.calls.byStatus, String(error.status));
  countUp(world.calls.byError, error.label);
  return reply.code(error.status).send(error.envelope(traceId));
}

/** Answers with a fault instead of the truth. */
function fail(world: World, request: FastifyRequest, reply: FastifyReply, fault: GraphFault, page: Page, traceId: string): unknown {
  countUp(world.calls.byFault, fault.kind === 'error' ? `${fault.code}${fault.subcode ? `/${fault.subcode}` : ''}` : fault.kind);
  switch (fault.kind) {
    case 'error':
      usageHeaders(world, page, reply, fault.code);
      return refuse(
        world,
        reply,
        new GraphError(fault.code, 'An error that was asked for.', fault.subcode, 'OAuthException', fault.status),
        traceId,
      );
    case 'http-500':
      return reply
        .code(500)
        .send({ error: { message: 'An unknown error occurred', type: 'OAuthException', code: 1, fbtrace_id: traceId } });
    case '502-html':
      return reply.code(502).type('text/html').send('<html><body><h1>502 Bad Gateway</h1></body></html>');
    case 'disconnect':
      request.raw.socket.destroy();
      return reply.hijack();
    case 'timeout': {
      const limit = setTimeout(() => request.raw.socket.destroy(), NEVER_ANSWERED_MS).unref();
      request.raw.socket.once('close', () => clearTimeout(limit));
      return reply.hijack();
    }
  }
}

const RATE_CODES = new Set([4, 17, 32, 613]);

/** How much of its allowance the page used; at a rate error also when it may call again. */
export function usageHeaders(world: World, page: Page, reply: FastifyReply, code: number | undefined): void {
  const isLimited = code !== undefined && RATE_CODES.has(code);
  const { usage_percent, regain_access_minutes } = world.faults.graph;
  const call_count = isLimited ? Math.max(100, usage_percent) : usage_percent;
  reply.header('x-app-usage', JSON.stringify({ call_count, total_time: 3, total_cputime: 2 }));
  reply.header(
    'x-business-use-case-usage',
    JSON.stringify({
      [page.setup.page_id]: [
        {
          type: 'messenger',
          call_count,
          total_cputime: 3,
          total_time: 5,
          estimated_time_to_regain_access: isLimited ? regain_access_minutes : 0,
        },
      ],
    }),
  );
}

function tokenOf(request: FastifyRequest, fields: Readonly<Record<string, unknown>>): string | undefined {
  const given = (request.query as Record<string, string | undefined>)['access_token'] ?? text(fields['access_token']);
  const [scheme, bearer] = (request.headers.authorization ?? '').split(' ');
  return given ?? (scheme?.toLowerCase() === 'bearer' ? bearer : undefined);
}

/** JSON, or a form whose values are JSON where they look like it. */
async function readBody(request: FastifyRequest): Promise<{ fields: Record<string, unknown>; file: File | undefined }> {
  const type = request.headers['content-type'] ?? '';
  if (Buffer.isBuffer(request.body)) {
    const form = await new Response(new Uint8Array(request.body), { headers: { 'content-type': type } }).formData().catch(() => {
      throw new GraphError(100, 'The form could not be read.');
    });
    const fields: Record<string, unknown> = {};
    let file: File | undefined;
    for (const [name, value] of form) {
      if (typeof value === 'string') fields[name] = parsed(value);
      else file = value;
    }
    return { fields, file };
  }
  return { fields: isFields(request.body) ? { ...request.body } : {}, file: undefined };
}

function parsed(value: string): unknown {
  if (!/^[[{]/.test(value)) return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

function countUp(counts: Record<string, number>, name: string): void {
  counts[name] = (counts[name] ?? 0) + 1;
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}
