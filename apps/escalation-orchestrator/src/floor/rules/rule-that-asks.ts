import type { Cause } from '@baton/contracts';
import { fold, foldedText, frustrationIn, humanWanted, wordsOf } from '@baton/language';
import type { Conversation } from '../conversation.js';
import type { FloorPolicy } from '../policy.js';

/** What a rule may hear: the visitor's own words, or that the bot once more had no answer. */
export type Heard = { readonly text: string } | 'fallback';

/** After nobody came for a cause, the same cause asks for nobody for so long: the bot answers instead (ms). */
export const RULE_COOL_DOWN = 5 * 60_000;
/** Questions of one talk that are remembered, to notice one that is asked again. */
const MAX_ASKED = 10;
const ASKED_LENGTH = 200;
/** A question that is shorter says too little to be the same. */
const MIN_ASKED_WORDS = 3;
/** So often asked, it was not answered. */
const ASKED_IN_VAIN = 3;

/**
 * Which of the bot's rules asks for a human now, and why; null when none does. Only while the bot has the floor and may speak, while
 * nothing else is being asked of the visitor, and not again for what nobody came for a moment ago.
 * @param now ms
 */
export function ruleThatAsks(policy: FloorPolicy, state: Conversation, heard: Heard, now: number): Cause | null {
  if (!policy.handover.enabled || policy.websiteId === null) return null;
  if (state.floor !== 'bot' || state.mutedUntil !== null || isAskedForAddress(state)) return null;
  const cause = heard === 'fallback' ? causeOfFallbacks(policy, state) : causeOfWords(policy, state, heard.text);
  if (cause === null) return null;
  const { nobodyCame } = state;
  return nobodyCame?.by === cause.by && now - nobodyCame.at < RULE_COOL_DOWN ? null : cause;
}

function isAskedForAddress({ followUp }: Conversation): boolean {
  return followUp?.step === 'address' || followUp?.step === 'confirm';
}

function causeOfFallbacks({ handover: { rules } }: FloorPolicy, { botStretch: { fallbacks } }: Conversation): Cause | null {
  return rules.fallbacksInARow > 0 && fallbacks >= rules.fallbacksInARow ? { by: 'fallbacks', detail: String(fallbacks) } : null;
}

function causeOfWords({ handover: { rules } }: FloorPolicy, { botStretch }: Conversation, text: string): Cause | null {
  const said = ` ${foldedText(text)} `;
  const word = rules.words.find((one) => foldedText(one) !== '' && said.includes(` ${foldedText(one)} `));
  if (word !== undefined) return { by: 'words', detail: word };
  if (rules.asksForHuman && humanWanted(text)) return { by: 'asks-for-human' };
  if (!rules.frustration) return null;
  const sign = frustrationIn(text) ?? (isAskedInVain(botStretch.asked, text) ? 'asked-again' : null);
  return sign === null ? null : { by: 'frustration', detail: sign };
}

function isAskedInVain(asked: readonly string[] = [], text: string): boolean {
  const question = questionOf(text);
  return question !== null && asked.filter((one) => one === question).length >= ASKED_IN_VAIN - 1;
}

/** What was asked in this talk, with this; bounded. */
export function withAsked(asked: readonly string[] = [], text: string): readonly string[] {
  const question = questionOf(text);
  return question === null ? asked : [...asked, question].slice(-MAX_ASKED);
}

/** The same however it is typed; null where it says too little. */
function questionOf(text: string): string | null {
  const words = wordsOf(text);
  return words.length < MIN_ASKED_WORDS ? null : words.map(fold).join(' ').slice(0, ASKED_LENGTH);
}
