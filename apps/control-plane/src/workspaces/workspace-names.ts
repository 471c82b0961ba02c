import type { DataSource } from 'typeorm';

/** The workspaces there are: those that were made, those with settings, and those that a bot names. */
export class WorkspaceNames {
  constructor(private readonly dataSource: DataSource) {}

  /** By name; one that nobody named is called by its id. */
  all(): Promise<{ workspaceId: string; name: string }[]> {
    return this.dataSource.query(
      `SELECT workspace_id AS "workspaceId", coalesce(w.name, workspace_id) AS name
       FROM (SELECT workspace_id FROM documents WHERE workspace_id <> '' AND body IS NOT NULL
             UNION SELECT workspace_id FROM workspaces UNION SELECT workspace_id FROM members) known
       LEFT JOIN workspaces w USING (workspace_id) ORDER BY lower(coalesce(w.name, workspace_id)), 1`,
    );
  }

  async of(workspaceId: string): Promise<string> {
    const [found]: { name: string }[] = await this.dataSource.query('SELECT name FROM workspaces WHERE workspace_id = $1', [workspaceId]);
    return found?.name ?? workspaceId;
  }
}
