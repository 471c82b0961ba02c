import { safeParse } from '@baton/contracts';
import type { ServerResponse } from 'node:http';
import type { Answered } from '@baton/answering';
import type { BotSettings } from '@baton/contracts';
import { z } from 'zod';
import type { Asking } from '../asking/asking.js';
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

/** What the assistant would answer, on the same way as to visitors, and why. Nothing is said, counted or kept. */
export class TryOut {
  private readonly limits = new AskLimits();

  constructor(private readonly asking: Pick<Asking, 'run'>) {}

  /**
   * @param response whoever it goes to; when he is gone nobody thinks any longer, and there is no answer
   * @throws Refusal 400, or 429 when this bot is tried out too often
   */
  async ask(bot: BotSettings, body: unknown, response: ServerResponse): Promise<Answered | undefined> {
    const asked = safeParse(AskSchema, body);
    if (!asked.success) {
      const [issue] = asked.error.issues;
      throw new Refusal('invalid-request', issue?.message ?? 'the body is not as it should be', issue?.path.join('.') || undefined);
    }
    const begun = this.limits.begin(bot.botId, Date.now());
    if ('waitMs' in begun)
      throw new Refusal('too-many-requests', 'this bot is tried out too often; try again in a moment', undefined, begun.waitMs);
    const gone = new AbortController();
    const onClose = (): void => gone.abort();
    response.once('close', onClose);
    try {
      return await this.answerTo(bot, asked.data, AbortSignal.any([gone.signal, AbortSignal.timeout(ASKED_WITHIN)]));
    } catch (error) {
      // Nobody is there to be told.
      if (gone.signal.aborted) return undefined;
      throw error;
    } finally {
      response.off('close', onClose);
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
