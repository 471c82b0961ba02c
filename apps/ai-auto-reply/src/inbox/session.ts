import { isSamePeriod } from '../quota/period.js';

/** A line of a session as far as it is remembered. */
export interface Line {
  readonly fingerprint: number;
  /** Null: something was said of a line that has not come yet. */
  readonly from: 'visitor' | 'human' | 'machine' | 'assistant' | null;
  readonly text: string;
  /** Crisp's clock (ms): when it sent the line out. */
  readonly at: number;
  /** Crisp's clock (ms) of its newest wording; 0 when it was never changed. */
  readonly editedAt: number;
  readonly removed: boolean;
  /** A visitor's line that was dealt with: the answer's id, or why there is none. */
  readonly answer?: string;
}

/** What the session is to the assistant: it may speak only in an `open` one. */
export type SessionState =
  | 'open'
  /** A human was asked for; an agent has not spoken yet. */
  | 'waiting'
  | 'human'
  /** Switched off by an agent's command. */
  | 'off'
  /** Opened by a handover: for good another service's. */
  | 'handover'
  | 'removed';

/** An answer that was decided and may be on its way. */
export interface Planned {
  readonly answerId: string;
  readonly asked: readonly number[];
}

/** What a visitor says at one go. Our clock, but for `typedAt`. */
export interface Burst {
  readonly since: number;
  /** When the last of his words came. */
  readonly lastAt: number;
  /** Until then he is let finish. */
  readonly dueAt: number;
  /** Crisp's clock: his newest keystroke that we heard of. */
  readonly typedAt: number;
}

/** What the inbox knows of a visitor. */
export interface Visitor {
  /** BCP 47, as his browser says. */
  readonly locale?: string;
  readonly names: readonly string[];
  readonly emails: readonly string[];
  readonly phones: readonly string[];
}

/** One conversation of a website's inbox. Times by Crisp's clock unless said otherwise, ms, 0 for never. */
export interface Session {
  readonly sessionId: string;
  readonly websiteId: string;
  readonly botId: string;
  readonly workspaceId: string;
  /** Rises with everything that overtakes an answer. */
  readonly epoch: number;
  readonly lines: readonly Line[];
  /** An agent's newest word. */
  readonly wordAt: number;
  /** The newest time that an operator was assigned. */
  readonly assignedAt: number;
  /** The question to which a human was promised. */
  readonly waitingAt: number;
  readonly resolvedAt: number;
  /** The newest command that lets the assistant speak, and the newest that forbids it. */
  readonly onAt: number;
  readonly offAt: number;
  readonly blocked: { readonly is: boolean; readonly at: number };
  readonly handover: boolean;
  readonly removed: boolean;
  /** What was written before we came has been read. */
  readonly read: boolean;
  /** The question with whose answer the visitor was told that a machine speaks. */
  readonly toldAt: number;
  /** Questions in a row that stayed without an answer. */
  readonly misses: number;
  /** The question with whose answer the end of the plan was told; only the message says it, once in a month of the plan. */
  readonly quotaToldAt: number;
  /** Our clock: when it was answered within the last hour. */
  readonly answeredAt: readonly number[];
  /** Our clock: when agents were told that too many answers were given here. */
  readonly guardToldAt: number;
  readonly burst: Burst | null;
  readonly planned: Planned | null;
  /** Null until it was read. */
  readonly visitor: Visitor | null;
  /** What happened until then was erased, and never comes back (ms). */
  readonly erasedAt?: number | undefined;
  /** W3C trace context of the newest words that wait for an answer. */
  readonly traceparent?: string | undefined;
}

export type SessionBeginning = Pick<Session, 'sessionId' | 'websiteId' | 'botId' | 'workspaceId'>;

export function freshSession(of: SessionBeginning): Session {
  return {
    ...of,
    epoch: 0,
    lines: [],
    wordAt: 0,
    assignedAt: 0,
    waitingAt: 0,
    resolvedAt: 0,
    onAt: 0,
    offAt: 0,
    blocked: { is: false, at: 0 },
    handover: false,
    removed: false,
    read: false,
    toldAt: 0,
    misses: 0,
    quotaToldAt: 0,
    answeredAt: [],
    guardToldAt: 0,
    burst: null,
    planned: null,
    visitor: null,
  };
}

/**
 * The session as another bot of its website takes it over. Nothing that was said to the bot of one workspace is known to that of another; a
 * handover's session stays one.
 */
export function takenOver(session: Session, by: SessionBeginning): Session {
  const { epoch, handover, removed } = session;
  const base = session.workspaceId === by.workspaceId ? { ...session, ...by } : { ...freshSession(by), handover, removed };
  return { ...base, epoch: epoch + 1, planned: null, burst: null };
}

/** An agent's goodbye may leave Crisp so long after the conversation was resolved, and begins nothing new (ms); what he says to a new question is none. */
export const GOODBYE_MS = 5_000;

/** From the newest facts alone, so that it is the same in whatever order they came. Where two are of one time, silence wins. */
export function stateOf(session: Session): SessionState {
  const { wordAt, assignedAt, waitingAt, resolvedAt, onAt, offAt } = session;
  if (session.removed) return 'removed';
  if (session.handover) return 'handover';
  if (offAt > 0 && offAt >= onAt) return 'off';
  const humanAt = Math.max(wordAt, assignedAt);
  const isGoodbye =
    resolvedAt > 0 && humanAt <= resolvedAt + GOODBYE_MS && humanAt !== resolvedAt && !asksBetween(session, resolvedAt, humanAt);
  if (humanAt > 0 && humanAt >= onAt && !isGoodbye) return 'human';
  if (waitingAt > 0 && waitingAt > onAt && waitingAt > resolvedAt) return 'waiting';
  return 'open';
}

function asksBetween({ lines }: Session, from: number, until: number): boolean {
  return lines.some((line) => line.from === 'visitor' && line.at > from && line.at < until);
}

/** What a visitor said and nobody has answered: behind the last word of an agent and the last end of the conversation. */
export function pendingOf(session: Session): readonly Line[] {
  const cleared = Math.max(session.wordAt, session.resolvedAt);
  return session.lines.filter(
    ({ from, at, removed, answer, text }) => from === 'visitor' && !removed && answer === undefined && at > cleared && text.trim() !== '',
  );
}

/** A question that lay about for so long is not answered any more (ms): who asked has left, or asked elsewhere. */
export const TOO_LATE = 30 * 60_000;

/** Whether what waits is from so long ago that only an agent's command makes it worth an answer. `now` is our clock (ms). */
export function isTooLate(session: Session, now: number): boolean {
  const newest = pendingOf(session).at(-1);
  return newest !== undefined && now - Math.max(newest.at, newest.editedAt, session.onAt) > TOO_LATE;
}

/** The end of the plan was told in the month that `now` (our clock, ms) counts in. */
export function hasToldQuotaEnd({ quotaToldAt }: Session, now: number): boolean {
  return quotaToldAt > 0 && isSamePeriod(quotaToldAt, now);
}

/** The visitor must be told that a machine speaks: at its first answer, and when it speaks again after a human or an end. */
export function mustSayAutomated({ toldAt, wordAt, resolvedAt }: Session): boolean {
  return toldAt === 0 || wordAt > toldAt || resolvedAt > toldAt;
}
