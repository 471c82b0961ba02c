import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { CLOSE } from '@baton/contracts';
import type { RefusalCode, ServerFrame } from '@baton/contracts';
import { clientAddress } from '@baton/telemetry';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import { findBot, mayShow } from '../bots/bots.js';
import type { KnownBots } from '../bots/bots.js';
import { VisitorSocket } from './visitor-socket.js';
import type { SocketParts } from './visitor-socket.js';

export interface GatewayOptions {
  readonly bots: KnownBots;
  readonly parts: SocketParts;
  /** What a page of the service's own address has as origin. */
  readonly ownOrigin: string;
  readonly maxSockets: number;
  readonly maxSocketsPerAddress: number;
  readonly trustedHops: number;
}

const PATH = /^\/v1\/webchat\/([^/?]+)\/socket(?:\?|$)/;
/** Far above what may be sent, so that a text that is too long gets an answer instead of a closed line. */
const MAX_PAYLOAD = 256 * 1_024;
const TICK_MS = 1_000;
/** How long closed sockets may take to say good-bye when the service stops. */
const GOODBYE_MS = 300;
/** So many sockets are closed at once when the service stops, so that not everybody comes again elsewhere in the same moment … */
const CLOSED_AT_ONCE = 50;
const BETWEEN_MS = 10;
/** … and more where it would take longer than this. */
const CLOSING_MS = 500;

/** Opens the visitors' sockets at `/v1/webchat/:botId/socket`. */
export class SocketGateway {
  private readonly wss = new WebSocketServer({ noServer: true, clientTracking: false, perMessageDeflate: false, maxPayload: MAX_PAYLOAD });
  private readonly sockets = new Set<VisitorSocket>();
  private readonly perAddress = new Map<string, number>();
  private timer: NodeJS.Timeout | undefined;
  private stopping = false;

  constructor(private readonly options: GatewayOptions) {}

  get size(): number {
    return this.sockets.size;
  }

  attach(server: Server): void {
    server.on('upgrade', (request, socket, head) => this.upgrade(request, socket, head));
    this.timer = setInterval(() => {
      const now = Date.now();
      for (const socket of this.sockets) socket.tick(now);
    }, TICK_MS);
  }

  /** From now on nobody is let in any more. */
  stopTaking(): void {
    this.stopping = true;
  }

  /** Says good-bye to all; their browsers come again elsewhere. */
  async close(): Promise<void> {
    this.stopping = true;
    clearInterval(this.timer);
    await this.closeSpread();
    const deadline = performance.now() + GOODBYE_MS;
    while (this.sockets.size > 0 && performance.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 10));
    for (const socket of this.sockets) socket.terminate();
    this.wss.close();
  }

  private async closeSpread(): Promise<void> {
    const open = [...this.sockets];
    const atOnce = Math.max(CLOSED_AT_ONCE, Math.ceil((open.length * BETWEEN_MS) / CLOSING_MS));
    for (let from = 0; from < open.length; from += atOnce) {
      if (from > 0) await new Promise((resolve) => setTimeout(resolve, BETWEEN_MS));
      for (const socket of open.slice(from, from + atOnce)) socket.close(CLOSE.goingAway);
    }
  }

  private upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => socket.destroy());
    const botId = PATH.exec(request.url ?? '')?.[1];
    if (botId === undefined) return refuse(socket, '404 Not Found');
    const { maxSockets, maxSocketsPerAddress, trustedHops } = this.options;
    if (this.stopping || this.sockets.size >= maxSockets) return refuse(socket, '503 Service Unavailable');
    const forwardedFor = request.headers['x-forwarded-for'];
    const address = clientAddress(request.socket.remoteAddress ?? '', forwardedFor?.toString(), trustedHops);
    if ((this.perAddress.get(address) ?? 0) >= maxSocketsPerAddress) return refuse(socket, '429 Too Many Requests');
    this.wss.handleUpgrade(request, socket, head, (ws) => this.open(ws, botId, request.headers.origin, address));
  }

  /** A browser learns the reason only from an open socket: a refused upgrade looks like a broken line. */
  private open(ws: WebSocket, botId: string, origin: string | undefined, address: string): void {
    const bot = findBot(this.options.bots, botId, new Date());
    if (bot === 'try-later') return turnAway(ws, 'try-later', CLOSE.goingAway);
    if (bot === 'unknown-bot') return turnAway(ws, 'unknown-bot', CLOSE.unknownBot);
    if (!mayShow(bot, origin ?? this.options.ownOrigin)) return turnAway(ws, 'origin-not-allowed', CLOSE.originNotAllowed);
    const socket = new VisitorSocket(ws, botId, this.options.parts, Date.now());
    this.sockets.add(socket);
    this.perAddress.set(address, (this.perAddress.get(address) ?? 0) + 1);
    ws.on('close', () => {
      this.sockets.delete(socket);
      const left = this.perAddress.get(address)! - 1;
      if (left > 0) this.perAddress.set(address, left);
      else this.perAddress.delete(address);
    });
  }
}

function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

function turnAway(ws: WebSocket, code: RefusalCode, closeCode: number): void {
  const frame: ServerFrame = { t: 'refused', code };
  ws.on('error', () => undefined);
  ws.send(JSON.stringify(frame));
  ws.close(closeCode);
}
