import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { setAvailability } from '../acts/operators.js';
import { FaultsSchema } from '../faults/faults.js';
import type { HookPost } from '../hooks/hook-post.js';
import { invalidData, notFound, Refusal } from '../rest/answer.js';
import { SetupSchema } from '../setup.js';
import type { Website, World } from '../world.js';
import { registerHumanActs } from './act-as-human.js';
import * as bodies from './control-bodies.js';
import { inboxView, stateView, transcriptView, websiteView } from './control-views.js';
import type { Feed } from './feed.js';

const MOST_HOOKS_LISTED = 5_000;

function parse<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  const parsed = schema.safeParse(body ?? {});
  if (!parsed.success) throw invalidData(z.prettifyError(parsed.error));
  return parsed.data;
}

/** Everything under `/control`: plain JSON without Crisp's envelope; errors are `{reason, message?}`. */
export function registerControl(server: FastifyInstance, world: World, hooks: HookPost, feed: Feed): void {
  // A page of another origin must not play the agent: browsers name their origin on every write and every stream.
  server.addHook('onRequest', async (request, reply) => {
    const { origin, host } = request.headers;
    if (origin && URL.parse(origin)?.host !== host) await reply.code(403).send({ reason: 'other_origin' });
  });
  server.setErrorHandler((error, _request, reply) => {
    if (error instanceof Refusal) return reply.code(error.status).send({ reason: error.reason, message: error.detail });
    const status = (error as { statusCode?: number }).statusCode ?? 500;
    return reply.code(status).send({ reason: status < 500 ? 'bad_request' : 'internal_error', message: (error as Error).message });
  });

  const websiteOf = (params: unknown): Website => {
    const website = world.websites.get((params as { website: string }).website);
    if (!website) throw notFound('website');
    return website;
  };

  server.get('/control/state', () => stateView(world, hooks));
  server.post('/control/reset', (request) => {
    world.reset(parse(bodies.ResetSchema, request.body).seed);
    hooks.reset();
    feed.tellReset();
    return {};
  });
  server.put('/control/setup', (request) => {
    world.apply(parse(SetupSchema, request.body));
    feed.tellReset();
    return { websites: [...world.websites.values()].map(websiteView) };
  });

  server.get('/control/faults', () => world.faults);
  server.put('/control/faults', (request) => (world.faults = parse(FaultsSchema, request.body)));
  server.delete('/control/faults', () => (world.faults = FaultsSchema.parse({})));

  server.get('/control/hooks', (request) => {
    const { session_id, event, troubled, limit } = request.query as Record<string, string | undefined>;
    return hooks.log.select({ session_id, event, troubled: troubled === 'true' }, Math.min(Number(limit ?? 200) || 200, MOST_HOOKS_LISTED));
  });
  server.post('/control/hooks/release', async (request) => ({
    released: await hooks.release(parse(bodies.ReleaseSchema, request.body).order),
  }));
  server.post('/control/hooks/:id/again', async (request) => {
    const { times, forged, aged_ms } = parse(bodies.AgainSchema, request.body);
    const statuses = await hooks.again(Number((request.params as { id: string }).id), { forged, agedMs: aged_ms }, times);
    if (!statuses) throw new Refusal(404, 'hook_not_found');
    return { statuses };
  });

  server.get('/control/conversations', (request) => {
    const { website_id } = request.query as { website_id?: string };
    const all = [...world.allSessions()].filter((conversation) => !website_id || conversation.website_id === website_id);
    return all.sort((a, b) => b.fields.updated_at - a.fields.updated_at).map(inboxView);
  });
  server.get('/control/conversations/:session', (request) => {
    const conversation = world.session((request.params as { session: string }).session);
    if (!conversation) throw notFound('conversation');
    return transcriptView(conversation);
  });
  server.get('/control/transcripts', () => [...world.allSessions()].map(transcriptView));
  registerHumanActs(server, world, parse);

  server.post('/control/websites/:website/availability', (request) => {
    const website = websiteOf(request.params);
    const { status, operator_id } = parse(bodies.AvailabilitySchema, request.body);
    setAvailability(world, website, status, operator_id);
    feed.tellReset();
    return websiteView(website);
  });
  server.patch('/control/websites/:website/operators/:operator', (request) => {
    const website = websiteOf(request.params);
    const operator = website.operators.find((one) => one.user_id === (request.params as { operator: string }).operator);
    if (!operator) throw notFound('operator');
    Object.assign(operator, parse(bodies.OperatorNameSchema, request.body));
    feed.tellReset();
    return websiteView(website);
  });

  server.get('/control/events', (_request, reply) => {
    reply.hijack();
    feed.add(reply.raw);
  });
}
