import { Body, Controller, Delete, Headers, HttpCode, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { UuidSchema } from '@baton/contracts';
import { Callers } from '../doors/caller.js';
import { invalidRequest, refuse } from '../doors/refusal.js';
import { readConversation } from '../judge/conversation-store.js';
import { HistoryLinks } from '../history/history-links.js';
import { DataSource } from 'typeorm';
import { refusals } from './answers.js';
import { IdempotencyKeySchema, readEscalationRequest } from './escalation-request.js';
import { RequestEscalation } from './request-escalation.js';

/** For bots without Kafka: ask for a human, and take links to histories back. */
@Controller('v1')
export class EscalationsController {
  constructor(
    private readonly requests: RequestEscalation,
    private readonly links: HistoryLinks,
    private readonly dataSource: DataSource,
    private readonly callers: Callers,
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
    const caller = this.callers.of(authorization);
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
    const caller = this.callers.of(authorization);
    if ('status' in caller) return refuse(reply, caller);
    const conversation = UuidSchema.safeParse(id).success ? await readConversation(this.dataSource, id) : null;
    if (conversation?.botId !== caller.botId) return refuse(reply, refusals.notFound);
    return { revoked: await this.links.revoke(id) };
  }
}
