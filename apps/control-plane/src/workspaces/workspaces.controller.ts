import { Controller } from '@nestjs/common';
import { createWorkspace, listWorkspaces, renameWorkspace } from '@baton/control-api';
import { Call } from '../api/call.js';
import type { CallOf } from '../api/call.js';
import { roleIn } from '../api/caller.js';
import { Serves } from '../api/serves.js';
import { WorkspaceNames } from './workspace-names.js';
import { Workspaces } from './workspaces.js';

@Controller()
export class WorkspacesController {
  constructor(
    private readonly names: WorkspaceNames,
    private readonly workspaces: Workspaces,
  ) {}

  @Serves(listWorkspaces)
  async list(@Call() { caller }: CallOf<typeof listWorkspaces>) {
    const all = await this.names.all();
    return { items: all.filter(({ workspaceId }) => roleIn(caller, workspaceId) !== undefined) };
  }

  @Serves(createWorkspace)
  create(@Call() { body, caller }: CallOf<typeof createWorkspace>) {
    return this.workspaces.create(body, caller);
  }

  @Serves(renameWorkspace)
  rename(@Call() { params, body, caller }: CallOf<typeof renameWorkspace>) {
    return this.workspaces.rename({ ...params, ...body }, caller);
  }
}
