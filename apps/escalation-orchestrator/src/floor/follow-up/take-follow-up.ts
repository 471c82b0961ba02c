import { CONTACT_BY_EMAIL, CONTINUE_WITH_BOT, mayFollowUp, OTHER_ADDRESS, USE_ADDRESS } from '@baton/contracts';
import { accepts, humanWanted, refuses, wordsOf } from '@baton/language';
import type { FollowUp, HeldWord } from '../conversation.js';
import type { Ruling } from '../ruling.js';
import { saysHeLeaves } from '../waiting/take-leaving.js';
import { addressIn } from './address.js';
import { askAddress, beginFollowUp, endAsking, sayItIsWrong, showAddress } from './asking.js';
import { endOffer } from './offer.js';
import { openFollowUp } from './open-follow-up.js';

/** Asked so often without an address, he is left in peace. */
const ASKED_AT_MOST = 4;
/** More words than these, without an address, are no try at one. */
const WORDS_OF_A_TRY = 6;

/** His wish for an answer by e-mail, and the address he is asked for. What is neither is the bot's, at once: nobody is held in a form. */
export function takeFollowUp(ruling: Ruling, word: HeldWord): boolean {
  endOffer(ruling);
  if (ruling.state.floor !== 'bot') return false;
  const { followUp } = ruling.state;
  const isAsked = followUp?.step === 'address' || followUp?.step === 'confirm';
  if (word.payload === CONTINUE_WITH_BOT) {
    stayWithBot(ruling);
    return true;
  }
  // A tap on an address that is not asked for any more is the wish of one who came back late.
  const isLate = !isAsked && (word.payload === USE_ADDRESS || word.payload === OTHER_ADDRESS);
  if ((word.payload === CONTACT_BY_EMAIL || isLate) && mayFollowUp(ruling.policy.handover, ruling.policy.websiteId !== null)) {
    beginFollowUp(ruling);
    return true;
  }
  if (!isAsked) return false;
  return hear(ruling, followUp, word);
}

function hear(ruling: Ruling, followUp: FollowUp, word: HeldWord): boolean {
  const address = word.file ? null : addressIn(word.text);
  if (followUp.step === 'confirm' && followUp.email !== null && (word.payload === USE_ADDRESS || agrees(word, address, followUp.email)))
    openFollowUp(ruling, followUp.email);
  else if (word.payload === OTHER_ADDRESS) askAddress(ruling);
  else if (word.payload !== undefined || word.file) return letGo(ruling);
  else if (address !== null) showAddress(ruling, address);
  else if (saysHeLeaves(ruling, word.text) || (followUp.step === 'address' && refuses(word.text))) stayWithBot(ruling);
  else if (isTalk(word.text) || humanWanted(word.text)) return letGo(ruling);
  else return tryAgain(ruling, followUp);
  return true;
}

/** A yes to the address he was shown, or the same address once more. */
function agrees({ text, payload, file }: HeldWord, address: string | null, shown: string): boolean {
  return payload === undefined && !file && (address === null ? accepts(text) : address.toLowerCase() === shown.toLowerCase());
}

/** No address, and no talk either: once more, but not for ever. */
function tryAgain(ruling: Ruling, { step, asked }: FollowUp): boolean {
  if (asked >= ASKED_AT_MOST) return letGo(ruling);
  if (step === 'confirm') askAddress(ruling);
  else sayItIsWrong(ruling);
  return true;
}

/** He is asked no more, and told who hears him; while the bot is silent that would not be so. */
function stayWithBot(ruling: Ruling): void {
  if (ruling.state.followUp?.step !== 'opening') endAsking(ruling);
  if (ruling.state.mutedUntil === null) ruling.deliverSystemLine(ruling.wording.say('cancelled'));
}

/** What he said is the bot's again. */
function letGo(ruling: Ruling): boolean {
  endAsking(ruling);
  return false;
}

/** Clearly a question, or a story: he has gone on to something else. */
function isTalk(text: string): boolean {
  if (text.includes('@')) return false;
  return /[?？؟]\s*$/.test(text) || wordsOf(text).length > WORDS_OF_A_TRY;
}
