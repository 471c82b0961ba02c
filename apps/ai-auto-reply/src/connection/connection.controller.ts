import { SettingsStore } from '@baton/settings';
import { Controller, Delete, Headers, HttpCode, Param, Post } from '@nestjs/common';
import { botOfRequest } from '../http/bot-of-request.js';
import { CrispCheck } from './crisp-check.js';
import type { CheckedConnection } from './crisp-check.js';
import { StoppedBots } from './stopped-bots.js';

/** For whoever connects a bot, and for whoever must silence it at once. */
@Controller('v1/bots/:botId')
export class ConnectionController {
  constructor(
    private readonly settings: SettingsStore,
    private readonly check: CrispCheck,
    private readonly stopped: StoppedBots,
  ) {}

  /** Asks Crisp what the connection can do, and says what is missing. */
  @Post('crisp/check')
  @HttpCode(200)
  checkCrisp(@Param('botId') botId: string, @Headers('authorization') authorization: string | undefined): Promise<CheckedConnection> {
    return this.check.run(botOfRequest(this.settings, botId, authorization));
  }

  /** Nothing automatic is said any more, whatever the settings say, until it is released. */
  @Post('stop')
  @HttpCode(200)
  async stop(@Param('botId') botId: string, @Headers('authorization') authorization: string | undefined): Promise<{ stopped: true }> {
    const bot = botOfRequest(this.settings, botId, authorization);
    await this.stopped.stop(bot.botId, new Date());
    return { stopped: true };
  }

  @Delete('stop')
  async release(@Param('botId') botId: string, @Headers('authorization') authorization: string | undefined): Promise<{ stopped: false }> {
    const bot = botOfRequest(this.settings, botId, authorization);
    await this.stopped.release(bot.botId);
    return { stopped: false };
  }
}
