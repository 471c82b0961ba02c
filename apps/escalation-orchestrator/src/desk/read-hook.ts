import type { CrispFact } from '@baton/crisp';
import type { DeskEvent } from '../judge/desk-events.js';
import { commandOfNote } from './commands/read-note.js';
import type { DeskSign } from '../signs/desk-sign.js';

/** An event to judge, a sign to show, what Crisp mailed, the reason why it means nothing to us, or why it could not be understood. */
export type HookReading =
  | { readonly event: DeskEvent }
  | { readonly sign: DeskSign }
  /** By their fingerprints. */
  | { readonly mailed: readonly number[] }
  | { readonly ignored: string }
  | { readonly unreadable: string };

/** Who wrote it when Crisp does not say. */
const NAMELESS_AGENT = 'Agent';

/** What a fact of Crisp means for the conversation whose session it is. */
export function readHook(fact: CrispFact): HookReading {
  if (fact.kind === 'unreadable') return { unreadable: fact.reason };
  if (fact.kind === 'other' || fact.sessionId === undefined) return { ignored: 'other-event' };
  const of = { websiteId: fact.websiteId, sessionId: fact.sessionId };
  switch (fact.kind) {
    case 'agent-message': {
      if (!fact.body) return { ignored: 'nothing-to-show' };
      const { body, continuation, at, author } = fact;
      const agent = { name: author.name ?? NAMELESS_AGENT, ...(author.avatar ? { avatar: author.avatar } : {}) };
      return { event: { ...of, kind: 'agent-message', fingerprint: String(fact.fingerprint), at, agent, body, continuation } };
    }
    case 'visitor-message': {
      if (fact.ours) return { ignored: 'echo' };
      if (!fact.body) return { ignored: 'nothing-to-show' };
      const { body, continuation, at, origin } = fact;
      const via = origin === 'email' ? 'email' : 'crisp';
      return { event: { ...of, kind: 'visitor-message', fingerprint: String(fact.fingerprint), at, body, continuation, via } };
    }
    case 'operator-line': {
      const command = fact.because === 'note' ? commandOfNote(fact) : null;
      if (command) return { event: { ...of, kind: 'command', ...command } };
      return { ignored: fact.because === 'ours' ? 'echo' : fact.because };
    }
    case 'segments':
      return { event: { ...of, kind: 'segments', segments: fact.segments, at: fact.envelopeAt } };
    case 'edited':
      if (!fact.body) return { ignored: 'nothing-to-show' };
      return { event: { ...of, kind: 'edited', fingerprint: String(fact.fingerprint), at: fact.envelopeAt, body: fact.body } };
    case 'removed':
      return { event: { ...of, kind: 'removed', fingerprint: String(fact.fingerprint), at: fact.envelopeAt } };
    case 'state':
      return { event: { ...of, kind: 'state', state: fact.state, at: fact.envelopeAt } };
    case 'routing':
      return fact.operatorId === null ? { ignored: 'unassigned' } : { event: { ...of, kind: 'taken', at: fact.envelopeAt } };
    case 'opened':
      return { event: { ...of, kind: 'taken', at: fact.envelopeAt } };
    case 'rating':
      if (fact.stars < 1) return { ignored: 'rating-without-stars' };
      return { event: { ...of, kind: 'rated', stars: fact.stars, comment: fact.comment, at: fact.envelopeAt } };
    case 'session-removed':
      return { event: { ...of, kind: 'session-removed', at: fact.envelopeAt } };
    case 'typing': {
      if (fact.by === 'visitor') return { ignored: 'echo' };
      if (fact.automated) return { ignored: 'automated' };
      const { name, avatar } = fact.author;
      return { sign: { ...of, kind: 'typing', typing: fact.typing, agent: { ...(name ? { name } : {}), ...(avatar ? { avatar } : {}) } } };
    }
    case 'delivered':
      return fact.origin === 'email' ? { mailed: fact.fingerprints } : { ignored: 'delivered' };
    case 'read':
      if (fact.ours || fact.of === 'operator') return { ignored: 'echo' };
      return { sign: { ...of, kind: 'read', fingerprints: fact.fingerprints } };
  }
}
