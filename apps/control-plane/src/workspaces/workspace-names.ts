import type { DataSource } from 'typeorm';

/** The workspaces there are: those with a document, and those that a bot names. */
export class WorkspaceNames {
  constructor(private readonly dataSource: DataSource) {}

  all(): Promise<{ workspaceId: string; name: string }[]> {
    return this.dataSource.query(
      `SELECT DISTINCT workspace_id AS "workspaceId", workspace_id AS name FROM documents WHERE workspace_id <> '' AND body IS NOT NULL ORDER BY 1`,
    );
  }
}
