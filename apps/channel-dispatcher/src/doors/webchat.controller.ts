import { conversationIdOf, safeParse } from '@baton/contracts';
import { Controller, Get, HttpCode, Options, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { LogStore } from '../log/log.store.js';
import { newVisitorId, VisitorTokens } from '../visitor/visitor-tokens.js';
import { FileLimits } from '../files/file-limits.js';
import { DoorRefusal } from './door-refusal.js';
import { visitorOf } from './visitor-of.js';
import { WebchatDoor } from './webchat-door.js';

const VisitorsBody = z.object({ token: z.string().min(1).max(2_048).nullish() });
const HistoryQuery = z.object({
  /** Lines before this `seq`. */
  before: z.coerce.number().int().positive().max(2_147_483_647),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});

/** What a browser asks before it opens its socket, and for older lines. */
@Controller('v1/webchat/:botId')
export class WebchatController {
  constructor(
    private readonly door: WebchatDoor,
    private readonly tokens: VisitorTokens,
    private readonly store: LogStore,
    private readonly files: FileLimits,
  ) {}

  @Options('*')
  @HttpCode(204)
  preflight(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): void {
    this.door.preflight(request, reply);
  }

  /** How the widget of this bot looks. */
  @Get('config')
  config(@Param('botId') botId: string, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const { name, avatar, locale, webchat } = this.door.admit(botId, request, reply);
    this.door.countBot(botId, reply);
    const { title, accent, greeting } = webchat;
    void reply.header('cache-control', 'private, max-age=60');
    return { botId, name, avatar, locale, title, accent, greeting, files: { maxBytes: this.files.maxBytes } };
  }

  /** A visitor's token: a fresh one for who shows a good one, else a new visitor's. */
  @Post('visitors')
  @HttpCode(200)
  async visitor(@Param('botId') botId: string, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    this.door.admit(botId, request, reply);
    this.door.countVisitor(request, reply);
    this.door.countBot(botId, reply);
    const body = safeParse(VisitorsBody, request.body ?? {});
    if (!body.success) throw new DoorRefusal('bad-request', 'token');
    const now = new Date();
    const { token } = body.data;
    const checked = token ? await this.tokens.check(botId, token, now) : undefined;
    const visitorId = checked && 'visitorId' in checked ? checked.visitorId : newVisitorId();
    const issued = await this.tokens.issue(botId, visitorId, now);
    const conversationId = conversationIdOf({ botId, channel: 'webchat', address: visitorId });
    return { token: issued.token, visitorId, conversationId, expiresAt: issued.expiresAt.toISOString() };
  }

  /** Older lines of the visitor's own log, oldest first. */
  @Get('history')
  async history(
    @Param('botId') botId: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    this.door.admit(botId, request, reply);
    const { conversationId } = await visitorOf(this.tokens, botId, request);
    const query = HistoryQuery.safeParse(request.query);
    if (!query.success) throw new DoorRefusal('bad-request', query.error.issues[0]?.path.join('.'));
    this.door.countHistory(conversationId, reply);
    const frames = await this.store.before(conversationId, query.data.before, query.data.limit);
    void reply.header('content-type', 'application/json; charset=utf-8');
    return `{"frames":[${frames.join(',')}]}`;
  }
}
