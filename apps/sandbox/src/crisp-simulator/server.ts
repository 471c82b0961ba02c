import Fastify, { type FastifyInstance } from 'fastify';
import { registerControl } from './control/control-routes.js';
import { Feed } from '../simulator-kit/feed.js';
import { takeEmptyBodies } from '../simulator-kit/json-bodies.js';
import { HookPost } from './hooks/hook-post.js';
import { servePages } from '../simulator-kit/served-page.js';
import { MailPost } from './mails/mail-post.js';
import { PAGES } from './pages.js';
import { Refusal } from './rest/answer.js';
import { conversationRoutes } from './rest/conversation-routes.js';
import { messageRoutes } from './rest/message-routes.js';
import { peopleRoutes } from './rest/people-routes.js';
import { serve } from './rest/route.js';
import { websiteRoutes } from './rest/website-routes.js';
import { SetupSchema, type SetupInput } from './setup.js';
import { World } from './world.js';

export interface CrispSimulatorOptions {
  setup?: SetupInput;
  /** The same seed repeats a run, as far as the callers repeat theirs. */
  seed?: number;
  /** Where Crisp's REST API is served; `/v1` unless said otherwise. */
  basePath?: string;
  now?: () => number;
}

export interface CrispSimulator {
  readonly world: World;
  readonly server: FastifyInstance;
  /** Returns the address, for example `http://127.0.0.1:4100`. */
  listen(port: number, host?: string): Promise<string>;
  close(): Promise<void>;
}

/** Builds a Crisp in memory: its REST API, the hooks it sends, the control API and the inbox page. */
export function createCrispSimulator(options: CrispSimulatorOptions = {}): CrispSimulator {
  const world = new World(options.seed ?? 1, options.now);
  world.apply(SetupSchema.parse(options.setup ?? {}));
  const hooks = new HookPost(world);
  const mails = new MailPost(world);
  const feed = new Feed((tell) => world.onEvent(({ event, website_id, session_id }) => tell({ event, website_id, session_id })));
  const server = Fastify({ forceCloseConnections: true, bodyLimit: 1_048_576, routerOptions: { maxParamLength: 500 } });

  takeEmptyBodies(server, () => new Refusal(400, 'invalid_data', 'body should be JSON'));
  server.setNotFoundHandler((_request, reply) => reply.code(404).send({ error: true, reason: 'not_found', data: {} }));
  server.setErrorHandler((error, _request, reply) => {
    if (error instanceof Refusal) return reply.code(error.status).send(error.envelope);
    const status = (error as { statusCode?: number }).statusCode ?? 500;
    const reason = status === 413 || status < 500 ? 'invalid_data' : 'internal_error';
    return reply.code(status).send({ error: true, reason, data: { message: (error as Error).message } });
  });

  const routes = [...conversationRoutes, ...messageRoutes, ...peopleRoutes, ...websiteRoutes];
  for (const route of routes) serve(server, options.basePath ?? '/v1', { world, hooks }, route);
  server.register(async (scope) => registerControl(scope, world, { hooks, mails }, feed));
  servePages(server, PAGES);

  return {
    world,
    server,
    listen: (port, host = '127.0.0.1') => server.listen({ port, host }),
    close: async () => {
      hooks.close();
      mails.close();
      feed.close();
      await server.close();
    },
  };
}
