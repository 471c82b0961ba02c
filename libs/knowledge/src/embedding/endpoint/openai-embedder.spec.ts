import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { createOpenAiEmbedder, type OpenAiEmbedderOptions } from './openai-embedder.js';

interface Asked {
  readonly path: string | undefined;
  readonly key: string | undefined;
  readonly body: { model: string; input: string[]; dimensions?: number; encoding_format?: string };
}

/** How the endpoint answers its next requests, the last for all that follow. */
type Behaviour = (asked: Asked, response: ServerResponse) => void;

let server: Server;
let baseUrl: string;
let asked: Asked[];
let behaviours: Behaviour[];

const json = (response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void => {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
};

/** A vector that tells its text by its direction, in any order. */
const vectorsOf =
  (length: number): Behaviour =>
  ({ body }, response) => {
    const data = body.input.map((text, index) => ({
      object: 'embedding',
      index,
      embedding: Array.from({ length }, (_, i) => (i === 0 ? text.length : 1)),
    }));
    json(response, 200, { object: 'list', model: body.model, data: data.reverse(), usage: { prompt_tokens: 1, total_tokens: 1 } });
  };
const refusing =
  (status: number, headers: Record<string, string> = {}): Behaviour =>
  (_, response) =>
    json(response, status, { error: { message: 'secret words of a text' } }, headers);

beforeEach(async () => {
  asked = [];
  behaviours = [vectorsOf(4)];
  server = createServer((request: IncomingMessage, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      const one: Asked = { path: request.url, key: request.headers.authorization, body: JSON.parse(text) as Asked['body'] };
      asked.push(one);
      (behaviours.length > 1 ? behaviours.shift()! : behaviours[0]!)(one, response);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
});

afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

const embedder = (options: Partial<OpenAiEmbedderOptions> = {}) =>
  createOpenAiEmbedder({ baseUrl, model: 'small', dimensions: 4, timeoutMs: 2_000, ...options });

describe('an endpoint for embeddings', () => {
  it('is asked for what it is called to make, with the key', async () => {
    const vectors = await (await embedder({ apiKey: 'key-1' })).embed(['hello'], 'passage');
    expect(asked).toEqual([
      {
        path: '/v1/embeddings',
        key: 'Bearer key-1',
        body: { model: 'small', input: ['hello'], dimensions: 4, encoding_format: 'float' },
      },
    ]);
    expect(vectors[0]!.map((value) => Math.round(value * 100) / 100)).toEqual(Float32Array.from([0.94, 0.19, 0.19, 0.19]));
  });

  it('is sent no key when there is none, whatever the environment has', async () => {
    process.env['OPENAI_API_KEY'] = 'of another endpoint';
    try {
      await (await embedder()).embed(['hello'], 'passage');
    } finally {
      delete process.env['OPENAI_API_KEY'];
    }
    expect(asked[0]!.key).toBeUndefined();
  });

  it('gets many texts in parts, and every vector finds back to its text', async () => {
    const texts = Array.from({ length: 70 }, (_, i) => 'x'.repeat(i + 1));
    const vectors = await (await embedder()).embed(texts, 'passage');
    expect(asked.map(({ body }) => body.input.length)).toEqual([32, 32, 6]);
    // The first number stands to the others as the text is long.
    expect(vectors.map((vector) => Math.round(vector[0]! / vector[1]!))).toEqual(texts.map(({ length }) => length));
  });

  it('is told questions and passages apart where its model was trained so', async () => {
    const trained = await embedder({ prefixes: { question: 'query: ', passage: 'passage: ' } });
    await trained.embed(['hello'], 'question');
    await trained.embed(['hello'], 'passage');
    expect(asked.map(({ body }) => body.input)).toEqual([['query: hello'], ['passage: hello']]);
    expect(trained.id).not.toBe((await embedder()).id);
  });

  it('is asked for its dimensions when they are not given', async () => {
    behaviours = [vectorsOf(7)];
    const made = await embedder({ dimensions: undefined });
    expect(made.dimensions).toBe(7);
    expect(made.id).toBe('small:7');
    expect(asked[0]!.body).not.toHaveProperty('dimensions');
  });

  it('that refuses a wish for dimensions is asked without it, from then on', async () => {
    behaviours = [({ body }, response) => ('dimensions' in body ? refusing(400) : vectorsOf(4))({ path: '', key: '', body }, response)];
    const made = await embedder();
    expect(await made.embed(['hello'], 'passage')).toHaveLength(1);
    await made.embed(['hello'], 'passage');
    expect(asked.map(({ body }) => 'dimensions' in body)).toEqual([true, false, false]);
  });
});

describe('an endpoint in trouble', () => {
  it.each([[429], [500], [503], [408]])('that answers %i is asked again', async (status) => {
    behaviours = [refusing(status, { 'retry-after': '0' }), vectorsOf(4)];
    expect(await (await embedder()).embed(['hello'], 'question')).toHaveLength(1);
    expect(asked).toHaveLength(2);
  });

  it('is asked three times at most, and then it is unreachable', async () => {
    behaviours = [refusing(503, { 'retry-after': '0' })];
    const failure = (await embedder()).embed(['hello'], 'question');
    await expect(failure).rejects.toMatchObject({ code: 'embedding.unreachable', isTransient: true, message: /answered 503/ });
    expect(asked).toHaveLength(3);
  });

  it('is not asked again when it wants to be left alone for long', async () => {
    behaviours = [refusing(429, { 'retry-after': '3600' })];
    await expect((await embedder()).embed(['hello'], 'question')).rejects.toMatchObject({ code: 'embedding.unreachable' });
    expect(asked).toHaveLength(1);
  });

  it('is spared second tries when most of the first fail', async () => {
    behaviours = [refusing(503, { 'retry-after': '0' })];
    const made = await embedder();
    for (let i = 0; i < 20; i += 1) await made.embed(['hello'], 'question').catch(() => undefined);
    expect(asked).toHaveLength(20 + 10);
  });

  it.each([[400], [401], [403], [404]])('that answers %i refused, and is not asked again', async (status) => {
    behaviours = [refusing(status)];
    const failure = (await embedder({ dimensions: undefined }).catch((error: unknown) => error)) as Error;
    expect(failure).toMatchObject({ code: 'embedding.refused', isTransient: false });
    expect(failure.message).toContain(String(status));
    expect(JSON.stringify(failure) + failure.message + String(failure.cause)).not.toContain('secret words');
    expect(asked).toHaveLength(1);
  });

  it('that does not answer in time is unreachable', async () => {
    behaviours = [() => undefined];
    const failure = (await embedder({ timeoutMs: 50 })).embed(['hello'], 'question');
    await expect(failure).rejects.toMatchObject({ code: 'embedding.unreachable', message: /did not answer in time/ });
  });

  it.each([200, 503])('that answers %i and never ends is broken off', async (status) => {
    const spaces = function* () {
      for (;;) yield ' '.repeat(1_048_576);
    };
    behaviours = [
      (_, response) =>
        Readable.from(spaces()).pipe(response.writeHead(status, { 'content-type': 'application/json', 'retry-after': '3600' })),
    ];
    const failure = (await embedder({ timeoutMs: 20_000 })).embed(['hello'], 'question');
    await expect(failure).rejects.toMatchObject({ code: status === 200 ? 'embedding.refused' : 'embedding.unreachable' });
    expect(asked).toHaveLength(1);
  });

  it('that begins to answer and does not go on is unreachable', async () => {
    behaviours = [(_, response) => response.writeHead(200, { 'content-type': 'application/json' }).write('{')];
    const failure = (await embedder({ timeoutMs: 50 })).embed(['hello'], 'question');
    await expect(failure).rejects.toMatchObject({ code: 'embedding.unreachable', message: /did not answer in time/ });
  });

  it('that nobody serves is unreachable, with the reason of the system', async () => {
    const made = await embedder({ baseUrl: 'http://127.0.0.1:9/v1' });
    await expect(made.embed(['hello'], 'question')).rejects.toMatchObject({ code: 'embedding.unreachable', message: /ECONNREFUSED/ });
  });

  it.each<[string, Behaviour]>([
    ['no JSON', (_, response) => response.end('<html>')],
    ['no vectors', (_, response) => json(response, 200, {})],
    ['too few vectors', (_, response) => json(response, 200, { data: [] })],
    ['vectors that are none', (_, response) => json(response, 200, { data: [{ index: 0, embedding: ['a'] }] })],
  ])('that answers with %s is told apart from one that is away', async (_, behaviour) => {
    behaviours = [behaviour];
    await expect((await embedder()).embed(['hello'], 'question')).rejects.toMatchObject({ code: 'embedding.refused' });
  });

  it('that makes vectors of another length is found out', async () => {
    behaviours = [vectorsOf(5)];
    await expect((await embedder()).embed(['hello'], 'question')).rejects.toMatchObject({
      code: 'embedding.wrong-dimensions',
      message: `small at ${new URL(baseUrl).host} makes vectors of 5 dimensions; 4 are expected.`,
    });
  });
});

describe('who gives up waiting', () => {
  it('is told his own reason at once, and nothing more is asked', async () => {
    const heard = new Promise<void>((resolve) => (behaviours = [() => resolve()]));
    const giveUp = new AbortController();
    const waiting = (await embedder()).embed(['hello'], 'question', giveUp.signal);
    await heard;
    giveUp.abort(new Error('too late'));
    await expect(waiting).rejects.toThrow('too late');
    expect(asked).toHaveLength(1);
  });

  it('because the embedder is closed, is told so', async () => {
    const heard = new Promise<void>((resolve) => (behaviours = [() => resolve()]));
    const made = await embedder();
    const waiting = made.embed(['hello'], 'question');
    await heard;
    await made.close();
    await expect(waiting).rejects.toMatchObject({ code: 'embedding.closed' });
    await expect(made.embed(['hello'], 'question')).rejects.toMatchObject({ code: 'embedding.closed' });
  });
});
