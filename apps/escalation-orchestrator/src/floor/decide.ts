import type { Action } from './actions.js';
import { onBotAnswered } from './bot-rules.js';
import { onAgentCommanded } from './commands/on-command.js';
import { onSegmentsSet } from './commands/on-segments.js';
import type { Conversation } from './conversation.js';
import {
  onAgentWrote,
  onAvailabilityKnown,
  onDeskOpened,
  onDeskRemoved,
  onDeskState,
  onDeskTaken,
  onFirstMessagePosted,
  onOpeningFailed,
  onWordRefused,
} from './desk-rules.js';
import { onDeliveryFailed } from './delivery-failures.js';
import { onAnsweredElsewhere } from './elsewhere-rules.js';
import type { Fact } from './facts.js';
import { onBotStopped } from './kill-switch/in-the-bots-place.js';
import { onFollowUpFailed, onFollowUpOpened } from './follow-up/on-follow-up.js';
import type { FloorPolicy } from './policy.js';
import { keepInStep } from './promises/ledger.js';
import { onRatedAtDesk } from './ratings/on-rated.js';
import { Ruling } from './ruling.js';
import { onTimePassed } from './on-time-passed.js';
import { onVisitorKnown } from './visitor-known.js';
import { onVisitorWrote, onVisitorWroteAtDesk } from './visitor-rules.js';

export interface Decision {
  readonly conversation: Conversation;
  readonly actions: readonly Action[];
}

/**
 * The floor table. Judges one fact: who has the floor afterwards, and what is to be done. Pure: the same conversation,
 * fact, policy and time give the same decision. The caller holds the conversation's row lock and never judges a fact twice.
 * @param now ms since 1970
 */
export function decide(conversation: Conversation, fact: Fact, policy: FloorPolicy, now: number): Decision {
  const ruling = new Ruling(conversation, fact, policy, now);
  judge(ruling, fact);
  keepInStep(ruling);
  return { conversation: ruling.state, actions: ruling.actions };
}

function judge(ruling: Ruling, fact: Fact): void {
  switch (fact.kind) {
    case 'visitor-wrote':
      return onVisitorWrote(ruling, fact);
    case 'answered-elsewhere':
      return onAnsweredElsewhere(ruling, fact);
    case 'delivery-failed':
      return onDeliveryFailed(ruling, fact);
    case 'visitor-presence':
      return ruling.change({ present: fact.present });
    case 'visitor-known':
      return onVisitorKnown(ruling, fact);
    case 'bot-answered':
      return onBotAnswered(ruling, fact);
    case 'availability-known':
      return onAvailabilityKnown(ruling, fact);
    case 'desk-opened':
      return onDeskOpened(ruling, fact);
    case 'first-message-posted':
      return onFirstMessagePosted(ruling, fact);
    case 'opening-failed':
      return onOpeningFailed(ruling, fact);
    case 'word-refused':
      return onWordRefused(ruling, fact);
    case 'agent-wrote':
      return onAgentWrote(ruling, fact);
    case 'visitor-wrote-at-desk':
      return onVisitorWroteAtDesk(ruling, fact);
    case 'agent-edited':
      return ruling.edit(fact.messageId, fact.body);
    case 'agent-removed':
      return ruling.remove(fact.messageId);
    case 'desk-taken':
      return onDeskTaken(ruling, fact);
    case 'desk-state':
      return onDeskState(ruling, fact);
    case 'desk-removed':
      return onDeskRemoved(ruling, fact);
    case 'agent-commanded':
      return onAgentCommanded(ruling, fact);
    case 'segments-set':
      return onSegmentsSet(ruling, fact);
    case 'rated-at-desk':
      return onRatedAtDesk(ruling, fact);
    case 'follow-up-opened':
      return onFollowUpOpened(ruling, fact);
    case 'follow-up-failed':
      return onFollowUpFailed(ruling, fact);
    case 'bot-stopped':
      return onBotStopped(ruling);
    case 'time-passed':
      return onTimePassed(ruling);
  }
}
