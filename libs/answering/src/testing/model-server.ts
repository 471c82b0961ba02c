import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';

/** What a client of `POST /chat/completions` sent. */
export interface SeenCompletion {
  /** The bytes of the body, as text. */
  readonly bytes: string;
  readonly authorization?: string;
  readonly body: { readonly model: string; readonly messages: readonly { readonly role: string; readonly content: string }[] } & Record<
    string,
    unknown
  >;
  /** What the last message holds as JSON. */
  readonly data: PromptData;
}

export interface PromptData {
  readonly passages?: readonly { readonly number: number; readonly title: string; readonly text: string }[];
  readonly earlier?: readonly { readonly from: string; readonly text: string }[];
  readonly question: string;
}

/** What the model does with a request: the words it says, or what happens on the wire. */
export type ModelBehaviour = (
  seen: SeenCompletion,
) => string | { readonly status: number; readonly body?: string; readonly headers?: Record<string, string> } | 'never' | 'endless';

export interface ModelServer {
  /** With the version, as settings have it. */
  readonly baseUrl: string;
  readonly seen: readonly SeenCompletion[];
  behave(behaviour: ModelBehaviour): void;
  close(): Promise<void>;
}

/** An OpenAI-compatible endpoint whose model does what a test says. */
export async function startModelServer(behaviour: ModelBehaviour): Promise<ModelServer> {
  const seen: SeenCompletion[] = [];
  let behave = behaviour;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      if (request.method !== 'POST' || request.url !== '/v1/chat/completions') return void response.writeHead(404).end();
      const bytes = Buffer.concat(chunks).toString('utf8');
      const body = JSON.parse(bytes) as SeenCompletion['body'];
      const { authorization } = request.headers;
      const data = JSON.parse(body.messages.at(-1)?.content ?? '{}') as PromptData;
      const call: SeenCompletion = { bytes, body, data, ...(authorization === undefined ? {} : { authorization }) };
      seen.push(call);
      send(response, behave(call), body.model);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    seen,
    behave: (next) => {
      behave = next;
    },
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve, reject) => server.close((error) => (error ? reject(error) : resolve())));
    },
  };
}

function send(response: ServerResponse, said: ReturnType<ModelBehaviour>, model: string): void {
  if (said === 'never') return;
  if (said === 'endless') return void Readable.from(spaces()).pipe(response.writeHead(200, { 'content-type': 'application/json' }));
  if (typeof said !== 'string') {
    response.writeHead(said.status, { 'content-type': 'application/json', ...said.headers });
    response.end(said.body ?? JSON.stringify({ error: { message: 'refused', type: 'error' } }));
    return;
  }
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(
    JSON.stringify({
      id: 'chatcmpl-1',
      object: 'chat.completion',
      created: 1_767_600_000,
      model,
      choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: said } }],
      usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
    }),
  );
}

function* spaces(): Iterable<string> {
  for (;;) yield ' '.repeat(65_536);
}

/** What an obedient model answers to our prompt. */
export function reply(
  answer: string,
  over: { readonly used?: unknown; readonly quotes?: readonly string[]; readonly supported?: unknown; readonly needs_human?: unknown } = {},
): string {
  return JSON.stringify({ answer, used: [1], quotes: [], supported: true, needs_human: false, ...over });
}

/**
 * A model that obeys whoever speaks last: it says what stands in quotes behind an order anywhere in its data, and claims
 * that the first passage bears it.
 */
export const obeysStrangers: ModelBehaviour = ({ data }) => {
  const passages = data.passages ?? [];
  const everything = [
    ...passages.flatMap(({ title, text }) => [title, text]),
    ...(data.earlier ?? []).map(({ text }) => text),
    data.question,
  ];
  const first = passages[0]?.text ?? '';
  const quotes = [first.split(/(?<=[.!?])\s/)[0] ?? ''];
  for (const text of everything.reverse()) {
    const order = /["“„«']([^"”“»']{3,})["”“»']/u.exec(text)?.[1];
    if (order !== undefined) return passages.length === 0 ? order : reply(order, { quotes });
  }
  return passages.length === 0 ? data.question : reply(quotes[0] ?? '', { quotes });
};
