import { STILL_NEED_HELP } from '@baton/contracts';
import { foldedText } from '@baton/language';
import type { HeldWord } from '../conversation.js';
import { postNote, postWords } from '../desk-work.js';
import { escalate } from '../escalate.js';
import { answerDue } from '../promises/answer-due.js';
import { promise } from '../promises/ledger.js';
import { mayPromise } from '../promising/may-promise.js';
import type { Ruling } from '../ruling.js';
import { startWaitingTimers } from '../start-timers.js';
import { isReopenable } from './open-taps.js';
import { reopened, takeUp } from './reopen.js';

const NOTE = 'The visitor still needs help.';

/** The tap on "I still need help" after a human resolved the conversation, or the same words in time: a human has it again. Later, or when nobody may be promised any more, it is a new request. */
export function takeReopening(ruling: Ruling, word: HeldWord): boolean {
  const { floor, lastHandover: last } = ruling.state;
  if (floor !== 'bot' || !last || !isWish(ruling, word)) return false;
  if (isReopenable(ruling) && last.websiteId === ruling.policy.websiteId && mayPromise(ruling.policy, ruling.now).is !== 'no')
    reopenByVisitor(ruling, word);
  else {
    escalate(ruling, { requestedBy: 'visitor', category: last.category ?? null, reason: null, botStays: false, cause: { by: 'visitor' } });
  }
  return true;
}

function isWish(ruling: Ruling, { payload, text, file }: HeldWord): boolean {
  if (payload !== undefined) return payload === STILL_NEED_HELP;
  return !file && isReopenable(ruling) && foldedText(text) === foldedText(ruling.wording.say('stillNeedHelp'));
}

/** The agents have the conversation still: nobody is asked whether somebody is there, and the wait begins. */
function reopenByVisitor(ruling: Ruling, word: HeldWord): void {
  const last = ruling.state.lastHandover!;
  takeUp(ruling, reopened(ruling, last, 'visitor', Math.max(last.stateClock, last.endedAt)), 'waiting');
  const open = ruling.state.handover!;
  ruling.desk({ kind: 'set-state', handoverId: open.id, websiteId: open.websiteId, state: 'unresolved' });
  postWords(ruling, word);
  postNote(ruling, open, NOTE, { mustArrive: true });
  const text = ruling.wording.say('reopened');
  const messageId = ruling.deliverSystemLine(text);
  startWaitingTimers(ruling);
  promise(ruling, { kind: 'answer', dueAt: answerDue(ruling), messageId, text });
}
