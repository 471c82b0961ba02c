import type { DataSource } from 'typeorm';
import type { MessageBody } from '@baton/contracts';
import type { HeldLine } from './missed-events.js';

/** A session whose missed web hooks are looked for. */
export interface WatchedSession {
  readonly sessionId: string;
  readonly websiteId: string;
  readonly conversationId: string;
  readonly botId: string;
  /** ms by our clock. */
  readonly openedAt: number;
  /** Crisp's time of the change at which it was read last; null when it never was. */
  readonly readAtChange: number | null;
  /** It was read once at that change: once more, for an answer of Crisp's may be a second old. */
  readonly readAgain: boolean;
  /** We set a state a moment ago, or are about to. */
  readonly isStateSettled: boolean;
}

interface Row {
  readonly session_id: string;
  readonly website_id: string;
  readonly conversation_id: string;
  readonly bot_id: string;
  readonly opened_at: Date;
  readonly read_at_change: string | null;
  readonly read_again: boolean;
  readonly is_state_settled: boolean;
}

/** After a change of the state by us, or the beginning of an episode, a reading may still show the state before (ms). */
const STATE_SETTLES = 30_000;
/** A line that was written or changed so short ago may be newer than what is read (ms). */
const FRESH_FOR = 10_000;

const COLUMNS = `s.session_id, s.website_id, s.conversation_id, s.bot_id, s.opened_at, s.read_at_change, s.read_again,
  (coalesce(s.state_set_until, '-infinity') < to_timestamp($2 / 1000.0) AND coalesce(h.accepted_at, h.requested_at) < to_timestamp($2 / 1000.0)) AS is_state_settled`;

/** The sessions of a website that are watched at this time (ms). */
export async function watchedSessions(dataSource: DataSource, websiteId: string, now: number): Promise<WatchedSession[]> {
  const rows: Row[] = await dataSource.query(
    `SELECT ${COLUMNS} FROM crisp_sessions s LEFT JOIN handovers h ON h.id = s.handover_id
     WHERE s.website_id = $1 AND (s.watched_until IS NULL OR s.watched_until > to_timestamp($3 / 1000.0)) ORDER BY s.opened_at`,
    [websiteId, now - STATE_SETTLES, now],
  );
  return rows.map(sessionOf);
}

/** The sessions in which an answer may stand: of a conversation's open episode, and of an answer by e-mail that is waited for. */
export async function openSessions(dataSource: DataSource, conversationId: string, now: number): Promise<WatchedSession[]> {
  const rows: Row[] = await dataSource.query(
    `SELECT ${COLUMNS} FROM crisp_sessions s LEFT JOIN handovers h ON h.id = s.handover_id
     WHERE s.conversation_id = $1 AND s.watched_until IS NULL ORDER BY s.opened_at DESC LIMIT 2`,
    [conversationId, now - STATE_SETTLES],
  );
  return rows.map(sessionOf);
}

/** What we hold of a session's lines since a time (ms by Crisp's clock). */
export async function heldLines(dataSource: DataSource, session: WatchedSession, since: number, now: number): Promise<HeldLine[]> {
  const rows: {
    message_id: string;
    crisp_fingerprint: string;
    body: MessageBody | null;
    at: Date;
    edited_at: Date | null;
    noted_at: Date;
  }[] = await dataSource.query(
    `SELECT l.message_id, l.crisp_fingerprint, l.body, l.at, l.edited_at, m.noted_at
       FROM transcript_lines l JOIN crisp_messages m ON m.conversation_id = l.conversation_id AND m.fingerprint = l.crisp_fingerprint
       WHERE l.conversation_id = $1 AND l.crisp_session_id = $2 AND l.message_id = m.message_id AND l.at >= to_timestamp($3 / 1000.0)`,
    [session.conversationId, session.sessionId, since],
  );
  return rows.map(({ message_id, crisp_fingerprint, body, at, edited_at, noted_at }) => ({
    messageId: message_id,
    fingerprint: crisp_fingerprint,
    body,
    at: at.getTime(),
    isFresh: Math.max(noted_at.getTime(), edited_at?.getTime() ?? 0) > now - FRESH_FOR,
  }));
}

/** Remembers that a session was read at this change; the second time at the same one is the last. */
export async function noteReading(dataSource: DataSource, sessionId: string, change: number): Promise<void> {
  await dataSource.query(
    'UPDATE crisp_sessions SET read_again = (read_at_change IS DISTINCT FROM $2::bigint), read_at_change = $2::bigint WHERE session_id = $1',
    [sessionId, change],
  );
}

function sessionOf(row: Row): WatchedSession {
  return {
    sessionId: row.session_id,
    websiteId: row.website_id,
    conversationId: row.conversation_id,
    botId: row.bot_id,
    openedAt: row.opened_at.getTime(),
    readAtChange: row.read_at_change === null ? null : Number(row.read_at_change),
    readAgain: row.read_again,
    isStateSettled: row.is_state_settled,
  };
}
