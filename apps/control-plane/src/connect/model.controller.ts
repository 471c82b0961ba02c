import { Controller } from '@nestjs/common';
import { tryModel } from '@baton/control-api';
import type { TriedModel } from '@baton/control-api';
import { Call } from '../api/call.js';
import type { CallOf } from '../api/call.js';
import { Serves } from '../api/serves.js';
import { Services } from '../services/services.js';
import { CheckPace } from './check-pace.js';

/** Tries models before they are kept: the AI asks them, for it will have to reach them. */
@Controller()
export class ModelController {
  private readonly pace = new CheckPace();

  constructor(private readonly services: Services) {}

  @Serves(tryModel)
  try(@Call() { params, body, caller }: CallOf<typeof tryModel>): Promise<TriedModel> {
    const { workspaceId, botId } = params;
    this.pace.take(workspaceId);
    const pass = { workspaceId, errand: 'operations', may: 'write', by: caller.author.id ?? caller.author.kind } as const;
    return this.services.json('ai', pass, { method: 'POST', path: `/bots/${botId}/model/try`, body });
  }
}
