import type { Author, MessageBody } from '@baton/contracts';
import { toMessengerParts, withName } from '@baton/messenger';
import type { HowToSay, MessengerPart } from '@baton/messenger';

/** A part as it is planned, before it is known whether a persona will show who speaks. */
export type PlannedPart = MessengerPart & {
  /** It only says who sends the file behind it: left out where a persona shows it. */
  readonly onlyForName?: true;
};

/** A message as Messenger can take it. An agent's file, which has no place for his name, gets words before it that have. */
export function plannedParts(body: MessageBody, author: Author, how: HowToSay = {}): PlannedPart[] {
  const parts = toMessengerParts(body, author, how);
  const isNameless = body.type === 'file' && parts[0] !== undefined && 'attachment' in parts[0];
  return isNameless && isNamed(author) ? [{ text: body.name, onlyForName: true }, ...parts] : parts;
}

/**
 * A part that no persona goes with, as it is said. The first one of an agent says his name; a file whose words before it were left out, because
 * there was a persona then, goes as its address.
 */
export function saidWithoutPersona(part: MessengerPart, author: Author, isFirst: boolean): MessengerPart {
  if (!isFirst || !isNamed(author)) return part;
  const named = withName(part, author.name);
  return 'text' in named ? named : { text: named.fallbackText };
}

function isNamed(author: Author): author is Author & { readonly kind: 'agent'; readonly name: string } {
  return author.kind === 'agent' && author.name !== undefined && author.name.trim() !== '';
}
