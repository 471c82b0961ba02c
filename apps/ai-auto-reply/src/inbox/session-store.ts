import { prepared, preparedCount } from '@baton/messaging';
import type { DataSource, EntityManager } from 'typeorm';
import { freshSession, stateOf } from './session.js';
import type { Session, SessionBeginning } from './session.js';

// In the order of ids, as everybody who locks several: two batches can never wait for each other.
const LOCK = {
  name: 'inbox-lock',
  text: 'SELECT session FROM inbox_sessions WHERE session_id = ANY($1::text[]) ORDER BY session_id FOR NO KEY UPDATE',
};
const BEGIN = {
  name: 'inbox-begin',
  text: `INSERT INTO inbox_sessions (session_id, website_id, bot_id, workspace_id, state, epoch, session, touched_at)
    SELECT session->>'sessionId', (session->>'websiteId')::uuid, session->>'botId', session->>'workspaceId', 'open', 0, session, $2
    FROM unnest($1::jsonb[]) AS session ORDER BY 1 ON CONFLICT (session_id) DO NOTHING`,
};
const SAVE = {
  name: 'inbox-save',
  text: `UPDATE inbox_sessions AS s SET state = n.state, epoch = n.epoch, due_at = n.due_at, session = n.session, touched_at = $5,
      bot_id = n.session->>'botId', workspace_id = n.session->>'workspaceId'
    FROM unnest($1::text[], $2::int[], $3::timestamptz[], $4::jsonb[]) AS n(state, epoch, due_at, session)
    WHERE s.session_id = n.session->>'sessionId'`,
};
const READ = { name: 'inbox-read', text: 'SELECT session FROM inbox_sessions WHERE session_id = ANY($1::text[])' };

interface Row {
  readonly session: Session;
}

/** Fields that a newer version knows and the row does not yet are as in a fresh session. */
function sessionOf({ session }: Row): Session {
  return { ...freshSession(session), ...session };
}

/**
 * Locks these sessions until the transaction ends and returns those that are known; one that is met for the first time is made when its
 * beginning is given.
 */
export async function lockSessions(
  manager: EntityManager,
  ids: Iterable<string>,
  beginnings: ReadonlyMap<string, SessionBeginning>,
  now: Date,
): Promise<Map<string, Session>> {
  const locked = new Map<string, Session>();
  const take = async (wanted: readonly string[]): Promise<void> => {
    for (const row of await prepared<Row>(manager, LOCK, [wanted])) locked.set(row.session.sessionId, sessionOf(row));
  };
  await take([...new Set(ids)].sort());
  const fresh = [...beginnings].filter(([id]) => !locked.has(id)).map(([, beginning]) => freshSession(beginning));
  if (fresh.length > 0) {
    await preparedCount(manager, BEGIN, [fresh.map((session) => JSON.stringify(session)), now]);
    await take(fresh.map(({ sessionId }) => sessionId).sort());
  }
  return locked;
}

/** Writes locked sessions back. */
export async function saveSessions(manager: EntityManager, sessions: readonly Session[], now: Date): Promise<void> {
  if (sessions.length === 0) return;
  await preparedCount(manager, SAVE, [
    sessions.map(stateOf),
    sessions.map(({ epoch }) => epoch),
    sessions.map(({ burst }) => (burst === null ? null : new Date(burst.dueAt))),
    sessions.map((session) => JSON.stringify(session)),
    now,
  ]);
}

/** As it stands, without a lock. */
export async function readSession(on: DataSource | EntityManager, sessionId: string): Promise<Session | undefined> {
  return (await readSessions(on, [sessionId])).get(sessionId);
}

/** Those that are known, as they stand, without a lock. */
export async function readSessions(on: DataSource | EntityManager, sessionIds: readonly string[]): Promise<Map<string, Session>> {
  const rows = await prepared<Row>(on, READ, [sessionIds]);
  return new Map(rows.map((row) => [row.session.sessionId, sessionOf(row)]));
}

// An answer of an overtaken epoch holds nothing up: its lease counts for that epoch only.
const CLAIM = {
  name: 'inbox-claim',
  text: `UPDATE inbox_sessions AS s SET lease_owner = $1, lease_until = $3, lease_epoch = s.epoch,
      tries = CASE WHEN s.lease_epoch = s.epoch THEN s.tries + 1 ELSE 1 END
    FROM (
      SELECT session_id FROM inbox_sessions
      WHERE due_at <= $2 AND (lease_until IS NULL OR lease_until <= $2 OR lease_epoch <> epoch)
      ORDER BY due_at LIMIT $4 FOR NO KEY UPDATE SKIP LOCKED) AS due
    WHERE s.session_id = due.session_id RETURNING s.session, s.tries`,
};
const RENEW = {
  name: 'inbox-renew',
  text: `UPDATE inbox_sessions AS s SET lease_until = $2 FROM unnest($3::text[], $4::int[]) AS mine(session_id, epoch)
    WHERE s.session_id = mine.session_id AND s.lease_owner = $1 AND s.lease_epoch = mine.epoch`,
};
const RELEASE = {
  name: 'inbox-release',
  text: 'UPDATE inbox_sessions SET lease_owner = NULL, lease_until = NULL, tries = 0 WHERE session_id = $2 AND lease_owner = $1 AND lease_epoch = $3',
};
const NEXT_DUE = {
  name: 'inbox-next-due',
  text: `SELECT due_at FROM inbox_sessions
    WHERE due_at IS NOT NULL AND (lease_until IS NULL OR lease_until <= $1 OR lease_epoch <> epoch) ORDER BY due_at LIMIT 1`,
};

/** A session whose visitor is to be answered now, ours for a while. */
export interface Claimed {
  readonly session: Session;
  /** How often an answer of this epoch was begun and never came to an end, this time included. */
  readonly tries: number;
}

export async function claimDue(dataSource: DataSource, owner: string, now: Date, until: Date, limit: number): Promise<Claimed[]> {
  const rows = await prepared<Row & { tries: number }>(dataSource, CLAIM, [owner, now, until, limit]);
  return rows.map((row) => ({ session: sessionOf(row), tries: row.tries }));
}

export async function renewClaims(
  dataSource: DataSource,
  owner: string,
  until: Date,
  claims: readonly { readonly sessionId: string; readonly epoch: number }[],
): Promise<void> {
  if (claims.length === 0) return;
  await preparedCount(dataSource, RENEW, [owner, until, claims.map(({ sessionId }) => sessionId), claims.map(({ epoch }) => epoch)]);
}

export async function releaseClaim(on: DataSource | EntityManager, owner: string, sessionId: string, epoch: number): Promise<void> {
  await preparedCount(on, RELEASE, [owner, sessionId, epoch]);
}

/** When the next unclaimed session is due (ms). */
export async function nextDue(dataSource: DataSource, now: Date): Promise<number | undefined> {
  const [row] = await prepared<{ due_at: Date }>(dataSource, NEXT_DUE, [now]);
  return row?.due_at.getTime();
}
