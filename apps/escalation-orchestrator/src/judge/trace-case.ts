import { beginStep } from '@baton/telemetry';
import type { Step } from '@baton/telemetry';
import type { Case, Verdict } from './case.js';

/**
 * One judgement as a trace shows it, under what brought the case: what follows from it was caused by it. It ends when all of it is
 * written; one whose transaction was rolled back is never told of.
 */
export function beginJudging(one: Case, factKind: string): Step {
  return beginStep(`judge ${factKind}`, one.traceparent, {
    attributes: { 'baton.fact': factKind, 'baton.conversation.id': one.conversationId },
  });
}

/** What came of it: codes and numbers only. */
export function tellVerdict(step: Step, verdict: Verdict): void {
  if (!step.isRecorded) return;
  step.add({ 'baton.verdict': verdict.came });
  if (verdict.came !== 'first') return;
  const { before, after } = verdict;
  step.add({
    'baton.floor.before': before.floor,
    'baton.floor.after': after.floor,
    'baton.epoch': after.epoch,
    'baton.bot.id': after.botId,
    'baton.channel': after.channel,
    'baton.handover.id': after.handover?.id ?? before.handover?.id,
  });
}
