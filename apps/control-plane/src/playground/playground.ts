import type { Author, GivenAnswer, Trace, TriedAnswer } from '@baton/control-api';
import { GivenAnswerSchema, TraceSchema, TriedAnswerSchema } from '@baton/control-api';
import { withQuery } from '../services/address.js';
import type { Services } from '../services/services.js';

interface Asked {
  readonly workspaceId: string;
  readonly botId: string;
  readonly by: Author;
}

/** As the AI keeps it; in lists the trace lacks passages and verdicts. */
interface Receipt {
  readonly quotaEntryId: string | null;
  readonly trace: Partial<Trace> | null;
}

/** A little more than the AI gives itself (ms). */
const THINKS_MS = 80_000;

/** Tries bots out, and tells what they answered. */
export class Playground {
  constructor(private readonly services: Services) {}

  /** @param gone aborted when nobody waits for the answer any more */
  async ask(asked: Asked, question: { readonly language?: string | undefined }, gone: AbortSignal): Promise<{ answer: TriedAnswer }> {
    const { language, ...body } = question;
    const request = { method: 'POST', path: `/bots/${asked.botId}/ask`, body: { ...body, locale: language }, withinMs: THINKS_MS };
    const { answer } = await this.services.json<{ answer: unknown }>('ai', passOf(asked), request, gone);
    return { answer: TriedAnswerSchema.parse(answer) };
  }

  async answers(
    asked: Asked,
    query: {
      readonly limit: number;
      readonly before?: string | undefined;
      readonly questions: 'all' | 'open';
      readonly conversation?: string | undefined;
    },
  ): Promise<{ items: GivenAnswer[]; next: string | null }> {
    const path = withQuery(`/bots/${asked.botId}/answers`, query);
    const { answers, next } = await this.services.json<{ answers: Receipt[]; next?: string }>('ai', passOf(asked), { path });
    return { items: answers.map(given), next: next ?? null };
  }

  async answer(asked: Asked, answerId: string): Promise<{ answer: GivenAnswer; trace: Trace | null }> {
    const path = `/bots/${asked.botId}/answers/${encodeURIComponent(answerId)}`;
    const { answer } = await this.services.json<{ answer: Receipt }>('ai', passOf(asked), { path });
    return { answer: given(answer), trace: answer.trace && TraceSchema.parse(answer.trace) };
  }
}

function passOf({ workspaceId, by }: Asked) {
  return { workspaceId, errand: 'knowledge' as const, may: 'read' as const, by: by.id ?? by.kind };
}

function given(receipt: Receipt): GivenAnswer {
  const { question = null, support = null, threshold = null, by = null, model } = receipt.trace ?? {};
  return GivenAnswerSchema.parse({ ...receipt, counted: receipt.quotaEntryId !== null, question, support, threshold, by, model });
}
