import { derivedId } from '@baton/contracts';
import type { BotMessage, UserData } from '@baton/contracts';
import { countBotAnswer } from './bot-stretch.js';
import { withOpenTaps } from './coming-back/open-taps.js';
import { MAX_NOTES } from './conversation.js';
import { postNote, setContact } from './desk-work.js';
import { escalate } from './escalate.js';
import type { FactOf } from './facts.js';
import { beginForBot } from './follow-up/asking.js';
import { callInBotsPlace } from './kill-switch/in-the-bots-place.js';
import { learnUserData } from './learn-user-data.js';
import { watchBotLines, withoutPromises } from './promises/bot-promises.js';
import { askByFallbacks } from './rules/ask-by-rule.js';
import { isCircle, linesLeft, takeHandover } from './rules/loop-budget.js';
import type { Ruling } from './ruling.js';
import { endMute, mute } from './mute.js';

const LEFT_OUT = 'The assistant knew more about the visitor than can be passed on, so nothing of it stands here.';

/** Of the bot's reason so much is kept as the cause (characters). */
const MAX_DETAIL = 255;

type Answer = FactOf<'bot-answered'>;
type Rejection = 'not-your-floor' | 'stale-epoch' | 'unknown-turn' | 'already-answered' | 'muted' | 'budget' | 'kill-switch';

/** The bot answered, or spoke by itself: judged against turn and epoch first, then shown, then its flags take effect. */
export function onBotAnswered(ruling: Ruling, answer: Answer): void {
  const rejection = mayBotSpeak(ruling, answer);
  if (rejection !== null) return reject(ruling, answer, rejection);
  if (!ruling.policy.stopped) return obey(ruling, answer);
  const isSpeech = answer.messages.length > 0;
  if (isSpeech) reject(ruling, answer, 'kill-switch');
  // Of what may not be said only the call for a human counts; whoever waits for the words has one called.
  if (!isSpeech || answer.needHelp) obey(ruling, { ...answer, messages: [], muted: answer.needHelp ? true : null });
  else if (answer.turn !== null) callInBotsPlace(ruling);
}

function obey(ruling: Ruling, answer: Answer): void {
  if (asksInACircle(ruling, answer)) return refuseHandover(ruling, answer);
  if (answer.userData) learn(ruling, answer.userData);
  follow(ruling, answer);
  if (answer.needHelp && answer.note !== null) passNoteOn(ruling, answer.note);
  if (answer.userDataLeftOut) tellLeftOut(ruling);
}

function follow(ruling: Ruling, answer: Answer): void {
  const { floor, handover } = ruling.state;
  if (floor !== 'bot' && !ruling.state.botStays) return;

  if (answer.turn !== null) ruling.closeTurn(answer.turn);
  if (answer.muted === false && ruling.state.elsewhereSince === null) endMute(ruling, 'asked-by-bot');
  const shown = takeLines(ruling, answer, withoutPromises(ruling, answer));
  const lines = shown.map((message, index) => ({
    messageId: ruling.deliverBotLine(withOpenTaps(ruling, message), derivedId('bot-line', ruling.state.id, answer.answerId, index)),
    text: message.text,
  }));
  countBotAnswer(ruling, { lines: lines.length, fallback: answer.fallback ?? false });
  if (handover) return;
  if (answer.needHelp) {
    const isBegun = escalate(ruling, {
      requestedBy: answer.requestedBy,
      category: answer.category,
      reason: answer.reason,
      // Whom another has silenced may call for help, but not speak until it comes.
      botStays: answer.muted === false && ruling.state.elsewhereSince === null,
      isOfTurn: answer.turn !== null,
      cause: { by: answer.requestedBy, ...(answer.reason === null ? {} : { detail: answer.reason.slice(0, MAX_DETAIL) }) },
    });
    if (!isBegun) reject(ruling, answer, 'budget');
  } else if (answer.contactByEmail) {
    beginForBot(ruling, answer.category);
  } else if (answer.muted === true) {
    mute(ruling, ruling.now + ruling.policy.handover.botMuteSeconds * 1_000);
    ruling.tellBot({ type: 'bot.muted', data: { epoch: ruling.state.epoch, reason: 'asked-by-bot' } });
  } else if (answer.fallback) {
    askByFallbacks(ruling, answer.category);
  }
  watchBotLines(ruling, answer, lines);
}

function reject(ruling: Ruling, { answerId }: Pick<Answer, 'answerId'>, reason: Rejection): void {
  ruling.tellBot({ type: 'bot.answer-rejected', data: { epoch: ruling.state.epoch, answer_id: answerId, reason } });
}

/** The visitor has just been told that nobody comes, and said nothing since: to hear of a human again would be no answer to anything. */
function asksInACircle(ruling: Ruling, { needHelp }: Answer): boolean {
  return needHelp && ruling.state.floor === 'bot' && isCircle(ruling);
}

function refuseHandover(ruling: Ruling, answer: Answer): void {
  if (answer.turn !== null) ruling.closeTurn(answer.turn);
  takeHandover(ruling);
  reject(ruling, answer, 'budget');
}

/** Those of these lines that the bot may still say before the visitor does; of what is left out the bot is told. */
function takeLines(ruling: Ruling, answer: Answer, messages: readonly BotMessage[]): readonly BotMessage[] {
  const shown = messages.slice(0, linesLeft(ruling));
  if (shown.length < messages.length) {
    ruling.push({ do: 'alarm', name: 'bot-loop' });
    reject(ruling, answer, 'budget');
  }
  return shown;
}

/** What the bot would have the agents know stands beside the handover, never in the talk; where none is open any more, nobody reads it. */
function passNoteOn(ruling: Ruling, note: string): void {
  const { handover } = ruling.state;
  if (!handover) return ruling.ignore('note-without-handover');
  const count = handover.botNotes ?? 0;
  if (count >= MAX_NOTES) return ruling.ignore('too-many-notes');
  ruling.changeHandover({ botNotes: count + 1 });
  postNote(ruling, handover, note, { mustArrive: true });
}

/** More was told of the visitor than is kept: whoever works for him must not believe that this is all. */
function tellLeftOut(ruling: Ruling): void {
  ruling.ignore('user-data-left-out');
  const { handover } = ruling.state;
  if (handover) postNote(ruling, handover, LEFT_OUT, { mustArrive: true });
}

/** Null when the bot may speak, else why not. A bare request for help while a human is already asked for is no speech. */
export function mayBotSpeak(ruling: Ruling, answer: Answer): Rejection | null {
  const { floor, botStays, epoch, turn, openTurns, mutedUntil, elsewhereSince } = ruling.state;
  if (floor !== 'bot' && !botStays) {
    return answer.messages.length === 0 && (answer.needHelp || answer.userData !== null) ? null : 'not-your-floor';
  }
  const isOpen = answer.turn !== null && openTurns.includes(answer.turn);
  if (answer.epoch !== null && answer.epoch !== epoch && !botStays && !isOpen) return 'stale-epoch';
  if (answer.turn !== null) {
    if (answer.turn > turn) return 'unknown-turn';
    if (!isOpen) return 'already-answered';
  }
  if (mutedUntil !== null && !answer.needHelp && isSilenced(answer, elsewhereSince !== null)) return 'muted';
  return null;
}

/** The bot may end its own mute and speak at once, but not one that another brought about. */
function isSilenced({ messages, muted }: Answer, byAnother: boolean): boolean {
  return byAnother ? messages.length > 0 || muted === false : messages.length > 0 && muted !== false;
}

/** What the bot knows of its visitor reaches the inbox also when it learns it late. */
function learn(ruling: Ruling, news: UserData): void {
  ruling.change({ userData: learnUserData(ruling.state.userData, news) });
  setContact(ruling);
}
