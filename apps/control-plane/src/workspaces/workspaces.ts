import { WorkspaceSettingsSchema } from '@baton/contracts';
import type { DataSource } from 'typeorm';
import type { Caller } from '../api/caller.js';
import { deedOf } from '../api/caller.js';
import { ApiRefusal } from '../api/problem.js';
import type { Audit } from '../audit/audit.js';
import type { Documents } from '../documents/documents.js';
import type { Members } from '../members/members.js';
import type { PublishDocuments } from '../publishing/publish-documents.js';

export interface Workspace {
  readonly workspaceId: string;
  readonly name: string;
}

export interface WorkspacesOptions {
  readonly dataSource: DataSource;
  readonly documents: Documents;
  readonly members: Members;
  readonly publishing: PublishDocuments;
  readonly audit: Audit;
}

/** Makes workspaces and names them. */
export class Workspaces {
  constructor(private readonly o: WorkspacesOptions) {}

  /** Who makes it, if he is a person, is its first owner. @throws ApiRefusal where there is one of this id */
  async create({ workspaceId, name }: Workspace, caller: Caller): Promise<Workspace> {
    const deed = deedOf(caller);
    const { by, address, now } = deed;
    await this.o.documents.change({ kind: 'workspace', id: workspaceId, by, address, at: now }, async (before, manager) => {
      const used: unknown[] = await manager.query(
        'SELECT 1 FROM documents WHERE workspace_id = $1 UNION ALL SELECT 1 FROM workspaces WHERE workspace_id = $1 LIMIT 1',
        [workspaceId],
      );
      if (before || used.length > 0)
        throw new ApiRefusal('taken', 'There is, or was, a workspace with this address. Choose another one.', {
          errors: [{ pointer: '/workspaceId', message: 'There is, or was, a workspace with this address. Choose another one.' }],
        });
      await manager.query('INSERT INTO workspaces (workspace_id, name, created_at, created_by) VALUES ($1, $2, $3, $4)', [
        workspaceId,
        name,
        now,
        JSON.stringify(by),
      ]);
      const person = caller.session?.person;
      if (person) await this.o.members.add({ workspaceId, personId: person.personId, role: 'owner' }, deed, manager);
      return { workspaceId, body: WorkspaceSettingsSchema.parse({}), cause: 'created' };
    });
    await this.o.publishing.refresh();
    return { workspaceId, name };
  }

  /** @throws ApiRefusal where there is none such */
  async rename({ workspaceId, name }: Workspace, caller: Caller): Promise<Workspace> {
    const { by, address, now } = deedOf(caller);
    await this.o.dataSource.transaction(async (manager) => {
      const [known]: unknown[] = await manager.query(
        'SELECT 1 FROM documents WHERE workspace_id = $1 UNION ALL SELECT 1 FROM workspaces WHERE workspace_id = $1 LIMIT 1',
        [workspaceId],
      );
      if (!known) throw new ApiRefusal('not-found', 'There is no such workspace.');
      await manager.query(
        `INSERT INTO workspaces (workspace_id, name, created_at, created_by) VALUES ($1, $2, $3, $4)
         ON CONFLICT (workspace_id) DO UPDATE SET name = excluded.name`,
        [workspaceId, name, now, JSON.stringify(by)],
      );
      const target = { kind: 'workspace', id: workspaceId, name };
      await this.o.audit.note({ workspaceId, by, action: 'workspace.renamed', target, address, at: now }, manager);
    });
    return { workspaceId, name };
  }
}
