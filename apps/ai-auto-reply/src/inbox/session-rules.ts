import { spoken } from '../asking/spoken.js';
import { pendingOf, stateOf } from './session.js';
import type { Line, Session, Visitor } from './session.js';

/** What may happen to a session. `at` is Crisp's clock (ms). */
export type InboxFact =
  | {
      readonly kind: 'visitor-line' | 'human-line' | 'machine-line';
      readonly fingerprint: number;
      readonly at: number;
      readonly text: string;
    }
  | { readonly kind: 'edited'; readonly fingerprint: number; readonly at: number; readonly text: string }
  | { readonly kind: 'deleted'; readonly fingerprint: number; readonly at: number }
  | { readonly kind: 'assigned'; readonly at: number }
  | { readonly kind: 'resolved'; readonly at: number }
  | { readonly kind: 'command'; readonly at: number; readonly says: 'on' | 'off' }
  | { readonly kind: 'blocked'; readonly at: number; readonly is: boolean }
  | { readonly kind: 'typing'; readonly at: number }
  | { readonly kind: 'handover' }
  | { readonly kind: 'session-removed' }
  /** What was there before we came: lines that are history, of whomever. */
  | { readonly kind: 'read'; readonly lines: readonly Line[]; readonly wordAt: number; readonly visitor?: Visitor }
  /** These lines need no answer (any more); `why` is a code, or the id of the answer that agents were given. */
  | { readonly kind: 'let-be'; readonly asked: readonly number[]; readonly why: string; readonly guardTold?: boolean }
  /** Not now: the outside is away. */
  | { readonly kind: 'later'; readonly dueAt: number }
  | { readonly kind: 'planned'; readonly answerId: string; readonly asked: readonly number[] }
  | {
      readonly kind: 'said';
      readonly answerId: string;
      readonly asked: readonly number[];
      readonly fingerprint: number;
      readonly text: string;
      readonly as: 'answer' | 'unknown' | 'human' | 'courtesy' | 'trouble' | 'quota-end';
      /** The end of the plan was told; nobody is promised. */
      readonly withoutHuman?: boolean;
    }
  /** The planned answer will not be said; `again`: its question is to be answered anew. */
  | {
      readonly kind: 'not-said';
      readonly answerId: string;
      readonly asked: readonly number[];
      readonly again: boolean;
      readonly why: string;
    };

/** How long a visitor is let finish (ms), and where the assistant may speak. */
export interface InboxPolicy {
  readonly quietMs: number;
  readonly longestMs: number;
  readonly mode: 'off' | 'shadow' | 'note' | 'reply';
  /** An assignment counts as a human who took the conversation. */
  readonly silentWhenAssigned: boolean;
}

/** Lines remembered beside those that wait for an answer. */
const REMEMBERED = 60;
/** Lines of one burst that an answer takes up; of more, the newest. */
const AT_ONCE = 200;
/** Who types is waited for so long after his last keystroke that we hear of (ms); never beyond the longest wait. */
const TYPING_MS = 2_500;
const HOUR = 3_600_000;

/**
 * What a fact makes of a session. The same fact again changes nothing; the order in which facts come does not matter for who may speak and
 * for what waits. `now` is our clock (ms), which only times answers.
 */
export function afterFact(before: Session, fact: InboxFact, policy: InboxPolicy, now: number): Session {
  const changed = fact.kind === 'assigned' && !policy.silentWhenAssigned ? before : factApplied(before, fact, now);
  const after = changed === before ? before : overtaken(before, bounded(changed), fact);
  return scheduled(before, after, fact, policy, now);
}

function factApplied(session: Session, fact: InboxFact, now: number): Session {
  switch (fact.kind) {
    case 'visitor-line':
    case 'human-line':
    case 'machine-line': {
      const from = fact.kind === 'visitor-line' ? 'visitor' : fact.kind === 'human-line' ? 'human' : 'machine';
      const said = withLine(session, { fingerprint: fact.fingerprint, from, text: fact.text, at: fact.at });
      return from === 'human' ? newer(said, 'wordAt', fact.at) : said;
    }
    case 'edited':
      return changedLine(session, fact.fingerprint, fact.at, (line) =>
        fact.at <= line.editedAt ? line : { ...line, text: spoken(fact.text), editedAt: fact.at },
      );
    case 'deleted':
      return changedLine(session, fact.fingerprint, fact.at, (line) => (line.removed ? line : { ...line, removed: true }));
    case 'assigned':
      return newer(session, 'assignedAt', fact.at);
    case 'resolved': {
      const ended = newer(session, 'resolvedAt', fact.at);
      return ended === session ? session : { ...ended, misses: 0 };
    }
    case 'command':
      return newer(session, fact.says === 'on' ? 'onAt' : 'offAt', fact.at);
    case 'blocked':
      return fact.at > session.blocked.at ? { ...session, blocked: { is: fact.is, at: fact.at } } : session;
    case 'handover':
      return session.handover ? session : { ...session, handover: true };
    case 'session-removed':
      return session.removed ? session : { ...session, removed: true };
    case 'read': {
      if (session.read) return session;
      const known = new Set(session.lines.flatMap(({ fingerprint, from }) => (from === null ? [] : [fingerprint])));
      const earlier = fact.lines.filter(({ fingerprint }) => !known.has(fingerprint)).map((line) => ({ ...line, text: spoken(line.text) }));
      const lines = inOrder([
        ...session.lines.filter(({ fingerprint }) => !earlier.some((line) => line.fingerprint === fingerprint)),
        ...earlier,
      ]);
      return newer({ ...session, read: true, lines, visitor: fact.visitor ?? null }, 'wordAt', fact.wordAt);
    }
    case 'let-be': {
      const dealt = answered(session, fact.asked, fact.why);
      return fact.guardTold === true ? { ...dealt, guardToldAt: now } : dealt;
    }
    case 'planned':
      return { ...answered(session, fact.asked, fact.answerId), planned: { answerId: fact.answerId, asked: fact.asked } };
    case 'said':
      return afterSaid(session, fact, now);
    case 'not-said': {
      const mine = session.planned?.answerId === fact.answerId;
      const free = mine ? { ...session, planned: null } : session;
      return fact.again ? unanswered(free, fact.asked, fact.answerId) : mine ? answered(free, fact.asked, fact.why) : free;
    }
    case 'typing':
    case 'later':
      return session;
  }
}

function afterSaid(session: Session, fact: Extract<InboxFact, { kind: 'said' }>, now: number): Session {
  if (session.lines.some(({ fingerprint }) => fingerprint === fact.fingerprint)) return session;
  const asked = new Set(fact.asked);
  const askedAt = Math.max(0, ...session.lines.flatMap(({ fingerprint, at }) => (asked.has(fingerprint) ? [at] : [])));
  const said = withLine(answered(session, fact.asked, fact.answerId), {
    fingerprint: fact.fingerprint,
    from: 'assistant',
    text: fact.text,
    at: Math.max(now, askedAt + 1),
  });
  const waits = fact.as === 'human' || (fact.as === 'quota-end' && fact.withoutHuman !== true);
  return {
    ...said,
    planned: session.planned?.answerId === fact.answerId ? null : session.planned,
    toldAt: Math.max(session.toldAt, askedAt),
    misses: fact.as === 'unknown' ? session.misses + 1 : fact.as === 'answer' || fact.as === 'human' ? 0 : session.misses,
    waitingAt: waits ? Math.max(session.waitingAt, askedAt) : session.waitingAt,
    quotaToldAt: fact.as === 'quota-end' ? Math.max(session.quotaToldAt, askedAt) : session.quotaToldAt,
    answeredAt: [...session.answeredAt.filter((at) => at > now - HOUR), now],
  };
}

/** What waits or who may speak is another than before: an answer in the making, or planned and not said, is overtaken. */
function overtaken(before: Session, after: Session, fact: InboxFact): Session {
  if (fact.kind === 'planned' || fact.kind === 'let-be') return after;
  const surely = (fact.kind === 'human-line' && after.wordAt !== before.wordAt) || (fact.kind === 'not-said' && fact.again);
  if (!surely && stateOf(before) === stateOf(after) && before.blocked.is === after.blocked.is && sameWaits(before, after)) return after;
  const { planned } = after;
  const free = planned === null ? after : unanswered({ ...after, planned: null }, planned.asked, planned.answerId);
  return { ...free, epoch: before.epoch + 1 };
}

function sameWaits(before: Session, after: Session): boolean {
  const [was, is] = [waitsOf(before), waitsOf(after)];
  return (
    was.length === is.length && was.every((line, index) => line.fingerprint === is[index]!.fingerprint && line.text === is[index]!.text)
  );
}

/** With an answer planned, the lines that it answers wait, too, until it is said. */
function waitsOf(session: Session): readonly Line[] {
  const { planned } = session;
  return pendingOf(planned === null ? session : unanswered(session, planned.asked, planned.answerId));
}

/** Where the assistant has something to say to what waits, and where it may: each mode has its states. */
export function mayTakeUp(session: Session, mode: InboxPolicy['mode']): boolean {
  if (mode === 'off' || session.blocked.is) return false;
  const state = stateOf(session);
  // A suggestion is for agents: it helps them most while they speak.
  return state === 'open' || (mode === 'note' && (state === 'human' || state === 'waiting'));
}

function scheduled(before: Session, after: Session, fact: InboxFact, policy: InboxPolicy, now: number): Session {
  const waits = pendingOf(after);
  if (waits.length === 0 || !mayTakeUp(after, policy.mode)) return after.burst === null ? after : { ...after, burst: null };
  const { burst } = after;
  if (fact.kind === 'later' && burst !== null) return { ...after, burst: { ...burst, dueAt: fact.dueAt } };
  if (fact.kind === 'typing') {
    if (burst === null || fact.at < waits.at(-1)!.at || fact.at <= burst.typedAt) return after;
    const dueAt = Math.max(burst.dueAt, Math.min(now + TYPING_MS, burst.since + policy.longestMs));
    return { ...after, burst: { ...burst, dueAt, typedAt: fact.at } };
  }
  if (burst !== null && after.epoch === before.epoch) return after;
  const since = burst?.since ?? now;
  const wait = fact.kind === 'not-said' ? 0 : policy.quietMs;
  return {
    ...after,
    burst: { since, lastAt: now, typedAt: burst?.typedAt ?? 0, dueAt: Math.max(now, Math.min(now + wait, since + policy.longestMs)) },
  };
}

function withLine(session: Session, line: Pick<Line, 'fingerprint' | 'from' | 'text' | 'at'>): Session {
  const known = session.lines.find(({ fingerprint }) => fingerprint === line.fingerprint);
  if (known && known.from !== null) return session;
  const text = known && known.editedAt > 0 ? known.text : spoken(line.text);
  const added: Line = { ...line, text, editedAt: known?.editedAt ?? 0, removed: known?.removed ?? false };
  return { ...session, lines: inOrder([...session.lines.filter((one) => one !== known), added]) };
}

function changedLine(session: Session, fingerprint: number, at: number, change: (line: Line) => Line): Session {
  const known = session.lines.find((line) => line.fingerprint === fingerprint);
  const line = known ?? { fingerprint, from: null, text: '', at, editedAt: 0, removed: false };
  const changed = change(line);
  if (changed === known) return session;
  return { ...session, lines: inOrder([...session.lines.filter((one) => one !== known), changed]) };
}

function answered(session: Session, asked: readonly number[], answer: string): Session {
  const of = new Set(asked);
  return {
    ...session,
    lines: session.lines.map((line) => (of.has(line.fingerprint) && line.from === 'visitor' ? { ...line, answer } : line)),
  };
}

function unanswered(session: Session, asked: readonly number[], answerId: string): Session {
  const of = new Set(asked);
  const lines = session.lines.map((line): Line => {
    if (!of.has(line.fingerprint) || line.answer !== answerId) return line;
    const { answer: _answer, ...waiting } = line;
    return waiting;
  });
  return { ...session, lines };
}

type Time = 'wordAt' | 'assignedAt' | 'resolvedAt' | 'onAt' | 'offAt';

function newer(session: Session, name: Time, at: number): Session {
  return at > session[name] ? { ...session, [name]: at } : session;
}

/** What waits stays before all; of the rest the newest. */
function bounded(session: Session): Session {
  if (session.lines.length <= REMEMBERED) return session;
  const waits = new Set(waitsOf(session).map(({ fingerprint }) => fingerprint));
  const [waiting, rest] = [true, false].map((is) => session.lines.filter(({ fingerprint }) => waits.has(fingerprint) === is)) as [
    Line[],
    Line[],
  ];
  if (rest.length <= REMEMBERED && waiting.length <= AT_ONCE) return session;
  return { ...session, lines: inOrder([...rest.slice(-REMEMBERED), ...waiting.slice(-AT_ONCE)]) };
}

function inOrder(lines: readonly Line[]): Line[] {
  return [...lines].sort((a, b) => a.at - b.at || a.fingerprint - b.fingerprint);
}
