import { HELD_OF_CONVERSATIONS, ofFormer, pastOf } from '@baton/persistence/retention';
import type { SettingsStore } from '@baton/settings';
import type { DataSource } from 'typeorm';
import { eraseConversations } from './erase-conversations.js';

const DAY = 86_400_000;
const HELD = HELD_OF_CONVERSATIONS.conversations;

/** Erases conversations in which nothing happened for as long as their workspace keeps them. @param now ms @returns how many */
export async function eraseOld(
  dataSource: DataSource,
  settings: Pick<SettingsStore, 'workspaceIds' | 'botIdsOf' | 'bot' | 'workspace'>,
  now: number,
): Promise<number> {
  let erased = 0;
  for (const workspaceId of settings.workspaceIds()) {
    const days = settings.workspace(workspaceId)?.retention?.conversationDays;
    if (days === undefined) continue;
    const before = new Date(now - days * DAY);
    const bots = settings.botIdsOf(workspaceId);
    const isLive = (botId: string): boolean => settings.bot(botId) !== undefined;
    for (const [botIds, held] of [
      [bots.filter(isLive), HELD],
      [bots.filter((botId) => !isLive(botId)), ofFormer(HELD)],
    ] as const) {
      const rows: { id: string }[] = await dataSource.query(pastOf(held), [botIds, before]);
      const ids = rows.map(({ id }) => id);
      erased += (await eraseConversations(dataSource, botIds, ids, before, held)).numbering.length;
    }
  }
  return erased;
}
