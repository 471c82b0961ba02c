import type { CrispConversation } from '@baton/crisp';
import { stateOf, TOO_LATE } from '../session.js';
import type { Session } from '../session.js';

/** What is known when a website's conversations were listed. Times by Crisp's clock (ms) unless said otherwise. */
export interface Listed {
  readonly conversations: readonly Pick<CrispConversation, 'session_id' | 'state' | 'updated_at'>[];
  /** Those that we have met. */
  readonly sessions: ReadonlyMap<string, Session>;
  /** The change at which a session was read last by this look-through. */
  readonly readAt: ReadonlyMap<string, number>;
  /** What was written earlier was never ours to answer. */
  readonly watchedSince: number;
  /** Our clock. */
  readonly now: number;
}

export interface SessionToRead {
  readonly sessionId: string;
  /** Messages from then on. */
  readonly since: number;
  /** The change that makes it worth a look. */
  readonly changedAt: number;
}

export interface WhatToRead {
  /** The longest waiting first. */
  readonly toRead: readonly SessionToRead[];
  /** The oldest change that is left to a later look. */
  readonly leftFrom: number | undefined;
}

/** A change of a moment ago is left alone (ms): its hook is on its way, and what Crisp answers may be a second old. */
const SETTLES = 3_000;
/** A message may have been written so long before the newest one that we know of (ms): hooks come in any order, and clocks differ. */
const OVERLAP = 120_000;

/** Which sessions changed behind what hooks told, and from when on they are to be read. */
export function whatToRead({ conversations, sessions, readAt, watchedSince, now }: Listed): WhatToRead {
  const earliest = Math.max(watchedSince, now - TOO_LATE);
  const changed = conversations.filter(({ session_id, state, updated_at }) => {
    const session = sessions.get(session_id);
    // What agents are done with needs no answer; a visitor who writes again opens it.
    if (state === 'resolved' || updated_at < earliest) return false;
    if (session && ['handover', 'removed'].includes(stateOf(session))) return false;
    return updated_at > Math.max(session ? heardUpTo(session) : 0, readAt.get(session_id) ?? 0);
  });
  const isFresh = ({ updated_at }: { updated_at: number }): boolean => updated_at > now - SETTLES;
  const toRead = changed
    .filter((conversation) => !isFresh(conversation))
    .map(({ session_id, updated_at }) => {
      const session = sessions.get(session_id);
      const since = Math.max(earliest, session ? heardUpTo(session) - OVERLAP : 0);
      return { sessionId: session_id, since, changedAt: updated_at };
    })
    .sort((a, b) => a.changedAt - b.changedAt);
  return { toRead, leftFrom: oldest(changed.filter(isFresh).map(({ updated_at }) => updated_at)) };
}

/** The newest that others are known to have done in a session; what we said ourselves is by our clock and tells nothing of theirs. */
function heardUpTo({ lines, assignedAt, resolvedAt, onAt, offAt, blocked }: Session): number {
  const told = lines.flatMap(({ from, at, editedAt }) => (from === 'assistant' ? [] : [at, editedAt]));
  return Math.max(0, ...told, assignedAt, resolvedAt, onAt, offAt, blocked.at);
}

/** Up to which change everything is dealt with, so that the next list need not tell of it again. */
export function dealtWithUpTo(conversations: Listed['conversations'], left: readonly number[]): number | undefined {
  const newest = conversations.length === 0 ? undefined : Math.max(...conversations.map(({ updated_at }) => updated_at));
  const first = oldest(left);
  return first === undefined ? newest : first - 1;
}

function oldest(times: readonly number[]): number | undefined {
  return times.length === 0 ? undefined : Math.min(...times);
}
