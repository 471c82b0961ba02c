import { Controller } from '@nestjs/common';
import { createBotKey, deleteBotKey, listBotKeys } from '@baton/control-api';
import { Call } from '../api/call.js';
import type { CallOf } from '../api/call.js';
import { deedOf } from '../api/caller.js';
import { Serves } from '../api/serves.js';
import { BotKeys } from './bot-keys.js';

/** The keys of bots' programs. */
@Controller()
export class BotKeysController {
  constructor(private readonly keys: BotKeys) {}

  @Serves(listBotKeys)
  list(@Call() { params }: CallOf<typeof listBotKeys>) {
    return this.keys.list(params);
  }

  @Serves(createBotKey)
  create(@Call() { params, body, caller }: CallOf<typeof createBotKey>) {
    return this.keys.create({ ...params, ...body, ...deedOf(caller) });
  }

  @Serves(deleteBotKey)
  async delete(@Call() { params, caller }: CallOf<typeof deleteBotKey>) {
    await this.keys.delete({ ...params, ...deedOf(caller) });
    return {};
  }
}
