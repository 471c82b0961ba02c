import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { FaultsSchema, type FaultsInput } from '../faults/faults.js';
import { createMessengerSimulator, type MessengerSimulator } from '../server.js';

export const SECRET = 'demo-app-secret-0123456789abcdef';
export const APP = '770011220033';
export const PAGE = '4400110022';
export const OTHER_PAGE = '4400110033';
export const LENA = '9100200300';
export const NOOR = '9100200301';

export interface Hook {
  readonly headers: IncomingHttpHeaders;
  readonly raw: string;
  readonly entries: { id: string; time: number; messaging?: Element[]; standby?: Element[] }[];
  /** Of the first entry. */
  readonly element: Element;
}
export type Element = Record<string, Record<string, unknown>>;

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
  /** `10/2018278`, or empty when nothing was wrong. */
  readonly error: string;
}

/** A simulator with two pages, and the receiver of its hooks; everything over real HTTP. */
export class Stage {
  hooks: Hook[] = [];
  /** How the receiver answers a hook. */
  answerHook: (response: ServerResponse) => void = (response) => response.writeHead(200).end('EVENT_RECEIVED');
  /** How it answers the handshake. */
  answerHandshake: (challenge: string, response: ServerResponse) => void = (challenge, response) => response.end(challenge);
  /** What it serves under `/media/…`. */
  media: { contentType: string; bytes: Buffer } = { contentType: 'image/png', bytes: Buffer.from('picture') };
  /** The platform's clock runs so much ahead. */
  aheadMs = 0;

  private constructor(
    readonly simulator: MessengerSimulator,
    private readonly receiver: Server,
    readonly url: string,
    readonly receiverUrl: string,
  ) {}

  static async open(): Promise<Stage> {
    const late: { stage?: Stage } = {};
    const receiver = createServer((request, response) => {
      const url = new URL(request.url ?? '/', 'http://receiver');
      const stage = late.stage!;
      if (url.pathname.startsWith('/media/')) {
        return void response.writeHead(200, { 'content-type': stage.media.contentType }).end(stage.media.bytes);
      }
      if (request.method === 'GET') return stage.answerHandshake(url.searchParams.get('hub.challenge') ?? '', response);
      let raw = '';
      request.on('data', (chunk: Buffer) => (raw += chunk.toString()));
      request.on('end', () => {
        const { entry } = JSON.parse(raw) as { entry: Hook['entries'] };
        const element = (entry?.[0]?.messaging ?? entry?.[0]?.standby)?.[0] ?? {};
        stage.hooks.push({ headers: request.headers, raw, entries: entry, element });
        stage.answerHook(response);
      });
    });
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    const receiverUrl = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
    const simulator = createMessengerSimulator({
      now: () => Date.now() + (late.stage?.aheadMs ?? 0),
      setup: {
        apps: [{ app_id: APP, secret: SECRET, verify_token: 'demo-verify', hook_url: `${receiverUrl}/hook` }],
        pages: [
          { page_id: PAGE, name: 'Shop', app_id: APP, token: 'EAADemoPageToken', people: [{ psid: LENA, first_name: 'Lena' }] },
          { page_id: OTHER_PAGE, name: 'Outlet', app_id: APP, token: 'other-token', people: [{ psid: NOOR, first_name: 'Noor' }] },
        ],
      },
    });
    const stage = new Stage(simulator, receiver, await simulator.listen(0), receiverUrl);
    late.stage = stage;
    return stage;
  }

  /** As it was at the beginning. */
  async clear(): Promise<void> {
    await this.control('POST', '/reset', { seed: 7 });
    this.hooks = [];
    this.aheadMs = 0;
    this.answerHook = (response) => response.writeHead(200).end('EVENT_RECEIVED');
    this.answerHandshake = (challenge, response) => response.end(challenge);
    this.media = { contentType: 'image/png', bytes: Buffer.from('picture') };
  }

  async close(): Promise<void> {
    await this.simulator.close();
    this.receiver.closeAllConnections();
    await new Promise((resolve) => this.receiver.close(resolve));
  }

  faults(wanted: FaultsInput): void {
    this.simulator.world.faults = FaultsSchema.parse(wanted);
  }

  async control<T = Record<string, unknown>>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(`${this.url}/control${path}`, {
      method,
      ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  }

  /** What Lena does. */
  act<T = { mid: string }>(what: string, body: unknown = {}): Promise<T> {
    return this.control<T>('POST', `/people/${LENA}/${what}`, body);
  }

  async graph(method: string, path: string, body?: unknown, query: Record<string, string> = {}): Promise<Answer> {
    const search = new URLSearchParams({ access_token: 'EAADemoPageToken', ...query });
    const response = await fetch(`${this.url}/v25.0${path}?${search.toString()}`, {
      method,
      ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    const answer = (await response.json()) as Record<string, unknown>;
    const { code, error_subcode } = (answer['error'] ?? {}) as { code?: number; error_subcode?: number };
    const error = code === undefined ? '' : `${code}${error_subcode === undefined ? '' : `/${error_subcode}`}`;
    return { status: response.status, headers: response.headers, body: answer, error };
  }

  /** A message of our app to Lena, `RESPONSE` unless said otherwise. */
  send(message: Record<string, unknown>, more: Record<string, unknown> = {}): Promise<Answer> {
    return this.graph('POST', `/${PAGE}/messages`, { recipient: { id: LENA }, messaging_type: 'RESPONSE', message, ...more });
  }

  /** The elements of a kind that came in so far, by the field beside sender and recipient. */
  told(field: string): Element[] {
    return this.hooks
      .flatMap((hook) => hook.entries.flatMap((entry) => entry.messaging ?? entry.standby ?? []))
      .filter((one) => field in one);
  }
}
