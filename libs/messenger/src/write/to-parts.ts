import { messengerTexts, PART_LIMIT, shorten } from '@baton/contracts';
import type { Author, MessageBody } from '@baton/contracts';
import { filePart } from './file-part.js';
import type { MessengerPart } from './part.js';

/** Meta's limit for the name of a persona, in characters. */
const MAX_NAME = 50;

export interface HowToSay {
  /** An agent's name stands before his words, because no persona shows it. */
  readonly sayName?: boolean;
  /** Said before the words, such as `Correction:`. */
  readonly before?: string;
}

/** A message as Messenger can take it, in order; none when there is nothing but white space in it. */
export function toMessengerParts(body: MessageBody, author: Author, how: HowToSay = {}): MessengerPart[] {
  const parts: MessengerPart[] = body.type === 'text' ? messengerTexts(body, how.before) : fileParts(body, author, how);
  const name = nameToSay(author, how);
  const [first, ...others] = parts;
  return name === undefined || first === undefined ? parts : [withName(first, name), ...others];
}

/** A part planned without the author's name, with it: for when Meta refuses his persona. There is always room for it. */
export function withName(part: MessengerPart, name: string): MessengerPart {
  const said = `${personaName(name)}: `;
  return 'text' in part ? { ...part, text: said + part.text } : { ...part, fallbackText: said + part.fallbackText };
}

/** A name as a persona may have it. */
export function personaName(name: string): string {
  return shorten(name.replaceAll(/\s+/gu, ' ').trim(), MAX_NAME);
}

/** Words that belong before a file are a part of their own: Meta takes a text or a file. */
function fileParts(body: Extract<MessageBody, { type: 'file' }>, author: Author, how: HowToSay): MessengerPart[] {
  const part = filePart(body);
  if ('text' in part) return linkParts(part.text, how);
  if (how.before === undefined && nameToSay(author, how) === undefined) return [part];
  return [{ text: [how.before, body.name].filter((words) => words !== undefined).join(' ') }, part];
}

/** An address is never cut. */
function linkParts(link: string, { before }: HowToSay): MessengerPart[] {
  if (before === undefined) return [{ text: link }];
  const joined = `${before} ${link}`;
  return joined.length <= PART_LIMIT ? [{ text: joined }] : [{ text: before }, { text: link }];
}

function nameToSay({ kind, name }: Author, { sayName }: HowToSay): string | undefined {
  return sayName === true && kind === 'agent' && name?.trim() ? name : undefined;
}
