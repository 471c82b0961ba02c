import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What came over the wire. */
export interface Seen {
  readonly method: string;
  /** Path and query, as written. */
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: unknown;
}

type Answer = (seen: Seen, response: ServerResponse) => void;

export interface Loopback {
  readonly url: string;
  readonly seen: readonly Seen[];
  /** What the next calls get; the last one stays. */
  answer(...answers: Answer[]): void;
  close(): Promise<void>;
}

/** Crisp's envelope under a status. */
export function envelope(status: number, reason: string, data: unknown = {}, headers: Record<string, string> = {}): Answer {
  return (_seen, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify({ error: status >= 400, reason, data }));
  };
}

export function raw(status: number, body: string): Answer {
  return (_seen, response) => {
    response.writeHead(status);
    response.end(body);
  };
}

/** A small HTTP server for the real client to talk to. */
export async function startLoopback(): Promise<Loopback> {
  const seen: Seen[] = [];
  let answers: Answer[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString('utf8');
      const call: Seen = {
        method: request.method ?? '',
        url: request.url ?? '',
        headers: request.headers,
        body: text === '' ? undefined : JSON.parse(text),
      };
      seen.push(call);
      const answer = answers.length > 1 ? answers.shift() : answers[0];
      (answer ?? envelope(200, 'resolved'))(call, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    answer: (...next) => {
      answers = next;
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
