import { noteCommandOf } from '@baton/crisp';
import type { CrispFact } from '@baton/crisp';
import type { DeskEvent } from '../../judge/desk-events.js';

type OperatorLine = Extract<CrispFact, { kind: 'operator-line' }>;

/** Tokens write under an origin of their own; people under the channel they use. */
const TOKEN = /^urn:/i;

/**
 * What a private note tells us to do, if anything: one that a person wrote and nobody changed since. Who it was, Crisp names by the
 * operator's id; a token cannot name one. The time is that of Crisp's own clock.
 */
export function commandOfNote(
  note: OperatorLine,
): Omit<Extract<DeskEvent, { kind: 'command' }>, 'websiteId' | 'sessionId' | 'kind'> | null {
  if (note.automated || note.edited || TOKEN.test(note.origin) || note.body?.type !== 'text') return null;
  const command = noteCommandOf(note.body.text);
  if (command === undefined) return null;
  const { author, envelopeAt, fingerprint } = note;
  return { fingerprint: String(fingerprint), at: envelopeAt, operatorId: author.id ?? null, by: author.name ?? null, command };
}
