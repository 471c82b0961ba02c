import type { Answered } from '@baton/answering';
import type { Retrieval } from '@baton/knowledge';
import { activeTraceparent, beginStep } from '@baton/telemetry';
import type { Step, StepAttributes } from '@baton/telemetry';

/** From taking up what waits to what becomes of it: under what the visitor said last. */
export function traceAnswer<T extends { readonly as: string } | void>(
  cause: string | undefined,
  attributes: StepAttributes,
  work: () => Promise<T>,
): Promise<T> {
  return traced(beginStep('answer', cause, { attributes }), work, (ended) => (ended ? { 'baton.answer.ended': ended.as } : {}));
}

/** The answer itself: what kind it became, how well it is supported, and which rules it did not keep. The model's calls are steps of it. */
export function traceSeeking(work: () => Promise<Answered>): Promise<Answered> {
  return traced(beginStep('seek answer', activeTraceparent()), work, ({ kind, trace: { by, support, threshold, verdicts, tokens } }) => ({
    'baton.answer.kind': kind,
    'baton.answer.by': by,
    'baton.answer.support': support,
    'baton.answer.threshold': threshold,
    'baton.answer.rules_broken': verdicts.flatMap(({ rule, passed }) => (passed ? [] : [rule])).join(','),
    'gen_ai.usage.input_tokens': tokens?.read,
    'gen_ai.usage.output_tokens': tokens?.written,
  }));
}

/** A look into the knowledge. */
export function traceRetrieval(work: () => Promise<Retrieval>): Promise<Retrieval> {
  return traced(beginStep('retrieve', activeTraceparent()), work, ({ passages, support }) => ({
    'baton.retrieval.passages': passages.length,
    'baton.retrieval.support': support,
  }));
}

async function traced<T>(step: Step, work: () => Promise<T>, outcome: (result: T) => StepAttributes): Promise<T> {
  try {
    const result = await step.within(work);
    if (step.isRecorded) step.add(outcome(result));
    return result;
  } catch (error) {
    step.failed(error instanceof Error ? error.name : 'unknown');
    throw error;
  } finally {
    step.end();
  }
}
