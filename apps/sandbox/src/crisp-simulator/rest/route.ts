import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type z } from 'zod';
import { failureOf, type RestFaultKind } from '../faults/faults.js';
import type { HookPost } from '../hooks/hook-post.js';
import type { Conversation } from '../model.js';
import type { Token } from '../setup.js';
import type { Website, World } from '../world.js';
import { identify, requireScope, useQuota } from './access.js';
import { type Answer, invalidData, notFound, Refusal } from './answer.js';

/** What a route's handler is given; the getters refuse what does not exist. */
export interface Call {
  readonly world: World;
  readonly token: Token;
  readonly website: Website;
  readonly conversation: Conversation;
  readonly param: (name: string) => string;
  readonly query: Readonly<Record<string, string | undefined>>;
  /** A page number of the path, from 1. */
  readonly page: number;
  /** Reads see what was true at this time. */
  readonly asOf: number;
  body<Schema extends z.ZodType>(schema: Schema): z.output<Schema>;
}

export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Under `/v1`, in Fastify's notation. */
  readonly path: string;
  /** Absent: any token of a right tier may. */
  readonly scope?: string;
  readonly access?: 'read' | 'write';
  /** Tiers that may call it; all of them when absent. */
  readonly tiers?: readonly Token['tier'][];
  handle(call: Call): Answer;
}

const WEBSITE_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const SESSION_ID = /^session_[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
/** Longer than any caller waits. */
const NEVER_ANSWERED_MS = 60_000;

interface Context {
  readonly world: World;
  readonly hooks: HookPost;
}

/** Serves a route: first the faults, then who calls, then what he may, then the act itself. */
export function serve(server: FastifyInstance, basePath: string, context: Context, route: Route): void {
  const { world, hooks } = context;
  server.route({
    method: route.method,
    url: `${basePath}${route.path}`,
    exposeHeadRoute: route.method === 'GET',
    handler: async (request, reply) => {
      const params = request.params as Record<string, string>;
      const isHead = request.method === 'HEAD';
      world.calls.total += 1;
      countUp(world.calls.byRoute, `${request.method} ${route.path}`);
      const failure = failureOf(
        world.faults,
        { method: request.method, path: request.url, websiteId: params['website'] },
        world.random.chance,
      );
      const latency = world.random.between(world.faults.rest.latency.from, world.faults.rest.latency.to);
      if (latency > 0) await sleep(latency / 2);
      if (failure && !failure.after) return fail(world, request, reply, failure.kind);
      let answer: Answer | Refusal;
      try {
        answer = perform(world, route, request, params);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        answer = error;
      }
      if (latency > 0) await sleep(latency / 2);
      if (world.faults.rest.echo_before_answer && route.method !== 'GET' && params['session']) await hooks.handedOver(params['session']);
      if (failure) return fail(world, request, reply, failure.kind);
      countUp(world.calls.byStatus, String(answer.status));
      if (isHead) return reply.code(answer.status).send();
      return reply
        .code(answer.status)
        .header('bloom-status', route.method === 'GET' ? 'MISS' : 'DIRECT')
        .send(answer instanceof Refusal ? answer.envelope : { error: false, reason: answer.reason, data: answer.data });
    },
  });
}

function perform(world: World, route: Route, request: FastifyRequest, params: Record<string, string>): Answer {
  const headers = request.headers;
  const tier = headers['x-crisp-tier'];
  const token = identify(world, { authorization: headers.authorization, tier: Array.isArray(tier) ? tier[0] : tier });
  useQuota(world, token);
  if (route.tiers && !route.tiers.includes(token.tier)) throw new Refusal(403, 'restricted_route_tier');
  const website = params['website'] === undefined ? undefined : websiteOf(world, token, params['website']);
  if (route.scope) requireScope(token, route.scope, route.access ?? 'read');
  const lag = world.faults.rest.stale_reads_ms;
  const call: Call = {
    world,
    token,
    get website() {
      return website ?? refuse(notFound('website'));
    },
    get conversation() {
      return conversationOf(website ?? refuse(notFound('website')), params['session'] ?? '');
    },
    param: (name) => params[name] ?? '',
    query: request.query as Record<string, string | undefined>,
    get page() {
      const page = Number(params['page']);
      return Number.isInteger(page) && page >= 1 ? page : refuse(invalidData('page should be a number from 1'));
    },
    asOf: lag > 0 ? world.now() - world.random.between(0, lag) : Infinity,
    body: (schema) => {
      const parsed = schema.safeParse(request.body ?? {});
      return parsed.success ? parsed.data : refuse(invalidData(explain(parsed.error)));
    },
  };
  return route.handle(call);
}

function websiteOf(world: World, token: Token, id: string): Website {
  if (!WEBSITE_ID.test(id)) throw invalidData("website_id should match format 'uuid'");
  const website = world.websites.get(id);
  if (!website) throw notFound('website');
  if (!token.websites.includes(id)) throw new Refusal(404, 'not_subscribed');
  return website;
}

function conversationOf(website: Website, id: string): Conversation {
  if (!SESSION_ID.test(id)) throw invalidData("session_id should match pattern 'session_<uuid>'");
  const conversation = website.conversations.get(id);
  if (!conversation) throw notFound('conversation');
  return conversation;
}

function explain(error: z.ZodError): string {
  return error.issues
    .slice(0, 3)
    .map((issue) => `data${issue.path.map((step) => `.${String(step)}`).join('')}: ${issue.message}`)
    .join('; ');
}

function refuse(refusal: Refusal): never {
  throw refusal;
}

/** Answers with a fault instead of the truth. */
function fail(world: World, request: FastifyRequest, reply: FastifyReply, kind: RestFaultKind): unknown {
  countUp(world.calls.byFault, kind);
  switch (kind) {
    case '420':
    case '429':
      return reply.code(Number(kind)).send({ error: true, reason: 'rate_limited', data: {} });
    case '423':
      return reply.code(423).send({ error: true, reason: 'quota_limit_exceeded', data: {} });
    case '500':
      return reply.code(500).send({ error: true, reason: 'internal_error', data: {} });
    case '502-html':
      return reply.code(502).type('text/html').send('<html><body><h1>502 Bad Gateway</h1></body></html>');
    case '200-with-error':
      return reply.code(200).send({ error: true, reason: 'internal_error', data: {} });
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

function countUp(counts: Record<string, number>, name: string): void {
  counts[name] = (counts[name] ?? 0) + 1;
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}
