import type { MessageBody } from '@baton/contracts';
import type { CrispState } from '../wire.js';
import type { NotAnAgentsWord } from './is-agent-message.js';

interface OfWebsite {
  /** Crisp's own name of the event. */
  readonly event: string;
  readonly websiteId: string;
  /** Milliseconds, by Crisp's clock: when it sent the hook out; for what a list told, when the message was written. */
  readonly envelopeAt: number;
}

interface OfSession extends OfWebsite {
  readonly sessionId: string;
}

/** What every message says, whoever wrote it. */
interface Said extends OfSession {
  readonly fingerprint: number;
  /** Milliseconds: when it was written, by its writer's clock, and never later than Crisp sent it out. */
  readonly at: number;
  /** Crisp's word for the form: `text`, `file`, `note`, `picker`, … */
  readonly messageType: string;
  readonly origin: string;
  /** Written by us, by the mark of its origin or of its properties. */
  readonly ours: boolean;
  /** The value of our property, which names what caused it. */
  readonly mark?: string;
  readonly automated: boolean;
  /** Its wording is not the first one; only a list tells. */
  readonly edited?: true;
  readonly author: CrispAuthor;
  /** In words of ours; absent when there is nothing in it that could be shown. */
  readonly body?: MessageBody;
  /** The rest of a text that is longer than one body takes, in order; nearly always empty. */
  readonly continuation: readonly MessageBody[];
}

export interface CrispAuthor {
  /** The operator's id; for a visitor the session's. */
  readonly id?: string;
  readonly name?: string;
  /** An http(s) address. */
  readonly avatar?: string;
}

/** A human agent said something to the visitor. */
export interface AgentMessage extends Said {
  readonly kind: 'agent-message';
}

/** The visitor's side spoke; when `ours`, it is the echo of what we passed on. */
export interface VisitorMessage extends Said {
  readonly kind: 'visitor-message';
}

/** The support side wrote something that is no human's word to the visitor: our echo, a private note, a bot's or the inbox's line. */
export interface OperatorLine extends Said {
  readonly kind: 'operator-line';
  readonly because: NotAnAgentsWord;
}

/** A message got a new content. Crisp says neither whose it is nor when: look the fingerprint up. */
export interface Edited extends OfSession {
  readonly kind: 'edited';
  readonly fingerprint: number;
  readonly body?: MessageBody;
  readonly continuation: readonly MessageBody[];
}

export interface Removed extends OfSession {
  readonly kind: 'removed';
  readonly fingerprint: number;
}

export interface StateSet extends OfSession {
  readonly kind: 'state';
  readonly state: CrispState;
}

/** The segments of the conversation are these, all of them. */
export interface SegmentsSet extends OfSession {
  readonly kind: 'segments';
  readonly segments: readonly string[];
}

/** The conversation was assigned; `null` is nobody. */
export interface Routed extends OfSession {
  readonly kind: 'routing';
  readonly operatorId: string | null;
  readonly previousOperatorId: string | null;
}

/** An agent opened the conversation in the inbox. */
export interface Opened extends OfSession {
  readonly kind: 'opened';
  readonly operatorId?: string;
}

/** Somebody is writing, or stopped. */
export interface Typing extends OfSession {
  readonly kind: 'typing';
  readonly by: 'visitor' | 'operator';
  readonly typing: boolean;
  readonly automated: boolean;
  readonly author: CrispAuthor;
}

/** Messages were read by the other side; `of` is who wrote them. */
export interface Read extends OfSession {
  readonly kind: 'read';
  readonly of: 'visitor' | 'operator';
  readonly origin: string;
  readonly ours: boolean;
  readonly fingerprints: readonly number[];
}

/** Messages reached the other side; `origin` is where: `email` when Crisp mailed them. */
export interface Delivered extends OfSession {
  readonly kind: 'delivered';
  readonly origin: string;
  readonly ours: boolean;
  readonly fingerprints: readonly number[];
}

/** The visitor answered Crisp's own question how it was. */
export interface Rated extends OfSession {
  readonly kind: 'rating';
  /** 0 to 5; 0 is none. */
  readonly stars: number;
  readonly comment: string | null;
}

/** The conversation was deleted for good. */
export interface SessionRemoved extends OfSession {
  readonly kind: 'session-removed';
}

/** An event that nobody of ours acts on. */
export interface Other extends OfWebsite {
  readonly kind: 'other';
  readonly sessionId?: string;
}

/** It should have meant something, but says too little. The reason names fields, never their values. */
export interface Unreadable extends OfWebsite {
  readonly kind: 'unreadable';
  readonly sessionId?: string;
  readonly reason: string;
}

/** What a web hook of Crisp means. */
export type CrispFact =
  | AgentMessage
  | VisitorMessage
  | OperatorLine
  | Edited
  | Removed
  | StateSet
  | SegmentsSet
  | Routed
  | Opened
  | Typing
  | Read
  | Delivered
  | Rated
  | SessionRemoved
  | Other
  | Unreadable;
