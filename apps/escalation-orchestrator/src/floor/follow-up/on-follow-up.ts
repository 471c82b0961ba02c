import { waysOn } from '@baton/contracts';
import { about } from '../handover.js';
import type { Handover } from '../conversation.js';
import type { FactOf } from '../facts.js';
import { endPromises, promise } from '../promises/ledger.js';
import type { Ruling } from '../ruling.js';
import { changeFollowUp, endAsking } from './asking.js';
import { waysOnOf } from './offer.js';

/** The conversation for an answer by e-mail is in the inbox: only now he is told until when he has one. */
export function onFollowUpOpened(ruling: Ruling, { handoverId, sessionId }: FactOf<'follow-up-opened'>): void {
  const { followUp, handover } = ruling.state;
  // An agent was faster than the news: he has the visitor already.
  if (handover?.sessionId === sessionId) return ruling.change({ declined: null });
  if (followUp?.handoverId !== handoverId || followUp.step !== 'opening') return closeBehind(ruling, handoverId);
  const { email, category, websiteId } = followUp;
  const answerUntil = followUp.answerUntil ?? ruling.now;
  changeFollowUp(ruling, { step: 'open', sessionId });
  ruling.desk({ kind: 'set-state', handoverId, websiteId, state: 'unresolved' });
  ruling.change({ declined: null });
  const text = ruling.wording.say('followUpOpened', { email: email ?? '', time: answerUntil });
  const messageId = ruling.deliverSystemLine(text);
  promise(ruling, { kind: 'mail', dueAt: answerUntil, messageId, text, handoverId });
  ruling.announce({
    type: 'handover.followed-up',
    data: {
      ...about({ id: handoverId, category }),
      epoch: ruling.state.epoch,
      crisp_website_id: websiteId,
      crisp_session_id: sessionId,
      answer_until: new Date(answerUntil).toISOString(),
    },
  });
}

/** Whatever was asked for meanwhile, agents are not left with a conversation that nobody waits for. */
function closeBehind(ruling: Ruling, handoverId: string): void {
  const { websiteId } = ruling.policy;
  ruling.ignore('late-follow-up');
  if (websiteId !== null && ruling.state.followUp?.handoverId !== handoverId)
    ruling.desk({ kind: 'set-state', handoverId, websiteId, state: 'resolved' });
}

/** It could not be opened in time: he is told so, and may try again. */
export function onFollowUpFailed(ruling: Ruling, { handoverId, code }: FactOf<'follow-up-failed'>): void {
  const { followUp, declined } = ruling.state;
  if (followUp?.handoverId !== handoverId || followUp.step !== 'opening') return ruling.ignore('late-follow-up');
  ruling.change({ followUp: null });
  if (declined?.reason === null) {
    // An episode of its own ends here, until he taps again.
    const reason = code === 'effect.deadline' ? 'took-too-long' : 'crisp-unreachable';
    ruling.change({ declined: { ...declined, reason } });
    ruling.announce({ type: 'handover.declined', data: { ...about(declined), epoch: ruling.state.epoch, reason } });
  }
  ruling.deliverSystemLine(ruling.wording.say('followUpFailed'), false, waysOn(waysOnOf(ruling)));
}

/** He was asked for his address and said nothing for a while. */
export function onAddressAwaited(ruling: Ruling): void {
  if (ruling.state.followUp?.step !== 'opening') endAsking(ruling);
}

/** An agent wrote in the conversation for an answer by e-mail: where it gave him the floor, it is a handover like any other from now on. */
export function noteAnswer(ruling: Ruling, { sessionId }: Pick<FactOf<'agent-wrote'>, 'sessionId'>): void {
  const { followUp, handover } = ruling.state;
  if (followUp?.sessionId !== sessionId) return;
  if (handover?.sessionId === sessionId) ruling.change({ followUp: null });
  else changeFollowUp(ruling, { answerUntil: null });
}

/** The agents are done with it, or have taken it away. Where nobody answered, he is told that he need not wait for it. */
export function endFollowUp(ruling: Ruling, { sessionId, at }: { sessionId: string; at: number }): boolean {
  const { followUp } = ruling.state;
  if (followUp?.sessionId !== sessionId) return false;
  if (at <= followUp.beganAt) {
    ruling.ignore('older-state');
    return true;
  }
  ruling.change({ followUp: null });
  if (ruling.state.promises.some(({ kind }) => kind === 'mail')) {
    ruling.deliverSystemLine(ruling.wording.say(ruling.state.floor === 'bot' ? 'promiseBroken' : 'takesLonger'));
    endPromises(ruling, ['mail'], 'apologised');
  }
  return true;
}

/** The agents are done with a handover that had come to the conversation for an answer by e-mail: what he is told of its end is about both. */
export function endFollowUpWith(ruling: Ruling, { sessionId }: Pick<Handover, 'sessionId'>): void {
  if (sessionId === null || ruling.state.followUp?.sessionId !== sessionId) return;
  ruling.change({ followUp: null });
  endPromises(ruling, ['mail'], 'apologised');
}
