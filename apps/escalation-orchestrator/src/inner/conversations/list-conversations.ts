import type { Floor } from '@baton/contracts';
import type { DataSource } from 'typeorm';
import { searchOf } from './query.js';
import type { ConversationsQuery } from './query.js';

/** A conversation as lists show it; times in ms. No word that anybody said is in it. */
export interface ListedConversation {
  readonly id: string;
  readonly botId: string;
  readonly channel: string;
  readonly floor: Floor;
  readonly visitor: { readonly name: string | null; readonly email: string | null };
  /** The visitor has a chat open. */
  readonly present: boolean;
  readonly startedAt: number;
  readonly lastActivityAt: number;
  /** Since when he waits for a human; null when he does not. */
  readonly waitingSince: number | null;
  /** The bot is silent until then; null when it may speak. */
  readonly mutedUntil: number | null;
  readonly handovers: number;
  readonly agent: string | null;
  readonly category: string | null;
}

/** Where page by page is looked for the newest: most lists end within the first. */
const WINDOWS = ['1 day', '30 days', null] as const;

// Whole milliseconds: a place in the list is told by them.
const ACTIVE = "date_trunc('milliseconds', c.updated_at)";

const LIST = `
  SELECT c.id, c.bot_id AS "botId", c.channel, c.floor, c.state #>> '{userData,name}' AS name, c.state #>> '{userData,email}' AS email,
    coalesce((c.state ->> 'present')::boolean, false) AS present,
    extract(epoch FROM c.created_at) * 1000 AS "startedAt", extract(epoch FROM ${ACTIVE}) * 1000 AS "lastActivityAt",
    c.state #>> '{handover,requestedAt}' AS "requestedAt", c.state #>> '{handover,lastWordAt}' AS "lastWordAt",
    c.state @? '$.timers[*] ? (@.kind == "silence")' AS "awaitsAgent", c.state ->> 'mutedUntil' AS "mutedUntil",
    coalesce((c.state ->> 'handoverCount')::integer, 0) AS handovers, c.state #>> '{handover,agent,name}' AS agent,
    c.state #>> '{handover,category}' AS category
  FROM conversations c
  WHERE c.bot_id = ANY($1::text[]) AND ($2::text IS NULL OR c.floor = $2) AND ($3::text IS NULL OR c.channel = $3)
    AND ($4::boolean IS NOT TRUE OR c.floor <> 'bot')
    AND ($5::timestamptz IS NULL OR (${ACTIVE}, c.id::text) < ($5, $6::text))
    AND ($7::uuid IS NULL OR c.id = $7)
    AND ($8::text IS NULL OR c.id = (SELECT conversation_id FROM crisp_sessions WHERE session_id = $8))
    AND ($9::text IS NULL OR c.state #>> '{userData,name}' ILIKE $9 OR c.state #>> '{userData,email}' ILIKE $9)
    AND ($10::text IS NULL OR c.updated_at >= now() - $10::interval)
  ORDER BY ${ACTIVE} DESC, c.id::text DESC LIMIT $11`;

interface Row {
  readonly id: string;
  readonly botId: string;
  readonly channel: string;
  readonly floor: Floor;
  readonly name: string | null;
  readonly email: string | null;
  readonly present: boolean;
  readonly startedAt: string;
  readonly lastActivityAt: string;
  readonly requestedAt: string | null;
  readonly lastWordAt: string | null;
  readonly awaitsAgent: boolean | null;
  readonly mutedUntil: string | null;
  readonly handovers: number;
  readonly agent: string | null;
  readonly category: string | null;
}

/** Conversations of these bots, the newest activity first. */
export async function listConversations(
  dataSource: DataSource,
  botIds: readonly string[],
  query: ConversationsQuery,
): Promise<ListedConversation[]> {
  const { bot, floor, channel, open, q, beforeAt, beforeId, limit } = query;
  const search = searchOf(q);
  const bots = bot === undefined ? botIds : botIds.filter((one) => one === bot);
  if (bots.length === 0) return [];
  const asked = [
    bots,
    floor ?? null,
    channel ?? null,
    open === 'true',
    beforeAt === undefined ? null : new Date(beforeAt),
    beforeId ?? '',
    search?.by === 'id' ? search.id : null,
    search?.by === 'session' ? search.sessionId : null,
    search?.by === 'person' ? search.like : null,
  ];
  let rows: Row[] = [];
  for (const window of search === undefined ? WINDOWS : [null]) {
    rows = await dataSource.query(LIST, [...asked, window, limit]);
    if (rows.length === limit) break;
  }
  return rows.map(listed);
}

function listed(row: Row): ListedConversation {
  const { id, botId, channel, floor, name, email, present, handovers, agent, category } = row;
  return {
    ...{ id, botId, channel, floor, present, handovers, agent, category },
    visitor: { name: name?.slice(0, 100) ?? null, email: email?.slice(0, 200) ?? null },
    startedAt: Math.round(Number(row.startedAt)),
    lastActivityAt: Math.round(Number(row.lastActivityAt)),
    waitingSince: waitingSince(row),
    mutedUntil: row.mutedUntil === null ? null : Number(row.mutedUntil),
  };
}

function waitingSince({ floor, requestedAt, lastWordAt, awaitsAgent }: Row): number | null {
  const since = floor === 'escalating' || floor === 'waiting' ? requestedAt : floor === 'agent' && awaitsAgent ? lastWordAt : null;
  return since === null ? null : Number(since);
}
