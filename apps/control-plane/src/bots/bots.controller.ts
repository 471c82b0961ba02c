import { Controller } from '@nestjs/common';
import { deleteBot, getBot, listBots, putBot } from '@baton/control-api';
import { Call, requiredVersion } from '../api/call.js';
import type { CallOf } from '../api/call.js';
import { deedOf } from '../api/caller.js';
import { Answer, Serves } from '../api/serves.js';
import { Bots } from './bots.js';

/** The bots of a workspace. */
@Controller()
export class BotsController {
  constructor(private readonly bots: Bots) {}

  @Serves(listBots)
  list(@Call() { params }: CallOf<typeof listBots>) {
    return this.bots.list(params.workspaceId);
  }

  @Serves(getBot)
  async get(@Call() { params }: CallOf<typeof getBot>) {
    const shown = await this.bots.get(params.workspaceId, params.botId);
    return new Answer(shown, shown);
  }

  @Serves(putBot)
  async put(@Call() call: CallOf<typeof putBot>) {
    const { workspaceId, botId } = call.params;
    const shown = await this.bots.put({ workspaceId, botId, given: call.body, version: requiredVersion(call), ...deedOf(call.caller) });
    return new Answer(shown, { version: shown.version, status: shown.published ? 200 : 202 });
  }

  @Serves(deleteBot)
  async delete(@Call() call: CallOf<typeof deleteBot>) {
    await this.bots.delete({ ...call.params, version: requiredVersion(call), ...deedOf(call.caller) });
    return {};
  }
}
