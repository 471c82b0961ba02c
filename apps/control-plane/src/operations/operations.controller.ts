import { Controller } from '@nestjs/common';
import { getOperations } from '@baton/control-api';
import { Call } from '../api/call.js';
import type { CallOf } from '../api/call.js';
import { Serves } from '../api/serves.js';
import { LooksStore } from './looks.store.js';
import { operationsOf } from './show-operations.js';

const DAY_MS = 86_400_000;

/** How everything stands. */
@Controller()
export class OperationsController {
  constructor(private readonly looks: LooksStore) {}

  @Serves(getOperations)
  async get(@Call() { params, caller }: CallOf<typeof getOperations>) {
    const now = Date.now();
    const viewer = { workspaceId: params.workspaceId, seesInstallation: caller.administrator };
    return operationsOf(await this.looks.since(new Date(now - DAY_MS), params.workspaceId), viewer, now);
  }
}
