import { Controller } from '@nestjs/common';
import { listWorkspaces } from '@baton/control-api';
import { Call } from '../api/call.js';
import type { CallOf } from '../api/call.js';
import { roleIn } from '../api/caller.js';
import { Serves } from '../api/serves.js';
import { WorkspaceNames } from './workspace-names.js';

@Controller()
export class WorkspacesController {
  constructor(private readonly workspaces: WorkspaceNames) {}

  @Serves(listWorkspaces)
  async list(@Call() { caller }: CallOf<typeof listWorkspaces>) {
    const all = await this.workspaces.all();
    return { items: all.filter(({ workspaceId }) => roleIn(caller, workspaceId) !== undefined) };
  }
}
