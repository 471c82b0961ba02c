import { clientAddress } from '@baton/telemetry';
import type { Rates } from '@baton/telemetry';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { findBot, mayShow } from '../bots/bots.js';
import type { KnownBots, WebchatBot } from '../bots/bots.js';
import { DoorRefusal } from './door-refusal.js';

export interface WebchatDoorOptions {
  readonly bots: KnownBots;
  /** What a page of the service's own address has as origin: for such a page browsers leave the header out. */
  readonly ownOrigin: string;
  readonly trustedHops: number;
  /** Of one bot, its looks and its new visitors together. */
  readonly botRates: Rates;
  readonly visitorRates: Rates;
  readonly historyRates: Rates;
  /** Files of one visitor, and of one client address. */
  readonly uploadRates: Rates;
  readonly addressUploadRates: Rates;
}

/** What every request of a browser has to pass: its bot is known, its page may show it. */
export class WebchatDoor {
  constructor(private readonly options: WebchatDoorOptions) {}

  /** @throws DoorRefusal which the page may read, so that the widget can say what is wrong */
  admit(botId: string, request: FastifyRequest, reply: FastifyReply): WebchatBot {
    this.allowReading(request, reply);
    const bot = findBot(this.options.bots, botId, new Date());
    if (bot === 'try-later') {
      void reply.header('retry-after', '2');
      throw new DoorRefusal('try-later');
    }
    if (bot === 'unknown-bot') throw new DoorRefusal('unknown-bot');
    if (!mayShow(bot, request.headers.origin ?? this.options.ownOrigin)) throw new DoorRefusal('origin-not-allowed');
    return bot;
  }

  /** Answers a browser that asks whether a page may ask at all; whether it gets anything is decided when it does. */
  preflight(request: FastifyRequest, reply: FastifyReply): void {
    this.allowReading(request, reply);
    void reply.header('access-control-allow-methods', 'GET, POST');
    void reply.header('access-control-allow-headers', 'authorization, content-type');
    void reply.header('access-control-max-age', '7200');
  }

  /** @throws DoorRefusal when too many ask for one bot, from wherever */
  countBot(botId: string, reply: FastifyReply): void {
    refuseTooFast(this.options.botRates.take(botId, Date.now()), reply);
  }

  /** @throws DoorRefusal when too many visitors come from one address */
  countVisitor(request: FastifyRequest, reply: FastifyReply): void {
    refuseTooFast(this.options.visitorRates.take(this.addressOf(request), Date.now()), reply);
  }

  /** @throws DoorRefusal when one visitor asks for pages of his log too often */
  countHistory(conversationId: string, reply: FastifyReply): void {
    refuseTooFast(this.options.historyRates.take(conversationId, Date.now()), reply);
  }

  /** @throws DoorRefusal when one visitor, or all at one address together, hand in files too fast */
  countUpload(conversationId: string, request: FastifyRequest, reply: FastifyReply): void {
    const now = Date.now();
    refuseTooFast(this.options.uploadRates.take(conversationId, now), reply);
    refuseTooFast(this.options.addressUploadRates.take(this.addressOf(request), now), reply);
  }

  private addressOf(request: FastifyRequest): string {
    const forwardedFor = request.headers['x-forwarded-for']?.toString();
    return clientAddress(request.socket.remoteAddress ?? '', forwardedFor, this.options.trustedHops);
  }

  private allowReading({ headers: { origin } }: FastifyRequest, reply: FastifyReply): void {
    void reply.header('vary', 'origin');
    void reply.header('cache-control', 'no-store');
    if (origin !== undefined) void reply.header('access-control-allow-origin', origin);
  }
}

function refuseTooFast(waitMs: number, reply: FastifyReply): void {
  if (waitMs === 0) return;
  void reply.header('retry-after', String(Math.ceil(waitMs / 1_000)));
  throw new DoorRefusal('too-fast');
}
