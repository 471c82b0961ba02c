import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { filledHookBody, nowUs, signedRequest } from './hook.js';
import type { SignedFor } from './hook.js';
import { summarize } from './summary.js';

/** The load generator, a process of its own: raw keep-alive connections, bounded in time and count, loopback only. */
export interface LoadOrder {
  readonly port: number;
  readonly path: string;
  readonly secret: string;
  readonly scheme: SignedFor['scheme'];
  readonly websiteId: string;
  readonly sessions: readonly string[];
  /** Requests a second in all, latency counted from the intended time; 0 sends as fast as answers come. */
  readonly rate: number;
  readonly seconds: number;
  readonly connections: number;
  readonly bodyBytes: number;
  /** At most so many requests. */
  readonly limit: number;
}

export interface LoadResult {
  readonly ok: number;
  readonly refused: number;
  readonly errors: number;
  readonly seconds: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly codes: Record<string, number>;
}

async function run(order: LoadOrder): Promise<LoadResult> {
  const started = nowUs();
  const end = started + order.seconds * 1e6;
  const latencies: number[] = [];
  const codes: Record<string, number> = {};
  let number = 0;
  let errors = 0;

  async function worker(): Promise<void> {
    let client = await Client.open(order.port);
    for (;;) {
      number += 1;
      const mine = number;
      if (mine > order.limit) break;
      const due = order.rate > 0 ? started + ((mine - 1) / order.rate) * 1e6 : nowUs();
      if (due >= end) break;
      const early = due - nowUs();
      if (early > 0) await new Promise((resolve) => setTimeout(resolve, early / 1_000));
      const sessionId = order.sessions[mine % order.sessions.length] ?? '';
      const sentAtUs = order.rate > 0 ? due : nowUs();
      const body = filledHookBody({ websiteId: order.websiteId, sessionId, number: mine, sentAtUs, bodyBytes: order.bodyBytes });
      try {
        const code = await client.post(
          signedRequest(body, { host: `127.0.0.1:${order.port}`, path: order.path, secret: order.secret, scheme: order.scheme }),
        );
        codes[code] = (codes[code] ?? 0) + 1;
        if (code >= 200 && code < 300) latencies.push(nowUs() - sentAtUs);
      } catch {
        errors += 1;
        client.close();
        client = await Client.open(order.port);
      }
    }
    client.close();
  }

  await Promise.all(Array.from({ length: order.connections }, worker));
  const seconds = (nowUs() - started) / 1e6;
  const refused = Object.entries(codes).reduce((sum, [code, count]) => (code.startsWith('2') ? sum : sum + count), 0);
  return { ok: latencies.length, refused, errors, seconds, perSecond: latencies.length / seconds, ...summarize(latencies), codes };
}

/** One connection, one request at a time. */
class Client {
  private waiting: { resolve: (code: number) => void; reject: (error: Error) => void } | undefined;
  private buffered = '';

  private constructor(private readonly socket: Socket) {
    socket.setNoDelay(true);
    socket.setEncoding('latin1');
    socket.on('data', (chunk: string) => this.read(chunk));
    socket.on('error', (error) => this.waiting?.reject(error));
    socket.on('close', () => this.waiting?.reject(new Error('connection closed')));
  }

  static open(port: number): Promise<Client> {
    return new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1', () => resolve(new Client(socket)));
      socket.once('error', reject);
    });
  }

  post(request: string): Promise<number> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('no answer in 10 s')), 10_000);
      const settle =
        <T>(then: (value: T) => void) =>
        (value: T) => {
          clearTimeout(timer);
          this.waiting = undefined;
          then(value);
        };
      this.waiting = { resolve: settle(resolve), reject: settle(reject) };
      this.socket.write(request);
    });
  }

  close(): void {
    this.socket.destroy();
  }

  private read(chunk: string): void {
    this.buffered += chunk;
    const headEnd = this.buffered.indexOf('\r\n\r\n');
    if (headEnd < 0) return;
    const length = Number(/content-length: (\d+)/i.exec(this.buffered.slice(0, headEnd))?.[1] ?? 0);
    if (this.buffered.length < headEnd + 4 + length) return;
    const code = Number(this.buffered.slice(9, 12));
    this.buffered = '';
    this.waiting?.resolve(code);
  }
}

console.log(JSON.stringify(await run(JSON.parse(process.argv[2] ?? '{}') as LoadOrder)));
