import { addOpenTime } from '@baton/contracts';
import { announceRequest, openHandover } from '../handover.js';
import { learnUserData } from '../learn-user-data.js';
import { whoAnswers } from '../promising/who-answers.js';
import type { Ruling } from '../ruling.js';
import { changeFollowUp } from './asking.js';

const HOUR = 3_600_000;

/** The address is right: the conversation is opened in the inbox, and nothing is promised before it is there. */
export function openFollowUp(ruling: Ruling, email: string): void {
  const { followUp, declined } = ruling.state;
  if (!followUp) return;
  ruling.clearTimers('follow-up-address');
  ruling.change({ userData: learnUserData(ruling.state.userData, { email }) });
  if (declined?.id !== followUp.handoverId) beginEpisode(ruling, followUp.category);
  const { handover } = ruling.policy;
  const within = handover.followUp.answerWithinHours * HOUR;
  const answerUntil = addOpenTime(handover.hours, ruling.now, within) ?? ruling.now + within;
  changeFollowUp(ruling, { step: 'opening', email, answerUntil });
  const { inboxId } = whoAnswers(handover, followUp.category);
  const fingerprint = ruling.nextFingerprint();
  // One each for the first message, his last words and the note.
  ruling.nextFingerprint();
  ruling.nextFingerprint();
  ruling.desk({
    kind: 'open-follow-up',
    handoverId: followUp.handoverId,
    websiteId: followUp.websiteId,
    category: followUp.category,
    ...(inboxId === undefined ? {} : { inboxId }),
    email,
    userData: ruling.state.userData,
    locale: ruling.state.locale,
    because: ruling.state.declined?.reason ?? null,
    askedAt: followUp.beganAt,
    answerUntil,
    fingerprint,
  });
}

/** Nobody was asked for before: what is being opened is an episode of its own. */
function beginEpisode(ruling: Ruling, category: string | null): void {
  const open = openHandover(ruling, {
    requestedBy: 'visitor',
    cause: { by: 'visitor' },
    category,
    reason: null,
    step: 'done',
    sessionId: null,
    stateClock: 0,
  });
  announceRequest(ruling, open);
  ruling.change({ declined: { id: open.id, number: open.number, category, reason: null } });
}
