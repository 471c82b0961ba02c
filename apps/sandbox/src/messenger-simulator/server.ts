import Fastify, { type FastifyInstance } from 'fastify';
import { registerControl } from './control/control-routes.js';
import { Feed } from '../simulator-kit/feed.js';
import { takeEmptyBodies } from '../simulator-kit/json-bodies.js';
import { HookPost } from './hooks/hook-post.js';
import { servePages } from '../simulator-kit/served-page.js';
import { MESSENGER_PAGE } from './pages.js';
import { GraphError } from './rest/graph-error.js';
import { pageRoutes } from './rest/page-routes.js';
import { serve } from './rest/route.js';
import { sendRoutes } from './rest/send-routes.js';
import { SetupSchema, type SetupInput } from './setup.js';
import { type Change, World } from './world.js';

export interface MessengerSimulatorOptions {
  setup?: SetupInput;
  /** The same seed repeats a run, as far as the callers repeat theirs; ids differ all the same. */
  seed?: number;
  now?: () => number;
}

export interface MessengerSimulator {
  readonly world: World;
  readonly server: FastifyInstance;
  /** Returns the address, for example `http://127.0.0.1:4110`. */
  listen(port: number, host?: string): Promise<string>;
  close(): Promise<void>;
}

/** Meta takes files of up to 25 MB; a form around one is a little more. */
const BODY_LIMIT = 27 * 1_048_576;

/** Builds a Messenger in memory: the Graph API that a page needs, the hooks it sends, the control API and the page of the person. */
export function createMessengerSimulator(options: MessengerSimulatorOptions = {}): MessengerSimulator {
  const world = new World(options.seed ?? 1, options.now);
  world.apply(SetupSchema.parse(options.setup ?? {}));
  const hooks = new HookPost(world);
  const feed = new Feed<Change>((tell) => world.onChange(tell));
  const server = Fastify({ forceCloseConnections: true, bodyLimit: BODY_LIMIT, routerOptions: { maxParamLength: 500 } });

  takeEmptyBodies(server, () => Object.assign(new Error('the body must be JSON'), { statusCode: 400 }));
  // Forms and files are read where they are wanted.
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  server.setNotFoundHandler((request, reply) =>
    reply.code(400).send(new GraphError(2500, `Unknown path components: ${request.url.split('?')[0]}`).envelope('Anone')),
  );
  server.setErrorHandler((error, _request, reply) => {
    const status = (error as { statusCode?: number }).statusCode ?? 500;
    return reply.code(status).send(new GraphError(status < 500 ? 100 : 1, (error as Error).message).envelope('Anone'));
  });

  for (const route of [...sendRoutes, ...pageRoutes]) serve(server, { world, hooks }, route);
  server.register(async (scope) => registerControl(scope, world, hooks, feed));
  server.get('/cdn/:id/:name', (request, reply) => {
    const file = world.cdn.get((request.params as { id: string }).id, (request.query as { oe?: string }).oe);
    if (file === undefined) return reply.code(404).send('Not found');
    if (file === 'expired') return reply.code(403).send('URL signature expired');
    return reply
      .headers({ 'content-type': file.contentType, 'x-content-type-options': 'nosniff', 'content-security-policy': 'sandbox' })
      .send(file.bytes);
  });
  servePages(server, [MESSENGER_PAGE]);

  return {
    world,
    server,
    listen: async (port, host = '127.0.0.1') => (world.cdn.baseUrl = await server.listen({ port, host })),
    close: async () => {
      hooks.close();
      feed.close();
      await server.close();
    },
  };
}
