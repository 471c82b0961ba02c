import type { SettingsStore } from '@baton/settings';
import type { DataSource } from 'typeorm';
import { eraseConversations } from './erase-conversations.js';
import { ERASED_ADDRESS } from './erased-conversation.js';

const AT_ONCE = 200;
const DAY = 86_400_000;

/** Erases conversations in which nothing happened for as long as their workspace keeps them. @param now ms @returns how many */
export async function eraseOld(dataSource: DataSource, settings: Pick<SettingsStore, 'bots' | 'workspace'>, now: number): Promise<number> {
  let erased = 0;
  const bots = settings.bots();
  for (const workspaceId of new Set(bots.map((bot) => bot.workspaceId))) {
    const days = settings.workspace(workspaceId)?.retention?.conversationDays;
    if (days === undefined) continue;
    const botIds = bots.filter((bot) => bot.workspaceId === workspaceId).map(({ botId }) => botId);
    const rows: { id: string }[] = await dataSource.query(
      `SELECT id FROM conversations WHERE bot_id = ANY($1) AND floor = 'bot' AND updated_at < $2 AND address <> '${ERASED_ADDRESS}'
       ORDER BY updated_at LIMIT ${AT_ONCE}`,
      [botIds, new Date(now - days * DAY)],
    );
    await eraseConversations(
      dataSource,
      botIds,
      rows.map(({ id }) => id),
      new Date(now - days * DAY),
    );
    erased += rows.length;
  }
  return erased;
}
