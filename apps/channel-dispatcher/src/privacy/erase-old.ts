import type { SettingsStore } from '@baton/settings';
import type { DataSource } from 'typeorm';
import { ERASED_ADDRESS } from '../log/log-line.js';
import type { Privacy } from './privacy.js';

const AT_ONCE = 200;
const DAY_MS = 86_400_000;

/** Erases conversations in which nothing was said for as long as their workspace keeps them. @returns how many */
export async function eraseOld(
  parts: { readonly dataSource: DataSource; readonly settings: Pick<SettingsStore, 'bots' | 'workspace'>; readonly privacy: Privacy },
  now: Date,
): Promise<number> {
  const { dataSource, settings, privacy } = parts;
  let erased = 0;
  const bots = settings.bots();
  for (const workspaceId of new Set(bots.map((bot) => bot.workspaceId))) {
    const days = settings.workspace(workspaceId)?.retention?.conversationDays;
    if (days === undefined) continue;
    const before = new Date(now.getTime() - days * DAY_MS);
    const rows: { id: string }[] = await dataSource.query(
      `SELECT c.id FROM conversations c WHERE c.bot_id = ANY($1) AND c.address <> $2 AND NOT c.present
         AND coalesce((SELECT max(l.at) FROM log l WHERE l.conversation_id = c.id), c.left_at,
           (SELECT t.last_user_action_at FROM messenger_threads t WHERE t.conversation_id = c.id)) < $3 LIMIT ${AT_ONCE}`,
      [bots.filter((bot) => bot.workspaceId === workspaceId).map(({ botId }) => botId), ERASED_ADDRESS, before],
    );
    const conversationIds = rows.map(({ id }) => id);
    await privacy.erase(workspaceId, { conversationIds, sessionIds: [], at: before.toISOString(), atCrisp: false, numbering: [] });
    erased += rows.length;
  }
  return erased;
}
