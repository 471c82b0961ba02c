import { Agent, createServer, type IncomingMessage, request as httpRequest, type Server, type ServerResponse } from 'node:http';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';

/** How the balancer's callers fared. */
export interface Answers {
  /** Requests and connections in all. */
  readonly all: number;
  readonly ok: number;
  /** Answers other than 2xx and connections that nobody took, in words: what and when. */
  readonly bad: readonly string[];
}

interface Endpoint {
  readonly url: URL;
  readonly agent: Agent;
  isReady: boolean;
  /** What it answered to the last look, in words. */
  said: string;
  /** Looks in a row that had no answer in time. */
  unanswered: number;
  /** When the look began whose outcome counts. */
  lookedAt: number;
  probe: NodeJS.Timeout;
}

/** How often it asks each replica whether it is ready: what has changed meanwhile it does not know. */
export const PROBE_EVERY_MS = 500;
const PROBE_WITHIN_MS = 1_000;
/** Who says no, or does not listen, gets nothing more at once; who is only slow gets requests until so many looks had no answer, as in Kubernetes. */
const UNANSWERED_AT_MOST = 3;
const REQUEST_WITHIN_MS = 30_000;
/** Of what a replica says why it is not ready (characters). */
const LONGEST_SAID = 200;
/** Headers that are between two neighbours only. */
const HOP_BY_HOP = new Set(['connection', 'keep-alive', 'transfer-encoding', 'upgrade']);

/**
 * Stands before the replicas of one service as a Kubernetes Service with an ingress does: sends new requests in turn to those that were ready at
 * the last look, keeps connections open for the next request, and tries nothing twice.
 */
export class Balancer {
  private readonly endpoints = new Map<string, Endpoint>();
  private readonly server: Server;
  private readonly pipes = new Set<Duplex>();
  private next = 0;
  private all = 0;
  private good = 0;
  private readonly bad: string[] = [];

  constructor(
    private readonly name: string,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.server = createServer((request, response) => this.forward(request, response));
    this.server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => this.connect(request, socket, head));
    this.server.requestTimeout = 0;
  }

  listen(port: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(port, '127.0.0.1', () => resolve());
    });
  }

  async close(): Promise<void> {
    for (const url of [...this.endpoints.keys()]) this.remove(url);
    for (const pipe of this.pipes) pipe.destroy();
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** Looks at it from now on; it gets requests once a look found it ready. */
  add(url: string): void {
    const endpoint: Endpoint = {
      url: new URL(url),
      agent: new Agent({ keepAlive: true, maxSockets: 64 }),
      ...{ isReady: false, said: 'not looked at yet' },
      ...{ unanswered: 0, lookedAt: 0 },
      probe: setInterval(() => void this.look(endpoint), PROBE_EVERY_MS),
    };
    this.endpoints.set(url, endpoint);
    void this.look(endpoint);
  }

  remove(url: string): void {
    const endpoint = this.endpoints.get(url);
    if (!endpoint) return;
    clearInterval(endpoint.probe);
    endpoint.agent.destroy();
    this.endpoints.delete(url);
  }

  /** It gets nothing more, whatever it says of itself. */
  takeOut(url: string): void {
    const endpoint = this.endpoints.get(url);
    if (!endpoint) return;
    clearInterval(endpoint.probe);
    // A look that is under way counts no more.
    endpoint.lookedAt = Infinity;
    endpoint.isReady = false;
    endpoint.said = 'taken out';
  }

  sends(url: string): boolean {
    return this.endpoints.get(url)?.isReady ?? false;
  }

  answers(): Answers {
    return { all: this.all, ok: this.good, bad: this.bad };
  }

  private async look(endpoint: Endpoint): Promise<void> {
    const signal = AbortSignal.timeout(PROBE_WITHIN_MS);
    const beganAt = performance.now();
    const { isReady, said } = await fetch(new URL('/health/ready', endpoint.url), { signal })
      .then(async (response) => ({ isReady: response.ok, said: `${response.status} ${(await response.text()).slice(0, LONGEST_SAID)}` }))
      .catch((error: unknown) => ({ isReady: signal.aborted ? undefined : false, said: String(error).slice(0, LONGEST_SAID) }));
    // A slow look knows less than a later one that is back already.
    if (this.endpoints.get(endpoint.url.origin) !== endpoint || beganAt < endpoint.lookedAt) return;
    endpoint.lookedAt = beganAt;
    endpoint.said = said;
    endpoint.unanswered = isReady === undefined ? endpoint.unanswered + 1 : 0;
    if (isReady !== undefined) endpoint.isReady = isReady;
    else if (endpoint.unanswered >= UNANSWERED_AT_MOST) endpoint.isReady = false;
  }

  private choose(): Endpoint | undefined {
    const ready = [...this.endpoints.values()].filter(({ isReady }) => isReady);
    return ready[this.next++ % Math.max(1, ready.length)];
  }

  private nobody(): string {
    const all = [...this.endpoints.values()].map(({ url, said }) => `${url.host}: ${said}`);
    return `no replica is ready (${all.length === 0 ? 'there is none' : all.join('; ')})`;
  }

  private forward(request: IncomingMessage, response: ServerResponse): void {
    this.all += 1;
    const what = `${request.method} ${(request.url ?? '').split('?')[0]}`;
    const endpoint = this.choose();
    if (!endpoint) {
      this.note(what, this.nobody());
      response.writeHead(503).end();
      return;
    }
    const onward = httpRequest(
      new URL(request.url ?? '/', endpoint.url),
      { method: request.method, headers: withoutHops(request.headers), agent: endpoint.agent, timeout: REQUEST_WITHIN_MS },
      (answer) => {
        const status = answer.statusCode ?? 0;
        response.writeHead(status, withoutHops(answer.headers));
        answer.pipe(response);
        answer.once('close', () => {
          if (!answer.complete) {
            if (!response.destroyed) this.note(what, `${status} that broke off at ${endpoint.url.host}`);
            return void response.destroy();
          }
          // Whether it is ready is asked in order to hear no.
          if ((status >= 200 && status < 300) || request.url === '/health/ready') this.good += 1;
          else this.note(what, `${status} from ${endpoint.url.host}`);
        });
      },
    );
    onward.on('timeout', () => onward.destroy(new Error('no answer in time')));
    onward.on('error', (error) => {
      if (response.headersSent) return void response.destroy();
      this.note(what, `${error.message} at ${endpoint.url.host}`);
      response.writeHead(502).end();
    });
    request.pipe(onward);
  }

  /** A WebSocket stays with the replica that it was given to. */
  private connect(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.all += 1;
    const endpoint = this.choose();
    if (!endpoint) {
      this.note('a socket', this.nobody());
      socket.end('HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\n\r\n');
      return;
    }
    const onward = connect(Number(endpoint.url.port), endpoint.url.hostname);
    const ends = [onward, socket];
    for (const end of ends) this.pipes.add(end);
    let isOpen = false;
    onward.once('connect', () => {
      onward.write(`${request.method} ${request.url} HTTP/1.1\r\n${headLines(request.rawHeaders)}\r\n\r\n`);
      onward.write(head);
      socket.pipe(onward).pipe(socket);
    });
    onward.once('data', (first: Buffer) => {
      isOpen = true;
      if (first.toString('latin1', 0, 12) === 'HTTP/1.1 101') this.good += 1;
      else this.note('a socket', `${first.toString('latin1', 9, 12)} from ${endpoint.url.host}`);
    });
    const gone = (reason?: string): void => {
      if (!isOpen && reason !== undefined) this.note('a socket', `${reason} at ${endpoint.url.host}`);
      isOpen = true;
      for (const end of ends) {
        this.pipes.delete(end);
        end.destroy();
      }
    };
    onward.on('error', (error) => gone(error.message));
    onward.on('close', () => gone('closed without an answer'));
    socket.on('error', () => gone());
    socket.on('close', () => gone());
  }

  private note(what: string, why: string): void {
    this.bad.push(`${this.name} after ${(this.now() / 1_000).toFixed(1)} s: ${what}: ${why}`);
  }
}

function withoutHops(headers: IncomingMessage['headers']): IncomingMessage['headers'] {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !HOP_BY_HOP.has(name)));
}

function headLines(raw: readonly string[]): string {
  const lines: string[] = [];
  for (let i = 0; i < raw.length; i += 2) lines.push(`${raw[i]}: ${raw[i + 1]}`);
  return lines.join('\r\n');
}
