import { MAX_TAP_TITLE, MAX_TAPS, messengerTexts, plainText, readRichText, tapsOf } from '@baton/contracts';
import type { Block, Inline, QuickReply } from '@baton/contracts';

/** A message as it is previewed. */
export interface PreviewedMessage {
  readonly text: string;
  readonly quickReplies: readonly QuickReply[];
}

/** What a channel does not show as it was written. */
export interface Limit {
  readonly channel: 'every channel' | 'Messenger';
  readonly says: string;
}

/**
 * Everything that a limit of a channel changes about a message.
 * @param leftOut titles of replies that found no room
 */
export function limitsOf({ text, quickReplies }: PreviewedMessage, leftOut: readonly string[] = []): Limit[] {
  const told: Limit[] = [];
  const every = (says: string) => told.push({ channel: 'every channel', says });
  const inMessenger = (says: string) => told.push({ channel: 'Messenger', says });
  if (leftOut.length > 0)
    every(`At most ${MAX_TAPS} quick replies are shown; ${listed(leftOut)} ${leftOut.length === 1 ? 'is' : 'are'} left out.`);
  const twice = quickReplies.filter(({ payload }, nth) => quickReplies.findIndex((other) => other.payload === payload) < nth);
  for (const { title, payload } of twice)
    every(`Another quick reply has the payload "${payload}", too: your bot cannot tell which was tapped ("${title}").`);
  const parts = messengerTexts({ text, quickReplies });
  if (parts.length > 1) inMessenger(`A message has at most 2,000 characters there: this one comes as ${parts.length}.`);
  const { taps, listed: numbered } = tapsOf(quickReplies);
  if (numbered.length > 0) inMessenger('Replies that would read the same are numbered, and listed in the text.');
  else {
    for (const [nth, { title }] of quickReplies.entries()) {
      const shown = taps[nth]?.title;
      if (shown !== undefined && shown !== title)
        inMessenger(`"${title}" has more than ${MAX_TAP_TITLE} characters and is cut to "${shown}".`);
    }
  }
  if (plainText(text) !== text) inMessenger('Bold becomes plain, and a link becomes its words and its address.');
  if (marksLeft(readRichText(plainText(text)))) inMessenger('Signs of formatting, such as * and `, are shown as they are.');
  return told;
}

const listed = (titles: readonly string[]): string => titles.map((title) => `"${title}"`).join(', ');

function marksLeft(blocks: readonly Block[]): boolean {
  return blocks.some((block) => block.is === 'code' || (block.is === 'paragraph' ? block.inside : block.items.flat()).some(isMarked));
}

function isMarked(inline: Inline): boolean {
  return inline.is === 'code' || inline.is === 'italic' || (inline.is !== 'text' && inline.inside.some(isMarked));
}
