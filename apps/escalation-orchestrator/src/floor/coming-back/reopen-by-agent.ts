import { answerDue } from '../promises/answer-due.js';
import { promise } from '../promises/ledger.js';
import type { Ruling } from '../ruling.js';
import { startSilenceTimer, startWaitingTimers } from '../start-timers.js';
import { isWithinWindow, reopened, takeUp } from './reopen.js';

/**
 * Somebody in the inbox opened again what was resolved a moment ago (`at`: by Crisp's clock, ms): who had the visitor has him again, and owes
 * him a word. Later it means nothing until an agent writes.
 */
export function reopenByAgent(ruling: Ruling, at: number): void {
  const { floor, lastHandover: last } = ruling.state;
  if (floor !== 'bot' || !last?.sessionId || !isWithinWindow(ruling, last, at)) return ruling.ignore('opened-again-later');
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
