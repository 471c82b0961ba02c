import { masked, sharedUserData } from '@baton/contracts';
import type { SharingSettings } from '@baton/contracts';
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
  of: {
    conversationId: string;
    page: number | null;
    botName: (botId: string) => string;
    expiresAt: Date;
    path: string;
    sharing?: (botId: string) => SharingSettings | undefined;
  },
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
  const sharing = of.sharing?.(conversation.bot_id);
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
    visitorName: nameShown(conversation.visitor_name, sharing),
    channel: conversation.channel,
    floor: conversation.floor,
    startedAt: conversation.created_at,
    expiresAt: of.expiresAt,
    path: of.path,
    lines: lines.map((line) => lineShown(line, sharing)),
    handovers,
    priorLines: priorLines.map((line) => ({ ...line, text: sharing ? masked(line.text, sharing.mask) : line.text })),
    page,
    pages,
    total,
  };
}

/** Behind the link stands no more than may go to Crisp. */
function nameShown(name: string | null, sharing: SharingSettings | undefined): string | null {
  if (name === null || (sharing && !('name' in sharedUserData({ name }, sharing)))) return null;
  return name.slice(0, 100);
}

function lineShown(line: ViewLine, sharing: SharingSettings | undefined): ViewLine {
  if (!sharing || line.body?.type !== 'text') return line;
  return { ...line, body: { ...line.body, text: masked(line.body.text, sharing.mask) } };
}
