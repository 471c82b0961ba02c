import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What came over the wire. */
export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: IncomingMessage['headers'];
  readonly body: unknown;
}

export type Answer = (response: ServerResponse) => void;

export interface Graph {
  readonly url: string;
  readonly seen: readonly Seen[];
  /** What the next calls get; the last one stays. */
  answer(...answers: Answer[]): void;
  close(): Promise<void>;
}

export function json(status: number, body: unknown, headers: Record<string, string> = {}): Answer {
  return (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify(body));
  };
}

/** Meta's error, as the contract shows it. */
export function metaError(code: number, subcode?: number, more: object = {}, status = 400, headers: Record<string, string> = {}): Answer {
  const error = {
    message: `(#${code}) Trouble.`,
    type: 'OAuthException',
    code,
    error_subcode: subcode,
    fbtrace_id: 'AxDemoTrace01',
    ...more,
  };
  return json(status, { error }, headers);
}

export function raw(status: number, body: string): Answer {
  return (response) => {
    response.writeHead(status);
    response.end(body);
  };
}

/** It took the call, and the line goes dead. */
export const cut: Answer = (response) => {
  response.socket?.destroy();
};

/** It never answers. */
export const hang: Answer = () => undefined;

/** A small HTTP server that plays the Graph API for the real client. */
export async function startGraph(): Promise<Graph> {
  const seen: Seen[] = [];
  let answers: Answer[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const url = new URL(request.url ?? '', 'http://graph.test');
      const text = Buffer.concat(chunks).toString('utf8');
      seen.push({
        method: request.method ?? '',
        path: url.pathname,
        query: Object.fromEntries(url.searchParams),
        headers: request.headers,
        body: text === '' ? undefined : JSON.parse(text),
      });
      const answer = answers.length > 1 ? answers.shift() : answers[0];
      (answer ?? json(200, { recipient_id: '9100200300', message_id: 'm_demo-001' }))(response);
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
