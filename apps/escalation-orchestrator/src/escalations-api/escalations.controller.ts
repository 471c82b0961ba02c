import { Body, Controller, Delete, Headers, HttpCode, Inject, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { UuidSchema } from '@baton/contracts';
import type { BotSettings } from '@baton/contracts';
import { botOfKey, SettingsStore } from '@baton/settings';
import { Rates } from '@baton/telemetry';
import { CLOCK } from '../clock.js';
import type { Clock } from '../clock.js';
import { readConversation } from '../judge/conversation-store.js';
import { HistoryLinks } from '../history/history-links.js';
import { DataSource } from 'typeorm';
import { invalidRequest, refusals } from './answers.js';
import type { Refusal } from './answers.js';
import { IdempotencyKeySchema, readEscalationRequest } from './escalation-request.js';
import { RequestEscalation } from './request-escalation.js';

/** Requests a second of one bot. */
const REQUESTS_PER_SECOND = 50;
/** Requests a second with a wrong key, of all callers together: guessing is slow, and an honest mistake does not hurt other bots. */
const WRONG_KEYS_PER_SECOND = 20;

/** For bots without Kafka: ask for a human, and take links to histories back. */
@Controller('v1')
export class EscalationsController {
  private readonly perBot = new Rates({ perSecond: REQUESTS_PER_SECOND, burst: REQUESTS_PER_SECOND });
  private readonly wrongKeys = new Rates({ perSecond: WRONG_KEYS_PER_SECOND, burst: WRONG_KEYS_PER_SECOND });

  constructor(
    private readonly requests: RequestEscalation,
    private readonly links: HistoryLinks,
    private readonly dataSource: DataSource,
    private readonly settings: SettingsStore,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  @Post('escalations')
  @HttpCode(202)
  async escalate(
    @Headers('authorization') authorization: string | undefined,
    @Headers('idempotency-key') idempotencyKey: string | undefined,
    @Headers('content-type') contentType: string | undefined,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    const caller = this.callerOf(authorization);
    if ('status' in caller) return refuse(reply, caller);
    if (!/^application\/json\b/i.test(contentType ?? '')) return refuse(reply, refusals.notJsonType);
    const key = IdempotencyKeySchema.optional().safeParse(idempotencyKey);
    if (!key.success) return refuse(reply, invalidRequest(key.error, 'Idempotency-Key'));
    const read = readEscalationRequest(body);
    if ('refusal' in read) return refuse(reply, read.refusal);
    const answer = await this.requests.handle(caller.botId, read.request, key.data);
    if ('error' in answer) return refuse(reply, answer);
    reply.code(answer.status);
    return answer.body;
  }

  @Delete('conversations/:id/history-links')
  async revoke(
    @Headers('authorization') authorization: string | undefined,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    const caller = this.callerOf(authorization);
    if ('status' in caller) return refuse(reply, caller);
    const conversation = UuidSchema.safeParse(id).success ? await readConversation(this.dataSource, id) : null;
    if (conversation?.botId !== caller.botId) return refuse(reply, refusals.notFound);
    return { revoked: await this.links.revoke(id) };
  }

  private callerOf(authorization: string | undefined): BotSettings | Refusal {
    if (!this.settings.caughtUp) return refusals.notReady;
    const now = this.now();
    const bot = botOfKey(authorization, this.settings.bots());
    if (!bot) return this.wrongKeys.take('all', now) > 0 ? refusals.tooFast : refusals.unauthorized;
    return this.perBot.take(bot.botId, now) > 0 ? refusals.tooFast : bot;
  }
}

function refuse(reply: FastifyReply, { status, error }: Refusal): object {
  reply.code(status);
  if (status === 429 || status === 503) reply.header('retry-after', '1');
  return { error };
}
