import { createServer } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readPass } from '@baton/passes';
import type { Pass } from '@baton/passes';

/** What came through an inner door. */
export interface InnerCall {
  /** Behind `/inner/v1`. */
  readonly path: string;
  readonly pass: Pass;
  readonly body: unknown;
}

/** A service of which only the inner door stands, on one port for good; without a pass nobody comes in. */
export class PlayedService {
  readonly calls: InnerCall[] = [];
  private server: Server | undefined;
  private port = 0;

  constructor(
    private readonly passKey: string,
    private readonly answer: (call: InnerCall) => unknown,
  ) {}

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async open(): Promise<void> {
    this.server = createServer((request, response) => {
      void this.take(request).then(({ status, body }) => {
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
      });
    });
    await new Promise<void>((resolve) => this.server!.listen(this.port, '127.0.0.1', resolve));
    this.port = (this.server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    this.server?.closeAllConnections();
    await new Promise((resolve) => this.server?.close(resolve));
  }

  callsTo(path: string): InnerCall[] {
    return this.calls.filter((call) => call.path === path);
  }

  private async take(request: IncomingMessage): Promise<{ status: number; body: unknown }> {
    const pass = readPass(this.passKey, request.headers.authorization, new Date());
    if (!pass) return { status: 401, body: { error: { code: 'unauthorized', message: 'no pass' } } };
    const text = (await request.toArray()).join('');
    const call = { path: request.url!.replace('/inner/v1', ''), pass, body: (text === '' ? {} : JSON.parse(text)) as unknown };
    this.calls.push(call);
    return { status: 200, body: await this.answer(call) };
  }
}
