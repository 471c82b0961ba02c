import type { EffectPlan } from '@baton/effects';
import type { Receipt } from '../../receipts/receipt.js';
import { notePlans, sayPlans, whereOf } from '../effects/tasks.js';
import type { InboxMode } from '../mode-of.js';
import type { Session } from '../session.js';
import type { InboxFact } from '../session-rules.js';

/** What is to be said, and how it is counted. */
export interface Decision {
  readonly kind: Receipt['kind'];
  readonly text: string;
  readonly citations: Receipt['citations'];
  readonly trace: Receipt['trace'];
  readonly note: string | null;
  readonly quotaEntryId: string | null;
  readonly withoutHuman: boolean;
}

export interface Outcome {
  readonly fact: InboxFact;
  readonly state: Receipt['state'];
  readonly plans: readonly EffectPlan[];
}

/** What becomes of a decision in each mode; times are our clock (ms). */
export function outcomeOf(o: {
  session: Session;
  mode: InboxMode;
  decision: Decision;
  asked: readonly number[];
  answerId: string;
  now: number;
}): Outcome {
  const { session, mode, decision, asked, answerId, now } = o;
  const { kind, text, note, quotaEntryId, withoutHuman, citations } = decision;
  if (mode === 'shadow' || mode === 'off') return { fact: { kind: 'let-be', asked, why: answerId }, state: 'shadow', plans: [] };
  if (mode === 'note') {
    const suggestion = note === null ? `Suggested answer:\n\n${text}` : note;
    const plans = notePlans({ ...whereOf(session), text: suggestion, about: `answer:${answerId}`, calls: false }, now);
    return { fact: { kind: 'let-be', asked, why: answerId }, state: 'suggested', plans };
  }
  const task = {
    ...whereOf(session),
    answerId,
    epoch: session.epoch,
    whole: text,
    kind,
    asked,
    used: citations.map(({ chunkId, sourceVersion }) => ({ chunkId, sourceVersion })),
    quotaEntryId,
    note,
    withoutHuman,
    askedAt: session.burst?.lastAt ?? now,
  };
  return { fact: { kind: 'planned', answerId, asked }, state: 'planned', plans: sayPlans(task, now) };
}

/** What is kept of it. */
export function receiptOf(session: Session, decision: Decision, answerId: string, state: Receipt['state'], at: Date): Receipt {
  const { workspaceId, botId, sessionId, epoch } = session;
  const { kind, text, citations, trace, quotaEntryId } = decision;
  return { answerId, workspaceId, botId, place: 'inbox', sessionId, epoch, kind, text, citations, trace, quotaEntryId, state, at };
}
