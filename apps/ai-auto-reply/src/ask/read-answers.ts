import { UuidSchema } from '@baton/contracts';
import type { KnowledgeScope } from '@baton/knowledge';
import { z } from 'zod';
import { Refusal } from '../http/refusal.js';
import type { Receipt } from '../receipts/receipt.js';
import type { Receipts } from '../receipts/receipts.js';

const ListSchema = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  before: z.string().max(64).optional(),
  state: z.enum(['planned', 'posted', 'dropped', 'suggested', 'shadow', 'failed']).optional(),
  /** `open`: only questions that stayed without an answer. */
  questions: z.enum(['all', 'open']).default('all'),
  session: z.string().max(128).optional(),
  conversation: z.string().max(128).optional(),
});

/** A receipt without passages and verdicts: those are read one by one. */
export type AnswerSummary = Omit<Receipt, 'trace'> & { readonly trace: object | null };

/** Reads what a bot answered, newest first. */
export class ReadAnswers {
  constructor(private readonly receipts: Receipts) {}

  /** @throws Refusal 400 */
  async list({ workspaceId, botId }: KnowledgeScope, query: unknown): Promise<{ answers: AnswerSummary[]; next?: string }> {
    const asked = ListSchema.safeParse(query);
    if (!asked.success) {
      const [issue] = asked.error.issues;
      throw new Refusal('invalid-request', issue?.message ?? 'the query is not as it should be', issue?.path.join('.') || undefined);
    }
    const { limit, before, state, session, conversation, questions } = asked.data;
    const talkId = session ?? conversation;
    try {
      const page = await this.receipts.list({
        workspaceId,
        botId,
        limit,
        onlyOpen: questions === 'open',
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

  /** @throws Refusal 404 */
  async one({ workspaceId, botId }: KnowledgeScope, answerId: string): Promise<Receipt> {
    const receipt = UuidSchema.safeParse(answerId).success ? await this.receipts.one({ workspaceId, botId }, answerId) : undefined;
    if (!receipt) throw new Refusal('not-found', 'there is no such answer');
    return receipt;
  }
}

function summaryOf({ trace, ...receipt }: Receipt): AnswerSummary {
  if (trace === null) return { ...receipt, trace };
  const { question, language, support, threshold, by, model, ms } = trace;
  return { ...receipt, trace: { question, language, support, threshold, by, ...(model === undefined ? {} : { model }), ms } };
}
