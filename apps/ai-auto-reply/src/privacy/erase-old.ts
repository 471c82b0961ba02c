import { HELD_OF_CONVERSATIONS, pastOf } from '@baton/persistence/retention';
import type { SettingsStore } from '@baton/settings';
import type { DataSource } from 'typeorm';
import type { Privacy } from './privacy.js';

const DAY_MS = 86_400_000;
const { receipts } = HELD_OF_CONVERSATIONS;

/** Erases what the AI remembers of conversations that are older than their workspace keeps them. */
export async function eraseOld(
  parts: {
    readonly dataSource: DataSource;
    readonly settings: Pick<SettingsStore, 'workspaceIds' | 'botIdsOf' | 'workspace'>;
    readonly privacy: Privacy;
  },
  now: Date,
): Promise<void> {
  const { dataSource, settings, privacy } = parts;
  for (const workspaceId of settings.workspaceIds()) {
    const days = settings.workspace(workspaceId)?.retention?.conversationDays;
    if (days === undefined) continue;
    const before = new Date(now.getTime() - days * DAY_MS);
    const talks: { id: string }[] = await dataSource.query(pastOf(HELD_OF_CONVERSATIONS.talks), [settings.botIdsOf(workspaceId), before]);
    const sessions: { id: string }[] = await dataSource.query(pastOf(HELD_OF_CONVERSATIONS.sessions), [workspaceId, before]);
    const [conversationIds, sessionIds] = [talks, sessions].map((rows) => rows.map(({ id }) => id)) as [string[], string[]];
    await privacy.erase(workspaceId, { conversationIds, sessionIds, at: before.toISOString(), atCrisp: false, numbering: [] }, 'past');
    await dataSource.query(`DELETE FROM ${receipts.table} WHERE ${receipts.whose} AND ${receipts.past}`, [workspaceId, before]);
  }
}
