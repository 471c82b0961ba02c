import type { Session } from '../inbox/session.js';
import { stateOf } from '../inbox/session.js';

/** A line of a session, and what the assistant made of it; times in ms by Crisp's clock. */
export interface SessionLine {
  readonly kind: 'line';
  readonly id: string;
  readonly at: number;
  readonly from: 'visitor' | 'human' | 'machine' | 'assistant';
  /** Null when it was taken back. */
  readonly text: string | null;
  readonly editedAt: number | null;
  /** Of a visitor's line: the answer's id. */
  readonly answerId: string | null;
  /** Of a visitor's line that got no answer: why, a code. */
  readonly silence: string | null;
}

/** Who may speak changed. */
export interface SessionTurn {
  readonly kind: 'turn';
  readonly id: string;
  readonly at: number;
  readonly what: 'human-wrote' | 'assigned' | 'human-promised' | 'resolved' | 'switched-on' | 'switched-off' | 'blocked' | 'plan-ended';
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** What is remembered of a session, oldest first. */
export function sessionFacts(session: Session): readonly (SessionLine | SessionTurn)[] {
  const lines = session.lines.flatMap((line): SessionLine[] => {
    const { fingerprint, from, text, at, editedAt, removed, answer } = line;
    if (from === null) return [];
    const isAnswered = answer !== undefined && UUID.test(answer);
    return [
      {
        kind: 'line',
        id: String(fingerprint),
        at,
        from,
        text: removed ? null : text,
        editedAt: editedAt > 0 ? editedAt : null,
        answerId: isAnswered ? answer : null,
        silence: isAnswered || from !== 'visitor' ? null : (answer ?? unanswered(session, at)),
      },
    ];
  });
  return [...lines, ...turnsOf(session)].sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
}

/** Nobody dealt with it: a human has the word, or it is still to be answered. */
function unanswered(session: Session, at: number): string | null {
  if (at <= Math.max(session.wordAt, session.resolvedAt)) return 'human';
  const state = stateOf(session);
  return state === 'open' ? null : state;
}

function turnsOf(session: Session): SessionTurn[] {
  const { wordAt, assignedAt, waitingAt, resolvedAt, onAt, offAt, blocked, quotaToldAt } = session;
  const all: [SessionTurn['what'], number][] = [
    ['human-wrote', wordAt],
    ['assigned', assignedAt],
    ['human-promised', waitingAt],
    ['resolved', resolvedAt],
    ['switched-on', onAt],
    ['switched-off', offAt],
    ['blocked', blocked.is ? blocked.at : 0],
    ['plan-ended', quotaToldAt],
  ];
  return all.flatMap(([what, at]) => (at > 0 ? [{ kind: 'turn' as const, id: `${what}:${at}`, at, what }] : []));
}
