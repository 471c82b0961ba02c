import type { KnowledgeScope } from '@baton/knowledge';
import { SettingsStore } from '@baton/settings';
import { Controller, Get, Headers, Param, Query } from '@nestjs/common';
import { botOfRequest } from '../http/bot-of-request.js';
import { ReadAnswers } from './read-answers.js';

/** The receipts of a bot's answers, newest first. */
@Controller('v1/bots/:botId/answers')
export class AnswersController {
  constructor(
    private readonly answers: ReadAnswers,
    private readonly settings: SettingsStore,
  ) {}

  @Get()
  async list(
    @Headers('authorization') authorization: string | undefined,
    @Param('botId') botId: string,
    @Query() query: unknown,
  ): Promise<object> {
    return this.answers.list(this.scopeOf(authorization, botId), query);
  }

  @Get(':answerId')
  async one(
    @Headers('authorization') authorization: string | undefined,
    @Param('botId') botId: string,
    @Param('answerId') answerId: string,
  ): Promise<object> {
    return { answer: await this.answers.one(this.scopeOf(authorization, botId), answerId) };
  }

  private scopeOf(authorization: string | undefined, botId: string): KnowledgeScope {
    const { workspaceId } = botOfRequest(this.settings, botId, authorization);
    return { workspaceId, botId };
  }
}
