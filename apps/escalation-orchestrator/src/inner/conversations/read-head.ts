import type { Cause, Floor } from '@baton/contracts';
import type { DataSource } from 'typeorm';
import type { Conversation } from '../../floor/conversation.js';
import { readConversation } from '../../judge/conversation-store.js';

/** One handover's facts; times in ms. */
export interface HeadHandover {
  readonly id: string;
  readonly number: number;
  readonly requestedBy: string;
  readonly cause: Cause | null;
  readonly category: string | null;
  readonly reason: string | null;
  readonly requestedAt: number;
  readonly acceptedAt: number | null;
  readonly takenAt: number | null;
  readonly connectedAt: number | null;
  readonly endedAt: number | null;
  readonly outcome: string | null;
  readonly outcomeDetail: string | null;
  readonly agent: string | null;
  readonly websiteId: string | null;
  readonly sessionId: string | null;
}

/** A conversation as it stands; times in ms. */
export interface ConversationHead {
  readonly id: string;
  readonly botId: string;
  readonly channel: string;
  readonly floor: Floor;
  readonly epoch: number;
  readonly visitor: {
    readonly name: string | null;
    readonly email: string | null;
    readonly locale: string | null;
    readonly present: boolean;
  };
  readonly startedAt: number;
  readonly lastActivityAt: number;
  readonly mutedUntil: number | null;
  /** Somebody answered past us: the bot is silent because of that. */
  readonly answeredElsewhere: boolean;
  /** What happens by itself, the next first. */
  readonly timers: readonly { readonly kind: string; readonly dueAt: number }[];
  readonly promises: readonly { readonly kind: string; readonly dueAt: number }[];
  /** Oldest first, the last hundred. */
  readonly handovers: readonly HeadHandover[];
}

const MAX_HANDOVERS = 100;

const HANDOVERS = `
  SELECT * FROM (
    SELECT id, number, requested_by AS "requestedBy", cause, category, reason, ${ms('requested_at')} AS "requestedAt",
      ${ms('accepted_at')} AS "acceptedAt", ${ms('taken_at')} AS "takenAt", ${ms('connected_at')} AS "connectedAt",
      ${ms('ended_at')} AS "endedAt", outcome, outcome_detail AS "outcomeDetail", agent_name AS agent, website_id AS "websiteId",
      crisp_session_id AS "sessionId"
    FROM handovers WHERE conversation_id = $1 ORDER BY number DESC LIMIT ${MAX_HANDOVERS}
  ) h ORDER BY number`;

/** Null where there is none, or it belongs to none of these bots. */
export async function readHead(dataSource: DataSource, id: string, botIds: readonly string[]): Promise<ConversationHead | null> {
  const [conversation, rows, handovers] = await Promise.all([
    readConversation(dataSource, id),
    dataSource.query<{ startedAt: number; lastActivityAt: number }[]>(
      `SELECT ${ms('created_at')} AS "startedAt", ${ms('updated_at')} AS "lastActivityAt" FROM conversations WHERE id = $1`,
      [id],
    ),
    dataSource.query<HeadHandover[]>(HANDOVERS, [id]),
  ]);
  const row = rows[0];
  if (!conversation || !row || !botIds.includes(conversation.botId)) return null;
  return { ...standing(conversation), ...row, handovers };
}

function standing(conversation: Conversation): Omit<ConversationHead, 'startedAt' | 'lastActivityAt' | 'handovers'> {
  const { id, botId, channel, floor, epoch, userData, locale, present, mutedUntil, elsewhereSince, timers, promises } = conversation;
  return {
    ...{ id, botId, channel, floor, epoch, mutedUntil },
    visitor: { name: shown(userData['name']), email: shown(userData['email']), locale, present },
    answeredElsewhere: elsewhereSince !== null,
    timers: [...timers].sort((a, b) => a.dueAt - b.dueAt),
    promises: promises.map(({ kind, dueAt }) => ({ kind, dueAt })),
  };
}

function shown(value: unknown): string | null {
  return typeof value === 'string' ? value.slice(0, 200) : null;
}

/** A time as whole milliseconds, a number in JSON. */
export function ms(column: string): string {
  return `round(extract(epoch FROM ${column}) * 1000)::double precision`;
}
