import type { DataSource } from 'typeorm';
import type { HistoryView, ViewHandover, ViewLine, ViewPriorLine } from './history-view.js';

/** Lines on one page. */
export const PAGE_SIZE = 100;

interface ConversationRow {
  readonly bot_id: string;
  readonly channel: string;
  readonly floor: string;
  readonly created_at: Date;
  readonly visitor_name: string | null;
  readonly total: string;
}

/** Reads one page of a conversation, the last one when none is asked for; null when there is no such conversation. */
export async function readHistory(
  dataSource: DataSource,
  of: { conversationId: string; page: number | null; botName: (botId: string) => string; expiresAt: Date; path: string },
): Promise<HistoryView | null> {
  const { conversationId } = of;
  const conversations: ConversationRow[] = await dataSource.query(
    `SELECT bot_id, channel, floor, created_at, state #>> '{userData,name}' AS visitor_name,
       (SELECT count(*) FROM transcript_lines l WHERE l.conversation_id = c.id) AS total
     FROM conversations c WHERE id = $1`,
    [conversationId],
  );
  const conversation = conversations[0];
  if (!conversation) return null;
  const total = Number(conversation.total);
  const pages = Math.max(1, Math.ceil(total / PAGE_SIZE));
  const page = Math.min(Math.max(of.page ?? pages, 1), pages);
  const lines: ViewLine[] = await dataSource.query(
    `SELECT author, body, at, edited_at AS "editedAt", via, status, failure, reason, handover_id AS "handoverId"
     FROM transcript_lines WHERE conversation_id = $1 ORDER BY position LIMIT ${PAGE_SIZE} OFFSET $2`,
    [conversationId, (page - 1) * PAGE_SIZE],
  );
  const handovers: ViewHandover[] = await dataSource.query(
    `SELECT id, number, category, reason, cause, agent_name AS "agentName", requested_at AS "requestedAt", ended_at AS "endedAt",
       outcome, outcome_detail AS "outcomeDetail", followed_up_at IS NOT NULL AS "followedUp"
     FROM handovers WHERE conversation_id = $1 ORDER BY number`,
    [conversationId],
  );
  const priorLines: ViewPriorLine[] =
    page === 1
      ? await dataSource.query('SELECT speaker, text, at FROM prior_lines WHERE conversation_id = $1 ORDER BY position', [conversationId])
      : [];
  return {
    botName: of.botName(conversation.bot_id),
    visitorName: conversation.visitor_name?.slice(0, 100) ?? null,
    channel: conversation.channel,
    floor: conversation.floor,
    startedAt: conversation.created_at,
    expiresAt: of.expiresAt,
    path: of.path,
    lines,
    handovers,
    priorLines,
    page,
    pages,
    total,
  };
}
