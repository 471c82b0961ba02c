import { Controller } from '@nestjs/common';
import { getUsage } from '@baton/control-api';
import { Call } from '../api/call.js';
import type { CallOf } from '../api/call.js';
import { Serves } from '../api/serves.js';
import { UsageOfWorkspace } from './usage-of-workspace.js';

/** What a workspace uses. */
@Controller()
export class UsageController {
  constructor(private readonly usage: UsageOfWorkspace) {}

  @Serves(getUsage)
  read(@Call() { params, query, caller }: CallOf<typeof getUsage>) {
    return this.usage.read({ workspaceId: params.workspaceId, by: caller.author, months: query.months });
  }
}
