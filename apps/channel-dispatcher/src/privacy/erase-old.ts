import { HELD_OF_CONVERSATIONS, pastOf } from '@baton/persistence/retention';
import type { SettingsStore } from '@baton/settings';
import type { DataSource } from 'typeorm';
import type { Privacy } from './privacy.js';

const DAY_MS = 86_400_000;

/** Erases conversations in which nothing was said for as long as their workspace keeps them. @returns how many were found */
export async function eraseOld(
  parts: {
    readonly dataSource: DataSource;
    readonly settings: Pick<SettingsStore, 'workspaceIds' | 'botIdsOf' | 'workspace'>;
    readonly privacy: Privacy;
  },
  now: Date,
): Promise<number> {
  const { dataSource, settings, privacy } = parts;
  let erased = 0;
  for (const workspaceId of settings.workspaceIds()) {
    const days = settings.workspace(workspaceId)?.retention?.conversationDays;
    if (days === undefined) continue;
    const before = new Date(now.getTime() - days * DAY_MS);
    const rows: { id: string }[] = await dataSource.query(pastOf(HELD_OF_CONVERSATIONS.shown), [settings.botIdsOf(workspaceId), before]);
    const conversationIds = rows.map(({ id }) => id);
    const erase = { conversationIds, sessionIds: [], at: before.toISOString(), atCrisp: false, numbering: [] };
    await privacy.erase(workspaceId, erase, 'past');
    erased += rows.length;
  }
  return erased;
}
