import type { Answered } from '@baton/answering';
import type { BotSettings } from '@baton/contracts';
import { SettingsStore } from '@baton/settings';
import { Body, Controller, Headers, HttpCode, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { Asking } from '../asking/asking.js';
import { botOfRequest } from '../http/bot-of-request.js';
import { Refusal } from '../http/refusal.js';
import { AskLimits } from './ask-limits.js';

/** As long as a visitor would wait at most (ms). */
const ASKED_WITHIN = 75_000;

const LineSchema = z.object({
  from: z.enum(['visitor', 'agent', 'assistant']),
  text: z.string().trim().min(1).max(4_000),
});

const AskSchema = z.strictObject({
  /** What a visitor would write. */
  question: z.string().trim().min(1).max(4_000),
  /** What was said before, oldest first. */
  talk: z.array(LineSchema).max(40).default([]),
  locale: z.string().max(35).optional(),
  /** Questions in a row that stayed without an answer before this one. */
  missesBefore: z.int().min(0).max(100).default(0),
});

/** The playground: what the assistant would answer, on the same way as to visitors, and why. Nothing is said, counted or kept. */
@Controller('v1/bots/:botId/ask')
export class AskController {
  private readonly limits = new AskLimits();

  constructor(
    private readonly asking: Asking,
    private readonly settings: SettingsStore,
  ) {}

  @Post()
  @HttpCode(200)
  async ask(
    @Headers('authorization') authorization: string | undefined,
    @Param('botId') botId: string,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    const bot = botOfRequest(this.settings, botId, authorization);
    const asked = AskSchema.safeParse(body);
    if (!asked.success) {
      const [issue] = asked.error.issues;
      throw new Refusal('invalid-request', issue?.message ?? 'the body is not as it should be', issue?.path.join('.') || undefined);
    }
    const begun = this.limits.begin(botId, Date.now());
    if ('waitMs' in begun)
      throw new Refusal('too-many-requests', 'this bot is tried out too often; try again in a moment', undefined, begun.waitMs);
    const gone = new AbortController();
    const onClose = (): void => gone.abort();
    reply.raw.once('close', onClose);
    try {
      return { answer: await this.answerTo(bot, asked.data, AbortSignal.any([gone.signal, AbortSignal.timeout(ASKED_WITHIN)])) };
    } catch (error) {
      // Nobody is there to be told.
      if (gone.signal.aborted) return {};
      throw error;
    } finally {
      reply.raw.off('close', onClose);
      begun.end();
    }
  }

  private answerTo(bot: BotSettings, asked: z.output<typeof AskSchema>, signal: AbortSignal): Promise<Answered> {
    const { question, talk, locale, missesBefore } = asked;
    const begun = Date.now();
    const at = (index: number): Date => new Date(begun - (talk.length - index) * 1_000);
    return this.asking.run(bot, {
      talk: [...talk, { from: 'visitor' as const, text: question }].map((line, index) => ({ ...line, at: at(index) })),
      ...(locale === undefined ? {} : { locale }),
      missesBefore,
      mustSayAutomated: !talk.some(({ from }) => from === 'assistant'),
      signal,
    });
  }
}
