import { answerDue } from '../promises/answer-due.js';
import { promise } from '../promises/ledger.js';
import type { Ruling } from '../ruling.js';
import { startSilenceTimer, startWaitingTimers } from '../start-timers.js';
import { isWithinWindow, reopened, takeUp } from './reopen.js';

/** A word of the visitor is in Crisp within so long, as a rule (ms). One that comes behind the end opens the conversation there by itself. */
const WORD_ON_ITS_WAY = 10_000;

/**
 * Somebody in the inbox opened again what was resolved a moment ago (`at`: by Crisp's clock, ms): who had the visitor has him again, and owes
 * him a word. Later it means nothing until an agent writes.
 */
export function reopenByAgent(ruling: Ruling, at: number): void {
  const { floor, lastHandover: last } = ruling.state;
  if (floor !== 'bot' || !last?.sessionId || !isWithinWindow(ruling, last, at)) return ruling.ignore('opened-again-later');
  if (last.lastWordAt !== undefined && ruling.now - last.lastWordAt <= WORD_ON_ITS_WAY) return ruling.ignore('opened-by-his-word');
  const { agent = null } = last;
  takeUp(ruling, { ...reopened(ruling, last, 'agent', at), takenAt: ruling.now, agent }, agent ? 'agent' : 'waiting');
  if (agent) {
    ruling.deliverSystemLine(ruling.wording.say('joined', { agent: agent.name }));
    startSilenceTimer(ruling);
  } else {
    const text = ruling.wording.say('reopened');
    const messageId = ruling.deliverSystemLine(text);
    startWaitingTimers(ruling);
    promise(ruling, { kind: 'answer', dueAt: answerDue(ruling), messageId, text });
  }
}
