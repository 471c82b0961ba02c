import { HELD_OF_CONVERSATIONS, pastOf } from '@baton/persistence/retention';
import type { SettingsStore } from '@baton/settings';
import type { DataSource } from 'typeorm';
import { eraseConversations } from './erase-conversations.js';

const DAY = 86_400_000;

/** Erases conversations in which nothing happened for as long as their workspace keeps them. @param now ms @returns how many */
export async function eraseOld(
  dataSource: DataSource,
  settings: Pick<SettingsStore, 'workspaceIds' | 'botIdsOf' | 'workspace'>,
  now: number,
): Promise<number> {
  let erased = 0;
  for (const workspaceId of settings.workspaceIds()) {
    const days = settings.workspace(workspaceId)?.retention?.conversationDays;
    if (days === undefined) continue;
    const botIds = settings.botIdsOf(workspaceId);
    const rows: { id: string }[] = await dataSource.query(pastOf(HELD_OF_CONVERSATIONS.conversations), [
      botIds,
      new Date(now - days * DAY),
    ]);
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
