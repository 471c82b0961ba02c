import type { Numbering } from '@baton/passes';
import { ERASED_ADDRESS, stillPast } from '@baton/persistence/retention';
import type { HeldOfConversations } from '@baton/persistence/retention';
import type { DataSource, EntityManager } from 'typeorm';
import { lockConversations } from '../judge/conversation-store.js';
import { toJson } from '../judge/storable.js';
import { erasedConversation } from './erased-conversation.js';

/** With words, names, or what leads to them. $1: the conversation. */
const GONE = [
  'DELETE FROM transcript_lines WHERE conversation_id = $1',
  'DELETE FROM prior_lines WHERE conversation_id = $1',
  'DELETE FROM crisp_messages WHERE conversation_id = $1',
  'DELETE FROM crisp_sessions WHERE conversation_id = $1',
  'DELETE FROM history_links WHERE conversation_id = $1',
  'DELETE FROM decisions WHERE conversation_id = $1',
  'DELETE FROM judged_facts WHERE conversation_id = $1',
  `DELETE FROM effects WHERE lane IN ($1::text, 'commands:' || $1::text) OR payload ->> 'conversationId' = $1::text`,
  `DELETE FROM effect_lanes WHERE lane IN ($1::text, 'commands:' || $1::text)`,
];

/** Facts that say nothing of anybody: for outcomes and rates. */
const KEPT_WITHOUT_NAMES = [
  `UPDATE handovers SET reason = NULL, agent_name = NULL, crisp_session_id = NULL, cause = cause - 'detail',
     ended_at = coalesce(ended_at, now()), outcome = coalesce(outcome, 'cancelled') WHERE conversation_id = $1`,
  'UPDATE ratings SET comment = NULL WHERE conversation_id = $1',
  `UPDATE promises SET text = '-', ended_at = coalesce(ended_at, now()), ended = coalesce(ended, 'cancelled') WHERE conversation_id = $1`,
];

/**
 * Erases these conversations of these bots, each in one transaction under its row's lock. Done again it finds nothing more to do.
 * @param only those that are past still at this moment, when somebody else may have found them
 * @returns how many rows are gone, and how far the numbering had come
 */
export async function eraseConversations(
  dataSource: DataSource,
  bots: readonly string[],
  ids: readonly string[],
  at: Date,
  only?: HeldOfConversations,
): Promise<{ rows: number; numbering: Numbering[] }> {
  let rows = 0;
  const numbering: Numbering[] = [];
  for (const id of ids) {
    const one = await dataSource.transaction((manager) => eraseOne(manager, bots, id, at, only));
    if (one === undefined) continue;
    rows += one.rows;
    numbering.push(one.numbering);
  }
  return { rows, numbering };
}

async function eraseOne(manager: EntityManager, bots: readonly string[], id: string, at: Date, only?: HeldOfConversations) {
  const conversation = (await lockConversations(manager, [{ conversationId: id }])).get(id);
  if (!conversation || !bots.includes(conversation.botId)) return undefined;
  if (only && ((await manager.query(stillPast(only), [bots, at, id])) as unknown[]).length === 0) return undefined;
  let rows = 0;
  for (const statement of GONE) rows += ((await manager.query(statement, [id])) as [unknown, number])[1];
  for (const statement of KEPT_WITHOUT_NAMES) await manager.query(statement, [id]);
  const { erasedAt, deliverySequence, turn, epoch } = conversation;
  if (erasedAt !== undefined && erasedAt >= at.getTime()) return { rows, numbering: { conversationId: id, deliverySequence, turn, epoch } };
  await manager.query(`UPDATE conversations SET address = $2, floor = 'bot', epoch = $3, next_timer_at = NULL, state = $4 WHERE id = $1`, [
    id,
    ERASED_ADDRESS,
    epoch + 1,
    toJson(erasedConversation(conversation, at.getTime())),
  ]);
  return { rows: rows + 1, numbering: { conversationId: id, deliverySequence, turn, epoch: epoch + 1 } };
}
