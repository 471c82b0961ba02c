import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import type { Author, ClientFrame, Floor, LogFrame, MessageBody, QuickReply, ServerFrame } from '@baton/contracts';
import type { BotConfig } from '../../shared/shell.js';

type Content = LogFrame extends infer F ? (F extends LogFrame ? Omit<F, 'seq' | 'at'> : never) : never;

interface Conversation {
  readonly id: string;
  readonly log: LogFrame[];
  floor: Floor;
  agent: { name: string; avatar?: string } | undefined;
}

const FIRST_REPLAY = 50;
const CONFIG: BotConfig = { name: 'Robin', title: 'Field & Loom', accent: '#2f6fed', locale: 'en', files: { maxBytes: 1_048_576 } };
export const BOT: Author = { kind: 'bot', name: 'Robin' };
export const MIA: Author = { kind: 'agent', name: 'Mia' };

/** The dispatcher's public side as the protocol has it, in memory; tests play the rest of the world. */
export class FakeServer {
  config: BotConfig = CONFIG;
  /** While false every new socket is refused, as when the server is down. */
  isUp = true;
  /** Called for each message a visitor sends, after it is in the log. */
  onSend: (text: string, payload: string | undefined) => void = () => {};
  /** Sends that get neither a place in the log nor an answer. */
  swallow = 0;
  /** Sends whose place in the log is given, but whose ack is lost with the line. */
  loseAcks = 0;
  readonly frames: ClientFrame[] = [];
  /** Files that were handed in, by their address. */
  readonly files = new Map<string, { readonly name: string; readonly contentType: string; readonly bytes: Buffer }>();
  /** Answers of the door of files before it takes one again: a status and a code. */
  readonly fileRefusals: [number, string][] = [];
  /** While it is set, files come but are not answered. */
  holdFiles = false;
  private readonly conversations = new Map<string, Conversation>();
  private readonly sockets = new Map<WebSocket, string>();
  private readonly server: Server;
  private readonly websockets = new WebSocketServer({ noServer: true });
  private clock = Date.now() - 3_600_000;

  private constructor(private readonly widget: string) {
    this.server = createServer((request, response) => void this.answer(request, response));
    this.server.on('upgrade', (request, socket, head) => {
      if (!this.isUp) {
        socket.destroy();
        return;
      }
      this.websockets.handleUpgrade(request, socket, head, (websocket) => this.meet(websocket));
    });
  }

  /** `files` holds the built widget. */
  static async start(files: string): Promise<FakeServer> {
    const fake = new FakeServer(files);
    await new Promise<void>((resolve) => fake.server.listen(0, '127.0.0.1', resolve));
    return fake;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.dropLines();
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** The one conversation of a test with one visitor. */
  get conversation(): Conversation {
    const [first] = this.conversations.values();
    if (!first) throw new Error('no visitor came yet');
    return first;
  }

  get lines(): number {
    return this.sockets.size;
  }

  get visitors(): number {
    return this.conversations.size;
  }

  /** What a visitor wrote, as it stands in the log. */
  get written(): string[] {
    return this.conversation.log.flatMap((frame) =>
      frame.t === 'message' && frame.author.kind === 'visitor' && frame.body.type === 'text' ? [frame.body.text] : [],
    );
  }

  say(author: Author, text: string, quickReplies?: QuickReply[]): string {
    return this.sayBody(author, { type: 'text', text, quickReplies });
  }

  sayBody(author: Author, body: MessageBody): string {
    const id = randomUUID();
    this.append({ t: 'message', id, author, body });
    return id;
  }

  mode(floor: Floor, agent?: { name: string; avatar?: string }): void {
    Object.assign(this.conversation, { floor, agent });
    this.append({ t: 'mode', floor, agent });
  }

  append(content: Content, to = this.conversation): LogFrame {
    this.clock += 1_000;
    const frame = { ...content, seq: to.log.length + 1, at: new Date(this.clock).toISOString() } as LogFrame;
    to.log.push(frame);
    this.push(frame, to);
    return frame;
  }

  push(frame: ServerFrame, to = this.conversation): void {
    for (const [socket, token] of this.sockets) if (this.conversations.get(token) === to) socket.send(JSON.stringify(frame));
  }

  /** A visitor with a past. */
  prepare(token: string): Conversation {
    const conversation: Conversation = { id: randomUUID(), log: [], floor: 'bot', agent: undefined };
    this.conversations.set(token, conversation);
    return conversation;
  }

  /** Nobody ever came, and everything is in order. */
  reset(): void {
    this.forget();
    this.frames.length = 0;
    this.config = CONFIG;
    this.isUp = true;
    this.swallow = this.loseAcks = 0;
    this.files.clear();
    this.fileRefusals.length = 0;
    this.holdFiles = false;
    this.onSend = () => {};
  }

  /** As when the server's data were lost: its tokens are worth nothing. */
  forget(): void {
    this.conversations.clear();
  }

  dropLines(code?: number): void {
    for (const socket of this.sockets.keys()) {
      if (code) socket.close(code);
      else socket.terminate();
    }
    this.sockets.clear();
  }

  private meet(socket: WebSocket): void {
    socket.on('message', (data) => this.hear(socket, JSON.parse(String(data)) as ClientFrame));
    socket.on('close', () => this.sockets.delete(socket));
  }

  private hear(socket: WebSocket, frame: ClientFrame): void {
    this.frames.push(frame);
    const send = (answer: ServerFrame) => socket.send(JSON.stringify(answer));
    if (frame.t === 'hello') {
      const conversation = this.conversations.get(frame.token);
      if (!conversation) {
        socket.close(4401);
        return;
      }
      this.sockets.set(socket, frame.token);
      const { id, log, floor, agent } = conversation;
      const anew = frame.lastSeq === 0 || frame.lastSeq > log.length;
      const replayFrom = anew ? Math.max(1, log.length - FIRST_REPLAY + 1) : frame.lastSeq + 1;
      send({ t: 'welcome', conversationId: id, seq: log.length, replayFrom, floor, agent });
      log.slice(replayFrom - 1).forEach(send);
    }
    if (frame.t === 'send') this.take(socket, frame);
  }

  private take(socket: WebSocket, { clientId, body }: Extract<ClientFrame, { t: 'send' }>): void {
    if (this.swallow > 0) {
      this.swallow--;
      return;
    }
    const conversation = this.conversations.get(this.sockets.get(socket) ?? '') as Conversation;
    const known = conversation.log.find((line) => line.t === 'message' && line.clientId === clientId);
    const line = known ?? this.append({ t: 'message', id: randomUUID(), author: { kind: 'visitor' }, body, clientId }, conversation);
    if (this.loseAcks > 0) {
      this.loseAcks--;
      this.dropLines();
      return;
    }
    if (line.t === 'message') socket.send(JSON.stringify({ t: 'ack', clientId, id: line.id, seq: line.seq, at: line.at }));
    if (!known) this.onSend(body.type === 'text' ? body.text : body.name, body.type === 'text' ? body.payload : undefined);
  }

  private async takeFile(request: IncomingMessage, name: string, json: (value: unknown, status?: number) => unknown): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    if (this.holdFiles) return;
    const refusal = this.fileRefusals.shift();
    if (refusal) return void json({ error: { code: refusal[1] } }, refusal[0]);
    const contentType = name.endsWith('.png') ? 'image/png' : 'application/pdf';
    const path = `/v1/files/${randomUUID()}/${encodeURIComponent(name)}`;
    this.files.set(path, { name, contentType, bytes: Buffer.concat(chunks) });
    json({ type: 'file', name, url: this.url + path, contentType }, 201);
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://fake');
    response.setHeader('access-control-allow-origin', '*');
    response.setHeader('access-control-allow-headers', 'content-type, authorization');
    const json = (value: unknown, status = 200) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    if (request.method === 'OPTIONS') response.writeHead(204).end();
    else if (/^\/w\/(loader|panel)\.js$/.test(pathname)) {
      response
        .writeHead(200, { 'content-type': 'text/javascript; charset=utf-8' })
        .end(await readFile(join(this.widget, pathname.slice(3))));
    } else if (this.files.has(pathname)) {
      const { contentType, bytes } = this.files.get(pathname)!;
      response.writeHead(200, { 'content-type': contentType }).end(bytes);
    } else if (!pathname.startsWith('/v1/webchat/demo/')) json({ code: 'unknown-bot' }, 404);
    else if (pathname.endsWith('/config')) json(this.config);
    else if (!this.isUp) json({ code: 'try-later' }, 503);
    else if (pathname.endsWith('/files')) await this.takeFile(request, searchParams.get('name') ?? '', json);
    else if (pathname.endsWith('/visitors')) {
      const token = `token-${randomUUID()}`;
      json({ token, visitorId: 'v', conversationId: this.prepare(token).id, expiresAt: new Date(Date.now() + 1e9).toISOString() });
    } else if (pathname.endsWith('/history')) {
      const conversation = this.conversations.get(request.headers.authorization?.slice(7) ?? '');
      const before = Number(searchParams.get('before'));
      const frames = conversation?.log.filter(({ seq }) => seq < before).slice(-Number(searchParams.get('limit')));
      json({ frames });
    } else json({}, 404);
  }
}
