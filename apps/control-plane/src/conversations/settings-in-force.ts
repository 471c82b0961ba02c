import type { Author, TimelineEntry } from '@baton/control-api';
import type { DataSource } from 'typeorm';
import type { Draft } from './entry.js';

interface Version {
  readonly version: number;
  readonly changedAt: Date;
  readonly changedBy: Author;
}

/** Versions of a bot's settings, oldest first, the last thousand. */
export async function versionsOf(dataSource: DataSource, workspaceId: string, botId: string): Promise<Version[]> {
  const rows: Version[] = await dataSource.query(
    `SELECT version, changed_at AS "changedAt", changed_by AS "changedBy" FROM document_versions
     WHERE kind = 'bot' AND id = $1 AND workspace_id = $2 ORDER BY version DESC LIMIT 1000`,
    [botId, workspaceId],
  );
  return rows.reverse();
}

/** The version that was in force at a time (ms): the newest that was set before. It reached the services within about two seconds. */
export function inForce(versions: readonly Version[], at: number): TimelineEntry['settings'] {
  const held = versions.findLast(({ changedAt }) => changedAt.getTime() <= at);
  return held ? { version: held.version, changedAt: held.changedAt.toISOString(), changedBy: held.changedBy } : null;
}

/** What is decided by settings says by which. */
export function finished({ order: _, ...draft }: Draft, versions: readonly Version[]): TimelineEntry {
  const isDecided = draft.group === 'decisions' || draft.group === 'answers';
  return { ...draft, at: new Date(draft.at).toISOString(), settings: isDecided ? inForce(versions, draft.at) : null };
}
