import { derivedId } from '@baton/contracts';
import type { MessageBody } from '@baton/contracts';
import type { Conversation } from '../floor/conversation.js';
import type { DeskCommand, Fact } from '../floor/facts.js';
import { isOfBefore } from '../privacy/erased-conversation.js';

interface InSession {
  readonly websiteId: string;
  readonly sessionId: string;
}

/** What happened in a Crisp session, whether a web hook told it or a reading of the session. Times in ms, by Crisp's clock. */
export type DeskEvent = InSession &
  (
    | {
        readonly kind: 'agent-message';
        readonly fingerprint: string;
        readonly at: number;
        readonly agent: { readonly name: string; readonly avatar?: string | undefined };
        readonly body: MessageBody;
        /** The rest of a text that is longer than one body takes. */
        readonly continuation: readonly MessageBody[];
      }
    | {
        readonly kind: 'visitor-message';
        readonly fingerprint: string;
        readonly at: number;
        readonly body: MessageBody;
        readonly continuation: readonly MessageBody[];
        readonly via: string;
      }
    | { readonly kind: 'edited'; readonly fingerprint: string; readonly at: number; readonly body: MessageBody }
    | { readonly kind: 'removed'; readonly fingerprint: string; readonly at: number }
    | { readonly kind: 'state'; readonly state: 'pending' | 'unresolved' | 'resolved'; readonly at: number }
    | { readonly kind: 'taken'; readonly at: number }
    | { readonly kind: 'session-removed'; readonly at: number }
    /** The visitor answered Crisp's own question: 1 to 5. */
    | { readonly kind: 'rated'; readonly stars: number; readonly comment: string | null; readonly at: number }
    /** A private note that tells us what to do. */
    | {
        readonly kind: 'command';
        readonly fingerprint: string;
        readonly at: number;
        /** Null where Crisp does not say who wrote it. */
        readonly operatorId: string | null;
        readonly by: string | null;
        readonly command: DeskCommand;
      }
    /** All of them, as they are now. */
    | { readonly kind: 'segments'; readonly segments: readonly string[]; readonly at: number }
  );

/** What is known of one message in Crisp. */
export interface KnownMessage {
  /** We wrote it. */
  readonly ours: boolean;
  /** The line it became, or of ours the visitor's line it carries; null while only an edit or a removal of it is known, and for the rest of ours. */
  readonly messageId: string | null;
  /** The content that came before the message did. */
  readonly pending: MessageBody | null;
  /** When its content was last changed, ms by Crisp's clock; 0 when never. */
  readonly contentAt: number;
  readonly removed: boolean;
}

/** The state that we ourselves set last in a session, and when it may have been (ms). */
export interface StateSetByUs {
  readonly state: string;
  readonly from: number;
  readonly until: number;
}

export type DeskFinding =
  | { readonly facts: readonly Fact[]; readonly known?: KnownMessage }
  /** Nothing to judge; `known` is to be remembered where given. */
  | { readonly ignored: string; readonly known?: KnownMessage };

/** Of what a visitor adds to his rating so much is kept (characters). */
const LONGEST_COMMENT = 1_000;

/** Crisp's clock and ours may differ by so much, and a hook may be late (ms). */
const STATE_SLACK = 10_000;

/**
 * The name of an event, the same whoever tells it: messages by their fingerprint, edits and states also by their time.
 */
export function deskEventId(event: DeskEvent): string {
  const { websiteId, sessionId, kind } = event;
  switch (kind) {
    case 'agent-message':
    case 'visitor-message':
    case 'removed':
      return derivedId('crisp', websiteId, sessionId, kind === 'removed' ? kind : 'message', event.fingerprint);
    case 'edited':
      return derivedId('crisp', websiteId, sessionId, kind, event.fingerprint, event.at);
    case 'command':
      return derivedId('crisp', websiteId, sessionId, kind, event.fingerprint);
    case 'state':
      return derivedId('crisp', websiteId, sessionId, kind, event.state, event.at);
    case 'segments':
      return derivedId('crisp', websiteId, sessionId, kind, event.at, ...event.segments);
    case 'taken':
    case 'rated':
    case 'session-removed':
      return derivedId('crisp', websiteId, sessionId, kind, event.at);
  }
}

/** The id under which the visitor knows a message that was written in Crisp. */
export function lineIdOf(message: { websiteId: string; sessionId: string; fingerprint: string }): string {
  return derivedId('crisp-line', message.websiteId, message.sessionId, message.fingerprint);
}

/** What was said before a conversation was erased never comes back. */
export function factsThatCount(conversation: Pick<Conversation, 'erasedAt'>, facts: readonly Fact[]): readonly Fact[] {
  return facts.filter((fact) => !isOfBefore(conversation, 'at' in fact ? fact.at : undefined));
}

/**
 * Holds what happened in Crisp against what is known of that message: our own echo is told from a person's words, an edit
 * that came before its message is kept for it, and of two edits the later one wins whatever their order of arrival.
 */
export function findFact(event: DeskEvent, known: KnownMessage | undefined, setByUs: StateSetByUs | undefined): DeskFinding {
  const id = deskEventId(event);
  switch (event.kind) {
    case 'agent-message':
    case 'visitor-message':
      return messageFinding(id, event, known);
    case 'edited':
      return editFinding(id, event, known);
    case 'removed':
      return removalFinding(id, event, known);
    case 'state':
      if (setByUs?.state === event.state && event.at >= setByUs.from - STATE_SLACK && event.at <= setByUs.until + STATE_SLACK)
        return { ignored: 'state-set-by-us' };
      return { facts: [{ id, kind: 'desk-state', sessionId: event.sessionId, state: event.state, at: event.at }] };
    case 'taken':
      return { facts: [{ id, kind: 'desk-taken', sessionId: event.sessionId }] };
    case 'rated': {
      const { sessionId, stars, comment, at } = event;
      return { facts: [{ id, kind: 'rated-at-desk', sessionId, stars, comment: comment?.slice(0, LONGEST_COMMENT) ?? null, at }] };
    }
    case 'session-removed':
      return { facts: [{ id, kind: 'desk-removed', sessionId: event.sessionId, at: event.at }] };
    case 'command': {
      if (known?.removed) return { ignored: 'command-taken-back' };
      const { sessionId, websiteId, at, operatorId, by, command } = event;
      return { facts: [{ id, kind: 'agent-commanded', sessionId, websiteId, at, operatorId, by, writer: 'unchecked', command }] };
    }
    case 'segments': {
      const { sessionId, websiteId, segments, at } = event;
      return { facts: [{ id, kind: 'segments-set', sessionId, websiteId, segments, at }] };
    }
  }
}

type MessageEvent = Extract<DeskEvent, { kind: 'agent-message' | 'visitor-message' }>;
type EditEvent = Extract<DeskEvent, { kind: 'edited' }>;
type RemovalEvent = Extract<DeskEvent, { kind: 'removed' }>;

const STRANGER: KnownMessage = { ours: false, messageId: null, pending: null, contentAt: 0, removed: false };

function messageFinding(id: string, event: MessageEvent, known: KnownMessage = STRANGER): DeskFinding {
  if (known.ours) return { ignored: 'echo' };
  if (known.messageId) return { ignored: 'repeated-message' };
  const { sessionId, websiteId, fingerprint, at } = event;
  const messageId = lineIdOf(event);
  const body = known.pending ?? event.body;
  const remembered = { ...known, messageId, pending: null };
  if (known.removed && event.kind === 'visitor-message') return { ignored: 'removed-before-shown', known: remembered };
  const first: Fact =
    event.kind === 'agent-message'
      ? { id, kind: 'agent-wrote', sessionId, websiteId, messageId, fingerprint, at, agent: event.agent, body, removed: known.removed }
      : { id, kind: 'visitor-wrote-at-desk', sessionId, messageId, fingerprint, at, body, via: event.via };
  if (known.removed || known.pending || event.continuation.length === 0) return { facts: [first], known: remembered };
  const rest = event.continuation.map((part, index): Fact => ({
    ...first,
    id: derivedId(id, index + 1),
    messageId: derivedId(messageId, index + 1),
    body: part,
  }));
  return { facts: [first, ...rest], known: remembered };
}

function editFinding(id: string, event: EditEvent, known: KnownMessage = STRANGER): DeskFinding {
  if (known.ours) return { ignored: 'edit-of-ours' };
  if (known.removed || event.at <= known.contentAt) return { ignored: 'older-edit' };
  const { at, body } = event;
  if (!known.messageId) return { ignored: 'edit-before-message', known: { ...known, pending: body, contentAt: at } };
  return { facts: [{ id, kind: 'agent-edited', messageId: known.messageId, body }], known: { ...known, contentAt: at } };
}

function removalFinding(id: string, event: RemovalEvent, known: KnownMessage = STRANGER): DeskFinding {
  if (known.ours) return { ignored: 'removal-of-ours' };
  if (known.removed) return { ignored: 'repeated-removal' };
  const removed = { ...known, pending: null, contentAt: event.at, removed: true };
  if (!known.messageId) return { ignored: 'removal-before-message', known: removed };
  return { facts: [{ id, kind: 'agent-removed', messageId: known.messageId }], known: removed };
}
