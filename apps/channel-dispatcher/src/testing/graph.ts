import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface GraphCall {
  readonly method: string;
  readonly path: string;
  readonly token: string;
  readonly body: {
    readonly recipient?: { readonly id?: string };
    readonly message?: {
      readonly text?: string;
      readonly metadata?: string;
      readonly attachment?: { readonly type: string; readonly payload: { readonly url: string } };
      readonly quick_replies?: readonly { readonly title: string; readonly payload: string }[];
    };
    readonly messaging_type?: string;
    readonly tag?: string;
    readonly persona_id?: string;
    readonly sender_action?: string;
    readonly name?: string;
  };
}

/** A message that Meta took. */
export interface Taken extends GraphCall {
  readonly mid: string;
  /** ms */
  readonly at: number;
}

/** How a call goes wrong: with an error of Meta's, or by a line that breaks after Meta took it. */
export type Fault =
  | { readonly error: { readonly code: number; readonly error_subcode?: number }; readonly status?: number }
  /** Meta took it; the answer never comes. */
  | 'cut-after-taking';

/** Meta's Graph API, as far as a page's sends and profiles go: a real HTTP server that does what the test says. */
export class Graph {
  readonly calls: GraphCall[] = [];
  readonly taken: Taken[] = [];
  token = 'page-token';
  /** What is told of a person who is asked for: by default nothing. */
  profile: (userId: string) => object = () => ({});
  /** Asked for each call, before anything else. */
  fault: (call: GraphCall) => Fault | undefined = () => undefined;
  /** Told of each message taken, before the answer leaves. */
  onTaken: (taken: Taken) => Promise<void> | void = () => undefined;
  private personas = 0;

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async open(): Promise<Graph> {
    const server = createServer((request, response) => void graph.answer(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const graph = new Graph(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    return graph;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  takenBy(userId: string): Taken[] {
    return this.taken.filter(({ body }) => body.recipient?.id === userId);
  }

  /** What a person reads, in order. */
  textsOf(userId: string): string[] {
    return this.takenBy(userId).map(({ body: { message } }) => message?.text ?? message?.attachment?.payload.url ?? '');
  }

  signsOf(userId: string): string[] {
    return this.calls.flatMap(({ body }) => (body.recipient?.id === userId && body.sender_action ? [body.sender_action] : []));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const url = new URL(request.url ?? '/', this.url);
    const token = url.searchParams.get('access_token') ?? '';
    const call: GraphCall = {
      method: request.method ?? 'GET',
      path: url.pathname,
      token,
      body: JSON.parse(Buffer.concat(chunks).toString() || '{}') as GraphCall['body'],
    };
    this.calls.push(call);
    const say = (status: number, body: object): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };
    if (token !== this.token) return say(401, { error: { message: 'no', type: 'OAuthException', code: 190 } });
    const fault = this.fault(call);
    if (fault !== undefined && fault !== 'cut-after-taking') {
      return say(fault.status ?? 400, { error: { message: 'no', type: 'OAuthException', ...fault.error } });
    }
    if (call.path.endsWith('/personas')) return say(200, { id: String(7_000 + ++this.personas) });
    const [, asked] = /\/(\d+)$/.exec(call.path) ?? [];
    if (request.method === 'GET' && asked !== undefined) return say(200, this.profile(asked));
    if (call.body.message === undefined) return say(200, { recipient_id: call.body.recipient?.id });
    const taken: Taken = { ...call, mid: `m_${this.taken.length + 1}`, at: Date.now() };
    this.taken.push(taken);
    if (fault === 'cut-after-taking') request.socket.destroy();
    await this.onTaken(taken);
    if (fault === undefined) say(200, { recipient_id: call.body.recipient?.id, message_id: taken.mid });
  }
}
