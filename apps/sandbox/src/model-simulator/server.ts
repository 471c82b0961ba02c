import Fastify, { type FastifyInstance, type FastifyReply } from 'fastify';
import { z } from 'zod';
import { seededRandom } from '../simulator-kit/random.js';
import { complete } from './completion.js';
import { DIMENSIONS, embed } from './embedding.js';
import { type Faults, FaultsSchema, noFaults } from './faults.js';

export interface ModelSimulator {
  readonly server: FastifyInstance;
  /** What goes wrong; change it at will. */
  faults: Faults;
  /** The newest requests, oldest first: what a model was shown. */
  readonly calls: readonly ModelCall[];
  /** Returns the address, for example `http://127.0.0.1:4120`; the base URL ends in `/v1`. */
  listen(port: number, host?: string): Promise<string>;
  close(): Promise<void>;
}

export interface ModelCall {
  readonly at: number;
  readonly route: 'chat' | 'embeddings';
  readonly authorization: string | undefined;
  readonly body: unknown;
  status: number;
}

const CALLS_KEPT = 1_000;

const ChatSchema = z.object({ model: z.string(), messages: z.array(z.object({ role: z.string(), content: z.string() })).min(1) });
const EmbeddingsSchema = z.object({
  model: z.string(),
  input: z.union([z.string(), z.array(z.string()).min(1)]),
  encoding_format: z.enum(['float', 'base64']).default('float'),
});

/** A model behind OpenAI's interface, in memory: `POST /v1/chat/completions`, `POST /v1/embeddings`, and `/control` to make it misbehave. */
export function createModelSimulator({ seed = 1 }: { seed?: number } = {}): ModelSimulator {
  const server = Fastify({ forceCloseConnections: true, bodyLimit: 4_194_304 });
  const random = seededRandom(seed);
  const calls: ModelCall[] = [];
  const simulator: ModelSimulator = {
    server,
    faults: noFaults(),
    calls,
    listen: (port, host = '127.0.0.1') => server.listen({ port, host }),
    close: () => server.close(),
  };

  /** Takes a request down, lets it go wrong as set, else answers with what `act` makes of its body. */
  const route = <Schema extends z.ZodType>(
    path: string,
    name: ModelCall['route'],
    schema: Schema,
    act: (body: z.output<Schema>) => unknown,
  ) =>
    server.post(path, async (request, reply) => {
      const call: ModelCall = {
        at: Date.now(),
        route: name,
        authorization: request.headers.authorization,
        body: request.body,
        status: 200,
      };
      calls.push(call);
      if (calls.length > CALLS_KEPT) calls.shift();
      const { faults } = simulator;
      if (faults.slow_ms > 0) await new Promise((resolve) => setTimeout(resolve, faults.slow_ms).unref());
      const fail = (status: number, message: string): FastifyReply => {
        call.status = status;
        return reply.code(status).send({ error: { message, type: 'simulated' } });
      };
      if (random.chance(faults.too_many)) return fail(429, 'Rate limit reached');
      if (random.chance(faults.broken)) return fail(500, 'The server had an error');
      const parsed = schema.safeParse(request.body);
      if (!parsed.success) return fail(400, z.prettifyError(parsed.error));
      const answer = JSON.stringify(act(parsed.data));
      if (!random.chance(faults.cut)) return reply.type('application/json').send(answer);
      reply.hijack();
      reply.raw.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(answer) });
      reply.raw.write(answer.slice(0, answer.length / 2), () => reply.raw.destroy());
      return reply;
    });

  route('/v1/chat/completions', 'chat', ChatSchema, ({ model, messages }) => {
    const content = random.chance(simulator.faults.unreadable)
      ? 'Sure! Here it is: {"answer": '
      : complete(messages, simulator.faults.disobedience);
    return {
      id: `chatcmpl-${random.uuid()}`,
      object: 'chat.completion',
      created: Math.floor(Date.now() / 1_000),
      model,
      choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content } }],
      usage: { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 },
    };
  });
  route('/v1/embeddings', 'embeddings', EmbeddingsSchema, ({ model, input, encoding_format: format }) => ({
    object: 'list',
    model,
    data: [input].flat().map((text, index) => ({ object: 'embedding', index, embedding: inFormat(embed(text), format) })),
    usage: { prompt_tokens: 0, total_tokens: 0 },
  }));
  server.get('/v1/models', () => ({ object: 'list', data: [{ id: 'simulated', object: 'model' }] }));

  server.get('/control/state', () => ({ calls: calls.length, faults: simulator.faults, dimensions: DIMENSIONS }));
  server.get('/control/calls', () => calls);
  server.put('/control/faults', (request) => (simulator.faults = FaultsSchema.parse(request.body ?? {})));
  server.delete('/control/faults', () => (simulator.faults = noFaults()));
  return simulator;
}

function inFormat(vector: number[], format: 'float' | 'base64'): number[] | string {
  return format === 'float' ? vector : Buffer.from(Float32Array.from(vector).buffer).toString('base64');
}
