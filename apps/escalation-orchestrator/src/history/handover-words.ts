import { DeclineReasonSchema, TimeoutKindSchema } from '@baton/contracts';
import type { DeclineReason, TimeoutKind } from '@baton/contracts';
import { causeInWords } from '../floor/cause-in-words.js';
import type { ViewHandover } from './history-view.js';

const DECLINED: Readonly<Record<DeclineReason, string>> = {
  closed: 'the team was closed',
  'nobody-online': 'no agent was available',
  'nobody-for-category': 'no agent for this category was available',
  'crisp-unreachable': 'Crisp could not be reached',
  'took-too-long': 'Crisp took too long',
  'channel-off': 'handovers are switched off',
  quota: "Crisp's calls of the day were used up",
};
const TIMED_OUT: Readonly<Record<TimeoutKind, string>> = {
  'no-accept': 'nobody opened it in time',
  'no-first-answer': 'nobody answered in time',
  silence: 'the agent did not answer any more',
};

/** When and why a human was asked for, about what, and who came. */
export function beginningOf({ number, category, agentName, cause }: ViewHandover, at: string): string {
  const parts = [`Handover ${number}`, `asked for at ${at}`];
  if (category) parts.push(category);
  if (cause) parts.push(causeInWords(cause));
  if (agentName) parts.push(`with ${agentName}`);
  return parts.join(' · ');
}

/** How it ended, and why so. */
export function endOf(handover: ViewHandover): string {
  return `End of handover ${handover.number}: ${endInWords(handover)}`;
}

export function endInWords({ outcome, outcomeDetail, followedUp }: ViewHandover): string {
  if (outcome === 'followed-up') return 'an answer by e-mail was promised';
  return followedUp ? `${reasonInWords(outcome, outcomeDetail)}; an answer by e-mail was promised` : reasonInWords(outcome, outcomeDetail);
}

function reasonInWords(outcome: string | null, detail: string | null): string {
  switch (outcome) {
    case 'declined':
      return DECLINED[DeclineReasonSchema.safeParse(detail).data ?? 'nobody-online'];
    case 'timed-out':
      return TIMED_OUT[TimeoutKindSchema.safeParse(detail).data ?? 'no-first-answer'];
    case 'cancelled':
      return detail === 'bot' ? 'the assistant took the visitor back' : 'the visitor went back to the assistant';
    default:
      return outcome ?? 'over';
  }
}
