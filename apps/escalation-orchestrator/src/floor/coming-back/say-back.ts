import type { Handover } from '../conversation.js';
import { agentToRate } from '../ratings/ask-human.js';
import { beginQuestion } from '../ratings/rated-stretches.js';
import type { Ruling } from '../ruling.js';
import { openTaps } from './open-taps.js';

/**
 * An agent is done with this handover, and the visitor is told: in one line with the question how it was and all that he
 * may tap, since channels show the taps of the newest line only.
 */
export function sayResolved(ruling: Ruling, handover: Handover): void {
  const texts = [ruling.wording.say('resolved')];
  const agent = agentToRate(ruling, handover);
  if (agent) {
    texts.push(ruling.wording.say('askRating', { agent: agent.name }));
    beginQuestion(ruling, { stretch: 'human', handoverId: handover.id }, handover.number);
  }
  ruling.deliverSystemLine(texts.join('\n'), false, openTaps(ruling));
}
