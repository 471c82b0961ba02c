import { SettingsStore } from '@baton/settings';
import { Body, Controller, Headers, HttpCode, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { botOfRequest } from '../http/bot-of-request.js';
import { TryOut } from './try-out.js';

/** The playground of bot authors. */
@Controller('v1/bots/:botId/ask')
export class AskController {
  constructor(
    private readonly tryOut: TryOut,
    private readonly settings: SettingsStore,
  ) {}

  @Post()
  @HttpCode(200)
  async ask(
    @Headers('authorization') authorization: string | undefined,
    @Param('botId') botId: string,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    const answer = await this.tryOut.ask(botOfRequest(this.settings, botId, authorization), body, reply.raw);
    return answer ? { answer } : {};
  }
}
