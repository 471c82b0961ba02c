import type { DeskCommand } from '../facts.js';
import { giveBack } from '../give-back.js';
import { answerDue } from '../promises/answer-due.js';
import { promise } from '../promises/ledger.js';
import type { Ruling } from '../ruling.js';
import { hold } from '../waiting/hold.js';
import { comfort } from '../waiting/warn.js';
import { agentsTime } from './agents-time.js';
import { answerAt } from './answer.js';
import type { Place } from './answer.js';
import { helpText, Replies } from './replies.js';
import { whyText } from './why.js';

export interface Order {
  readonly place: Place;
  /** Null: nobody knows his name, as with a segment. */
  readonly by: string | null;
  /** ms, when Crisp heard of it. */
  readonly at: number;
  readonly command: DeskCommand;
}

/** An order that comes later than this is not carried out any more: much may have happened since (ms). */
const TOO_LATE = 30 * 60_000;
const MINUTE = 60_000;

/** Does what an agent wants done, where that still makes sense; every order has one answer. */
export function obey(ruling: Ruling, order: Order): void {
  answerAt(ruling, order.place, carryOut(ruling, order));
}

function carryOut(ruling: Ruling, order: Order): string {
  const { command } = order;
  switch (command.do) {
    case 'help':
      return helpText(command.unknown);
    case 'assistant':
      return Replies.noAssistant;
    case 'why':
      return whyText(ruling, order.place.sessionId);
    case 'give-back':
      return whyNot(ruling, order) ?? giveBackNow(ruling, order, command.block);
    case 'hold':
      return whyNot(ruling, order) ?? (command.forMs === 0 ? endHold(ruling) : holdNow(ruling, order, command.forMs));
  }
}

/** Crisp's clock orders: what was written before this handover was as it is in that session belongs to an earlier one. */
function whyNot({ state, now }: Ruling, { place, at }: Order): string | null {
  const { floor, handover } = state;
  if (floor === 'escalating') return Replies.notYet;
  if (!handover) return Replies.withBot;
  if (handover.sessionId !== place.sessionId) return Replies.elsewhere;
  return at <= handover.stateClock || now - at > TOO_LATE ? Replies.tooLate : null;
}

function giveBackNow(ruling: Ruling, { place, at }: Order, block: string | null): string {
  giveBack(ruling, { why: 'resolved', at, block });
  const { handoverId, websiteId } = place;
  ruling.desk({ kind: 'set-state', handoverId, websiteId, state: 'resolved' });
  return block === null ? Replies.givenBack : `${Replies.givenBack} It goes on with “${block}”.`;
}

function holdNow(ruling: Ruling, { by }: Order, forMs: number): string {
  const until = ruling.now + forMs;
  hold(ruling, until);
  const agent = ruling.state.handover?.agent?.name ?? by;
  const told = agent === null ? tellHeld(ruling) : `you need about ${tellReturn(ruling, agent, until)} minutes`;
  return `The visitor is not given back by himself until ${agentsTime(ruling, until)}. He was told that ${told}.`;
}

/** Nobody can be named: he is told, if he was not before, that he is not forgotten; the answer may come later than it was promised. */
function tellHeld(ruling: Ruling): string {
  const line = comfort(ruling);
  if (line) promise(ruling, { kind: 'answer', dueAt: answerDue(ruling), ...line });
  return 'he is not forgotten';
}

/** The visitor hears when to expect the agent, and may rely on it; returns the minutes he was told. */
function tellReturn(ruling: Ruling, agent: string, until: number): number {
  const minutes = Math.ceil((until - ruling.now) / MINUTE);
  const text = ruling.wording.say('onHold', { agent, minutes });
  const messageId = ruling.deliverSystemLine(text);
  promise(ruling, { kind: 'return', dueAt: until, messageId, text });
  return minutes;
}

function endHold(ruling: Ruling): string {
  if ((ruling.state.handover?.heldUntil ?? 0) <= ruling.now) return Replies.notHeld;
  hold(ruling, ruling.now);
  return Replies.holdEnded;
}
