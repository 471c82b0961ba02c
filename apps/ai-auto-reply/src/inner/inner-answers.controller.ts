import type { KnowledgeScope } from '@baton/knowledge';
import { INNER } from '@baton/passes';
import { Controller, Get, Headers, Param, Query } from '@nestjs/common';
import { ReadAnswers } from '../ask/read-answers.js';
import { InnerRequests } from './inner-requests.js';

/** The receipts of a bot's answers, for the control plane. */
@Controller(`${INNER}/bots/:botId/answers`)
export class InnerAnswersController {
  constructor(
    private readonly answers: ReadAnswers,
    private readonly requests: InnerRequests,
  ) {}

  @Get()
  async list(
    @Headers('authorization') authorization: string | undefined,
    @Param('botId') botId: string,
    @Query() query: unknown,
  ): Promise<object> {
    return this.answers.list(this.scopeOf(botId, authorization), query);
  }

  @Get(':answerId')
  async one(
    @Headers('authorization') authorization: string | undefined,
    @Param('botId') botId: string,
    @Param('answerId') answerId: string,
  ): Promise<object> {
    return { answer: await this.answers.one(this.scopeOf(botId, authorization), answerId) };
  }

  private scopeOf(botId: string, authorization: string | undefined): KnowledgeScope {
    const { workspaceId } = this.requests.bot(botId, authorization, 'knowledge');
    return { workspaceId, botId };
  }
}
