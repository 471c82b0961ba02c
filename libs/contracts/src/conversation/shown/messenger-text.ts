import type { QuickReply } from '../message-body.js';
import { tapsOf } from './messenger-taps.js';
import type { QuickTap } from './messenger-taps.js';
import { plainText } from './plain-text.js';
import { splitText } from './split-text.js';

/** A text as Messenger shows it: one bubble, and below the last one the taps. */
export interface MessengerText {
  readonly text: string;
  readonly quickReplies?: readonly QuickTap[];
}

/**
 * A text of ours as Messenger can take it, in order; none when there is nothing but white space in it.
 * @param before said before the words, such as `Correction:`
 */
export function messengerTexts(
  { text, quickReplies = [] }: { readonly text: string; readonly quickReplies?: readonly QuickReply[] | undefined },
  before?: string,
): MessengerText[] {
  const { taps, listed } = tapsOf(quickReplies);
  // Taps need a text to stand under.
  const words = plainText(text).trim() || (taps.length > 0 ? '…' : '');
  const texts = splitText([before === undefined || words === '' ? words : `${before} ${words}`, listed.join('\n')].join('\n\n'));
  return texts.map((part, index) => ({ text: part, ...(taps.length > 0 && index === texts.length - 1 ? { quickReplies: taps } : {}) }));
}
