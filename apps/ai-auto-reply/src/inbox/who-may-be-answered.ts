import { OUR_ORIGIN, OUR_PROPERTY } from '@baton/crisp';
import type { CrispMessage } from '@baton/crisp';

/** The name under which this service writes into Crisp. */
export const SERVICE = 'ai-auto-reply';
export const ORIGIN = OUR_ORIGIN(SERVICE);
/** The value of our property: what it is about, behind our name. */
export function markOf(id: string): string {
  return `${SERVICE}:${id}`;
}

/** What of a message decides about its writer; nicknames never do. */
export type Marks = Pick<CrispMessage, 'type' | 'from' | 'origin' | 'automated' | 'stealth' | 'properties'>;

/**
 * Who wrote a line, and what it is to the assistant. `question`: a visitor's text, the only thing that is ever answered. `attachment`: what
 * else a visitor sends. `human`: an agent's word to the visitor. `note`: an agent's private note. `machine`: a bot that is none of ours, or
 * something automated. `own`: our echo. `handover`: another service of ours writes here. `none`: nobody's word.
 */
export type Speaker = 'question' | 'attachment' | 'human' | 'note' | 'machine' | 'own' | 'handover' | 'none';

const ANY_BATON = /^urn:baton:/i;
const OUR_ORIGINS = new RegExp(`^urn:baton:${SERVICE}:\\d+$`);
/** Crisp's own bots speak under these origins, flagged as automated or not. */
const CRISP_BOT = /^urn:crisp\.im:bot:/i;

/** Any doubt makes a line one that is not answered. */
export function speakerOf(message: Marks): Speaker {
  const baton = batonOf(message);
  if (baton !== 'none') return baton;
  if (message.type === 'event') return 'none';
  if (message.from === 'user') {
    if (message.automated === true || CRISP_BOT.test(message.origin)) return 'machine';
    if (message.stealth === true || message.type === 'note') return 'none';
    return message.type === 'text' ? 'question' : 'attachment';
  }
  if (message.from !== 'operator') return 'none';
  if (message.automated === true || CRISP_BOT.test(message.origin)) return message.type === 'note' ? 'none' : 'machine';
  if (message.type === 'note') return 'note';
  return message.stealth === true ? 'none' : 'human';
}

/** Which service of ours wrote it; both marks must be this service's, else it is another's. */
function batonOf({ origin, properties }: Marks): 'own' | 'handover' | 'none' {
  const mark = properties?.[OUR_PROPERTY];
  const byOrigin = ANY_BATON.test(origin);
  if (!byOrigin && mark === undefined) return 'none';
  const ownOrigin = !byOrigin || OUR_ORIGINS.test(origin);
  const ownMark = mark === undefined || String(mark).startsWith(`${SERVICE}:`);
  return ownOrigin && ownMark ? 'own' : 'handover';
}
