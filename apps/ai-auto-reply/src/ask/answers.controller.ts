import { UuidSchema } from '@baton/contracts';
import { SettingsStore } from '@baton/settings';
import { Controller, Get, Headers, Param, Query } from '@nestjs/common';
import { z } from 'zod';
import { botOfRequest } from '../http/bot-of-request.js';
import { Refusal } from '../http/refusal.js';
import type { Receipt } from '../receipts/receipt.js';
import { Receipts } from '../receipts/receipts.js';

const ListSchema = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  before: z.string().max(64).optional(),
  state: z.enum(['planned', 'posted', 'dropped', 'suggested', 'shadow', 'failed']).optional(),
  session: z.string().max(128).optional(),
  conversation: z.string().max(128).optional(),
});

/** The receipts of a bot's answers, newest first. */
@Controller('v1/bots/:botId/answers')
export class AnswersController {
  constructor(
    private readonly receipts: Receipts,
    private readonly settings: SettingsStore,
  ) {}

  @Get()
  async list(
    @Headers('authorization') authorization: string | undefined,
    @Param('botId') botId: string,
    @Query() query: unknown,
  ): Promise<object> {
    const { workspaceId } = botOfRequest(this.settings, botId, authorization);
    const asked = ListSchema.safeParse(query);
    if (!asked.success) {
      const [issue] = asked.error.issues;
      throw new Refusal('invalid-request', issue?.message ?? 'the query is not as it should be', issue?.path.join('.') || undefined);
    }
    const { limit, before, state, session, conversation } = asked.data;
    const talkId = session ?? conversation;
    try {
      const page = await this.receipts.list({
        workspaceId,
        botId,
        limit,
        ...(before === undefined ? {} : { before }),
        ...(state === undefined ? {} : { state }),
        ...(talkId === undefined ? {} : { talkId }),
      });
      return { answers: page.receipts.map(summaryOf), ...(page.next === undefined ? {} : { next: page.next }) };
    } catch (error) {
      if (error instanceof RangeError) throw new Refusal('invalid-request', error.message, 'before');
      throw error;
    }
  }

  @Get(':answerId')
  async one(
    @Headers('authorization') authorization: string | undefined,
    @Param('botId') botId: string,
    @Param('answerId') answerId: string,
  ): Promise<object> {
    const { workspaceId } = botOfRequest(this.settings, botId, authorization);
    const receipt = UuidSchema.safeParse(answerId).success ? await this.receipts.one({ workspaceId, botId }, answerId) : undefined;
    if (!receipt) throw new Refusal('not-found', 'there is no such answer');
    return { answer: receipt };
  }
}

/** Without passages and verdicts: those are read one by one. */
function summaryOf({ trace, ...receipt }: Receipt): object {
  if (trace === null) return receipt;
  const { question, language, support, threshold, by, model, ms } = trace;
  return { ...receipt, trace: { question, language, support, threshold, by, ...(model === undefined ? {} : { model }), ms } };
}
