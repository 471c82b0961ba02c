import type { FastifyInstance } from 'fastify';
import type { z } from 'zod';
import { openControlDoor } from '../../simulator-kit/control-door.js';
import type { Feed } from '../../simulator-kit/feed.js';
import { FaultsSchema } from '../faults/faults.js';
import { handshake } from '../hooks/handshake.js';
import type { HookPost } from '../hooks/hook-post.js';
import { metaJson } from '../hooks/wire.js';
import { type App, SetupSchema } from '../setup.js';
import type { Change, World } from '../world.js';
import { registerPersonActs } from './act-as-person.js';
import * as bodies from './control-bodies.js';
import { pageView, stateView } from './control-views.js';
import { badRequest, ControlRefusal, notFound } from './refusal.js';

const MOST_HOOKS_LISTED = 5_000;

function parse<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  const parsed = schema.safeParse(body ?? {});
  if (!parsed.success) throw badRequest(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; '));
  return parsed.data;
}

/** Everything under `/control`: plain JSON; errors are `{reason, message?}`. The README of the sandbox lists the routes. */
export function registerControl(server: FastifyInstance, world: World, hooks: HookPost, feed: Feed<Change>): void {
  openControlDoor(server, feed, (error) => (error instanceof ControlRefusal ? error : undefined));

  const appOf = (appId: string | undefined): App => {
    const found = appId === undefined ? [...world.apps.values()][0] : world.apps.get(appId);
    if (!found?.hook_url) throw notFound('app');
    return found;
  };

  server.get('/control/state', () => stateView(world, hooks));
  server.post('/control/reset', (request) => {
    hooks.reset();
    world.reset(parse(bodies.ResetSchema, request.body).seed);
    return {};
  });
  server.put('/control/setup', (request) => {
    world.apply(parse(SetupSchema, request.body));
    return { pages: [...world.pages.values()].map(pageView) };
  });

  server.get('/control/faults', () => world.faults);
  server.put('/control/faults', (request) => (world.faults = parse(FaultsSchema, request.body)));
  server.delete('/control/faults', () => (world.faults = FaultsSchema.parse({})));

  server.patch('/control/pages/:page', (request) => {
    const page = world.pages.get((request.params as { page: string }).page);
    if (!page) throw notFound('page');
    const { token_dead, personas_refused, subscribed, ...setup } = parse(bodies.PageSchema, request.body);
    page.setup = { ...page.setup, ...Object.fromEntries(Object.entries(setup).filter(([, value]) => value !== undefined)) };
    page.token_dead = token_dead ?? page.token_dead;
    page.personas_refused = personas_refused ?? page.personas_refused;
    page.subscribed = subscribed ?? page.subscribed;
    world.change({ what: 'page', page_id: page.setup.page_id });
    return pageView(page);
  });
  registerPersonActs(server, world, parse);

  server.get('/control/hooks', (request) => {
    const { psid, kind, mid, limit } = request.query as Record<string, string | undefined>;
    const fits = (element: { psid: string; kind: string; mid?: string }): boolean =>
      (!psid || element.psid === psid) && (!kind || element.kind === kind) && (!mid || element.mid === mid);
    return hooks.log.select(({ elements }) => elements.some(fits), Math.min(Number(limit ?? 200) || 200, MOST_HOOKS_LISTED));
  });
  server.post('/control/hooks/release', async (request) => {
    const { order, together } = parse(bodies.ReleaseSchema, request.body);
    return { released: await hooks.release(order, together) };
  });
  server.post('/control/hooks/:id/again', async (request) => {
    const { times, signature } = parse(bodies.AgainSchema, request.body);
    const statuses = await hooks.again(Number((request.params as { id: string }).id), signature, times);
    if (!statuses) throw notFound('hook');
    return { statuses };
  });
  server.post('/control/hooks/odd', async (request) => {
    const { app_id, body, envelope, escaped, signature, times } = parse(bodies.OddHookSchema, request.body);
    const text = body ?? (escaped ? metaJson(envelope) : JSON.stringify(envelope));
    return { statuses: await hooks.odd(appOf(app_id).app_id, text, signature, times) };
  });
  server.post('/control/handshake', (request) => {
    const { app_id } = request.query as { app_id?: string };
    return handshake(world, appOf(app_id), parse(bodies.HandshakeSchema, request.body));
  });
}
