import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { openControlDoor } from '../../simulator-kit/control-door.js';
import type { Feed } from '../../simulator-kit/feed.js';
import { setAvailability } from '../acts/operators.js';
import { FaultsSchema } from '../faults/faults.js';
import type { HookPost } from '../hooks/hook-post.js';
import type { MailPost } from '../mails/mail-post.js';
import { invalidData, notFound, Refusal } from '../rest/answer.js';
import { SetupSchema } from '../setup.js';
import type { Website, World } from '../world.js';
import { registerHumanActs } from './act-as-human.js';
import * as bodies from './control-bodies.js';
import { inboxView, stateView, tokensView, transcriptView, websiteView } from './control-views.js';

const MOST_HOOKS_LISTED = 5_000;

/** What watchers are told: which session changed and by what; `reset` when everything may have. */
export interface Change {
  readonly event: string;
  readonly website_id?: string;
  readonly session_id?: string | undefined;
}

function parse<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  const parsed = schema.safeParse(body ?? {});
  if (!parsed.success) throw invalidData(z.prettifyError(parsed.error));
  return parsed.data;
}

/** Everything under `/control`: plain JSON without Crisp's envelope; errors are `{reason, message?}`. */
export function registerControl(
  server: FastifyInstance,
  world: World,
  { hooks, mails }: { hooks: HookPost; mails: MailPost },
  feed: Feed<Change>,
): void {
  openControlDoor(server, feed, (error) =>
    error instanceof Refusal ? { status: error.status, reason: error.reason, message: error.detail } : undefined,
  );

  const websiteOf = (params: unknown): Website => {
    const website = world.websites.get((params as { website: string }).website);
    if (!website) throw notFound('website');
    return website;
  };

  server.get('/control/state', () => stateView(world, hooks));
  server.post('/control/reset', (request) => {
    world.reset(parse(bodies.ResetSchema, request.body).seed);
    hooks.reset();
    mails.reset();
    feed.tell({ event: 'reset' });
    return {};
  });
  server.put('/control/setup', (request) => {
    world.apply(parse(SetupSchema, request.body));
    feed.tell({ event: 'reset' });
    return { websites: [...world.websites.values()].map(websiteView) };
  });

  server.get('/control/mails', (request) => mails.list((request.query as { session_id?: string }).session_id));

  server.get('/control/faults', () => world.faults);
  server.put('/control/faults', (request) => (world.faults = parse(FaultsSchema, request.body)));
  server.delete('/control/faults', () => (world.faults = FaultsSchema.parse({})));

  server.get('/control/hooks', (request) => {
    const { session_id, event, limit } = request.query as Record<string, string | undefined>;
    return hooks.log.select(
      (record) => (!session_id || record.session_id === session_id) && (!event || record.event === event),
      Math.min(Number(limit ?? 200) || 200, MOST_HOOKS_LISTED),
    );
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

  server.get('/control/tokens', () => tokensView(world));
  server.put('/control/websites/:website/hook', (request) => {
    const website = websiteOf(request.params);
    const { hook_url } = parse(bodies.HookSchema, request.body);
    const { hook_url: _, ...setup } = website.setup;
    website.setup = { ...setup, ...(hook_url !== '' && { hook_url }) };
    return tokensView(world);
  });
  server.post('/control/websites/:website/availability', (request) => {
    const website = websiteOf(request.params);
    const { status, operator_id } = parse(bodies.AvailabilitySchema, request.body);
    setAvailability(world, website, status, operator_id);
    feed.tell({ event: 'reset' });
    return websiteView(website);
  });
  server.patch('/control/websites/:website/operators/:operator', (request) => {
    const website = websiteOf(request.params);
    const operator = website.operators.find((one) => one.user_id === (request.params as { operator: string }).operator);
    if (!operator) throw notFound('operator');
    Object.assign(operator, parse(bodies.OperatorNameSchema, request.body));
    feed.tell({ event: 'reset' });
    return websiteView(website);
  });
}
