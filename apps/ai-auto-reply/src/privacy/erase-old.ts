import type { SettingsStore } from '@baton/settings';
import type { DataSource } from 'typeorm';
import { IS_HELD } from './privacy.js';
import type { Privacy } from './privacy.js';

const AT_ONCE = 200;
const DAY_MS = 86_400_000;

/** Erases what the AI remembers of conversations that are older than their workspace keeps them. */
export async function eraseOld(
  parts: { readonly dataSource: DataSource; readonly settings: Pick<SettingsStore, 'bots' | 'workspace'>; readonly privacy: Privacy },
  now: Date,
): Promise<void> {
  const { dataSource, settings, privacy } = parts;
  const bots = settings.bots();
  for (const workspaceId of new Set(bots.map((bot) => bot.workspaceId))) {
    const days = settings.workspace(workspaceId)?.retention?.conversationDays;
    if (days === undefined) continue;
    const before = new Date(now.getTime() - days * DAY_MS);
    const talks: { id: string }[] = await dataSource.query(
      `SELECT conversation_id AS id FROM talks WHERE bot_id = ANY($1) AND updated_at < $2 AND due_at IS NULL AND state ? 'lines' LIMIT ${AT_ONCE}`,
      [bots.filter((bot) => bot.workspaceId === workspaceId).map(({ botId }) => botId), before],
    );
    const sessions: { id: string }[] = await dataSource.query(
      `SELECT session_id AS id FROM inbox_sessions
       WHERE workspace_id = $1 AND touched_at < $2 AND ${IS_HELD} LIMIT ${AT_ONCE}`,
      [workspaceId, before],
    );
    const [conversationIds, sessionIds] = [talks, sessions].map((rows) => rows.map(({ id }) => id)) as [string[], string[]];
    await privacy.erase(workspaceId, { conversationIds, sessionIds, at: before.toISOString(), atCrisp: false, numbering: [] });
    await dataSource.query('DELETE FROM receipts WHERE workspace_id = $1 AND at < $2', [workspaceId, before]);
  }
}
