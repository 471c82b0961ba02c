import { Controller } from '@nestjs/common';
import { applyWorkspace, checkBot, exportWorkspace, planWorkspace } from '@baton/control-api';
import { Call } from '../api/call.js';
import type { CallOf } from '../api/call.js';
import { deedOf, roleIn } from '../api/caller.js';
import { Serves } from '../api/serves.js';
import { AsCode } from './as-code.js';

/** Bots as code, over the API. */
@Controller()
export class AsCodeController {
  constructor(private readonly asCode: AsCode) {}

  @Serves(planWorkspace)
  async plan(@Call() { params, body }: CallOf<typeof planWorkspace>) {
    return { documents: await this.asCode.plan(params.workspaceId, body) };
  }

  @Serves(applyWorkspace)
  apply(@Call() { params, body, caller }: CallOf<typeof applyWorkspace>) {
    const mayAll = roleIn(caller, params.workspaceId) === 'owner';
    return this.asCode.apply(params.workspaceId, body, { ...deedOf(caller), caller, versions: body.versions, mayAll });
  }

  @Serves(exportWorkspace)
  export(@Call() { params }: CallOf<typeof exportWorkspace>) {
    return this.asCode.export(params.workspaceId);
  }

  @Serves(checkBot)
  async check(@Call() { params, body }: CallOf<typeof checkBot>) {
    const { document: _, ...shown } = await this.asCode.check(params.workspaceId, params.botId, body);
    return shown;
  }
}
