import { BACK_TO_BOT } from '@baton/contracts';
import { countVisitorWord } from './bot-stretch.js';
import { wordOf } from './conversation.js';
import type { HeldWord } from './conversation.js';
import { postWords, setContact } from './desk-work.js';
import { takeReopening } from './coming-back/take-reopening.js';
import { takeFollowUp } from './follow-up/take-follow-up.js';
import type { FactOf } from './facts.js';
import { giveBack } from './give-back.js';
import { takeInBotsPlace } from './kill-switch/in-the-bots-place.js';
import { learnUserData } from './learn-user-data.js';
import { endMute } from './mute.js';
import { awaitBotSilence } from './ratings/bot-silence.js';
import { takeRating } from './ratings/take-rating.js';
import { askByWords } from './rules/ask-by-rule.js';
import { giveTurnBesides, giveTurnInTime, noteVisitorWrote } from './rules/loop-budget.js';
import type { Ruling } from './ruling.js';
import { startSilenceTimer } from './start-timers.js';
import { takeLeaving } from './waiting/take-leaving.js';

/** Words that are meant for Baton itself, and taps on what it asked. Each takes what is its own; the first one wins. */
const MEANT_FOR_BATON: readonly ((ruling: Ruling, word: HeldWord) => boolean)[] = [takeRating, takeReopening, takeLeaving, takeFollowUp];

/** The visitor wrote in his channel: to whoever has the floor. */
export function onVisitorWrote(ruling: Ruling, fact: FactOf<'visitor-wrote'>): void {
  if (fact.locale) ruling.change({ locale: fact.locale });
  ruling.record({ messageId: fact.messageId, author: { kind: 'visitor' }, body: fact.body, at: fact.at });
  if (fact.cameBy !== undefined) {
    ruling.change({ userData: learnUserData(ruling.state.userData, { came_by: fact.cameBy }) });
    setContact(ruling);
  }
  const word = wordOf(fact);
  countVisitorWord(ruling);
  noteVisitorWrote(ruling);
  if (MEANT_FOR_BATON.some((take) => take(ruling, word))) return;
  if (word.payload === BACK_TO_BOT && ruling.state.floor !== 'bot') return giveBack(ruling, { why: 'cancelled', by: 'visitor' });
  if (word.payload === BACK_TO_BOT && ruling.state.mutedUntil !== null) {
    ruling.deliverSystemLine(ruling.wording.say('cancelled'));
    return endMute(ruling, 'cancelled');
  }
  if (!askByWords(ruling, word)) toWhoeverHasTheFloor(ruling, word);
}

/** Nobody else has heard this word. */
export function toWhoeverHasTheFloor(ruling: Ruling, word: HeldWord): void {
  const { floor, handover, botStays } = ruling.state;
  if (floor === 'bot' && ruling.policy.stopped) return takeInBotsPlace(ruling, word);
  if (floor === 'bot') {
    if (ruling.state.mutedUntil !== null) ruling.hold(word);
    else giveTurnInTime(ruling, word);
    awaitBotSilence(ruling);
    return;
  }
  if (handover?.step !== 'asking') postWords(ruling, word);
  const isHeard = botStays && giveTurnBesides(ruling, word);
  if (floor === 'escalating') ruling.hold(isHeard ? { ...word, heard: true } : word);
  if (floor === 'agent') startSilenceTimer(ruling);
}

/** The visitor answered on Crisp's side, for instance by e-mail: his own channel shows it too; the desk has it already. */
export function onVisitorWroteAtDesk(ruling: Ruling, fact: FactOf<'visitor-wrote-at-desk'>): void {
  ruling.deliver(
    {
      messageId: fact.messageId,
      author: { kind: 'visitor' },
      body: fact.body,
      at: fact.at,
      via: fact.via,
      crisp: { sessionId: fact.sessionId, fingerprint: fact.fingerprint },
    },
    false,
  );
  if (ruling.state.floor === 'agent' && ruling.state.handover?.sessionId === fact.sessionId) startSilenceTimer(ruling);
}
