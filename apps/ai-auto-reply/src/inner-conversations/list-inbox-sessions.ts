import type { DataSource } from 'typeorm';
import { z } from 'zod';
import type { Session, SessionState } from '../inbox/session.js';

/** `beforeAt` and `beforeId` name the last one of the page before. */
export const SessionsQuerySchema = z.object({
  bot: z.string().max(64).optional(),
  state: z.enum(['open', 'waiting', 'human', 'off', 'removed']).optional(),
  /** A name, an e-mail address, or the session's id. */
  q: z
    .string()
    .trim()
    .max(200)
    .refine((text) => !text.includes('\0'), 'must not hold the character NUL')
    .optional(),
  beforeAt: z.coerce.number().int().min(0).max(8.64e15).optional(),
  beforeId: z.string().max(128).optional(),
  limit: z.coerce.number().int().min(1).max(201).default(50),
});
export type SessionsQuery = z.output<typeof SessionsQuerySchema>;

/** A conversation that lives in Crisp's inbox only, where the assistant answers beside humans. Times in ms. */
export interface InboxSessionHead {
  readonly id: string;
  readonly botId: string;
  readonly websiteId: string;
  readonly state: SessionState;
  readonly epoch: number;
  readonly visitor: { readonly name: string | null; readonly email: string | null; readonly locale: string | null };
  readonly startedAt: number;
  readonly lastActivityAt: number;
  /** Since when he waits for a human. */
  readonly waitingSince: number | null;
  /** When what he said is answered; null where nothing waits. */
  readonly dueAt: number | null;
}

interface Row {
  readonly session_id: string;
  readonly website_id: string;
  readonly bot_id: string;
  readonly state: SessionState;
  readonly epoch: number;
  readonly due_at: Date | null;
  readonly session: Session;
  readonly touched: string;
}

const TOUCHED = "date_trunc('milliseconds', touched_at)";
const COLUMNS = `session_id, website_id, bot_id, state, epoch, due_at, session, extract(epoch FROM ${TOUCHED}) * 1000 AS touched`;

/** Sessions of a workspace, the newest activity first; those that a handover opened belong to a conversation of ours and are left out. */
export async function listInboxSessions(
  dataSource: DataSource,
  workspaceId: string,
  { bot, state, q, beforeAt, beforeId, limit }: SessionsQuery,
): Promise<InboxSessionHead[]> {
  const like = q === undefined || q === '' ? null : `%${q.replace(/[\\%_]/g, '\\$&')}%`;
  const rows = await dataSource.query<Row[]>(
    `SELECT ${COLUMNS} FROM inbox_sessions
     WHERE workspace_id = $1 AND state <> 'handover' AND ($2::text IS NULL OR bot_id = $2) AND ($3::text IS NULL OR state = $3)
       AND ($4::timestamptz IS NULL OR (${TOUCHED}, session_id) < ($4, $5::text))
       AND ($6::text IS NULL OR session_id = $7 OR (session #> '{visitor,names}')::text ILIKE $6 OR (session #> '{visitor,emails}')::text ILIKE $6)
     ORDER BY ${TOUCHED} DESC, session_id DESC LIMIT $8`,
    [workspaceId, bot ?? null, state ?? null, beforeAt === undefined ? null : new Date(beforeAt), beforeId ?? '', like, q ?? '', limit],
  );
  return rows.map(headOf);
}

/** Undefined where there is none in this workspace. */
export async function readInboxSession(
  dataSource: DataSource,
  workspaceId: string,
  sessionId: string,
): Promise<{ readonly head: InboxSessionHead; readonly session: Session } | undefined> {
  const [row] = await dataSource.query<Row[]>(`SELECT ${COLUMNS} FROM inbox_sessions WHERE session_id = $1 AND workspace_id = $2`, [
    sessionId,
    workspaceId,
  ]);
  return row && { head: headOf(row), session: row.session };
}

function headOf({ session_id, website_id, bot_id, state, epoch, due_at, session, touched }: Row): InboxSessionHead {
  const lastActivityAt = Math.round(Number(touched));
  const { visitor, waitingAt, lines } = session;
  return {
    id: session_id,
    botId: bot_id,
    websiteId: website_id,
    state,
    epoch,
    visitor: {
      name: visitor?.names[0]?.slice(0, 200) ?? null,
      email: visitor?.emails[0]?.slice(0, 200) ?? null,
      locale: visitor?.locale ?? null,
    },
    startedAt: lines[0]?.at ?? lastActivityAt,
    lastActivityAt,
    waitingSince: state === 'waiting' && waitingAt > 0 ? waitingAt : null,
    dueAt: due_at?.getTime() ?? null,
  };
}
