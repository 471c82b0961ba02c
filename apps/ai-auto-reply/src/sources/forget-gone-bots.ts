import type { KnowledgeScope } from '@baton/knowledge';
import { botSettingId } from '@baton/settings';
import type { SettingsStore } from '@baton/settings';
import type { Logger } from '@baton/telemetry';
import type { DataSource } from 'typeorm';
import type { ManageSources } from './manage-sources.js';
import { columnsOf } from './sources.store.js';

export interface ForgetParts {
  readonly dataSource: DataSource;
  readonly settings: Pick<SettingsStore, 'bots' | 'isFresh' | 'isDoubtful'>;
  readonly manage: Pick<ManageSources, 'takeAway'>;
  readonly log: Pick<Logger, 'info'>;
}

/** Days on which a bot must be missed before its sources go: enough to find out that it was left out by mistake. */
const DAYS = 30;
/** Sources taken away in one go; what is more waits for the next. */
const AT_ONCE = 100;

/**
 * Takes away what bots knew that the settings have not known for thirty days. Only a look at settings that are surely current counts, one a
 * day: neither a silent publisher nor a service that was away makes a bot any more gone.
 */
export async function forgetGoneBots({ dataSource, settings, manage, log }: ForgetParts, now: Date): Promise<void> {
  if (!settings.isFresh(now)) return;
  const known = columnsOf(settings.bots());
  await dataSource.query(
    `DELETE FROM gone_bots WHERE (workspace_id, bot_id) IN (SELECT * FROM unnest($1::text[], $2::text[]))
       OR NOT EXISTS (SELECT FROM sources WHERE sources.workspace_id = gone_bots.workspace_id AND sources.bot_id = gone_bots.bot_id)`,
    known,
  );
  const missed = await dataSource.query<KnowledgeScope[]>(
    `SELECT DISTINCT workspace_id AS "workspaceId", bot_id AS "botId" FROM sources
     WHERE deleted_at IS NULL AND (workspace_id, bot_id) NOT IN (SELECT * FROM unnest($1::text[], $2::text[]))`,
    known,
  );
  // Of one whose newest setting cannot be read it is not known whether it is gone.
  const gone = missed.filter(({ botId }) => !settings.isDoubtful(botSettingId(botId)));
  await dataSource.query(
    `INSERT INTO gone_bots (workspace_id, bot_id, days, day) SELECT *, 1, $3::date FROM unnest($1::text[], $2::text[])
     ON CONFLICT (workspace_id, bot_id) DO UPDATE SET days = gone_bots.days + 1, day = excluded.day WHERE gone_bots.day < excluded.day`,
    [...columnsOf(gone), now.toISOString().slice(0, 10)],
  );
  const forgotten = await dataSource.query<(KnowledgeScope & { readonly id: string })[]>(
    `SELECT sources.id, workspace_id AS "workspaceId", bot_id AS "botId" FROM sources JOIN gone_bots USING (workspace_id, bot_id)
     WHERE deleted_at IS NULL AND days > $3 AND (workspace_id, bot_id) IN (SELECT * FROM unnest($1::text[], $2::text[]))
     ORDER BY workspace_id, bot_id LIMIT $4`,
    [...columnsOf(gone), DAYS, AT_ONCE],
  );
  for (const { id: sourceId, workspaceId, botId } of forgotten)
    if (await manage.takeAway({ workspaceId, botId }, sourceId))
      log.info({ sourceId, workspaceId, botId }, 'a source was taken away: its bot is gone');
}
