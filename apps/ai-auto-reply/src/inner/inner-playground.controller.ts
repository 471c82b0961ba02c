import { INNER } from '@baton/passes';
import { Body, Controller, Headers, HttpCode, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { TryOut } from '../ask/try-out.js';
import { InnerRequests } from './inner-requests.js';

/** The playground, for the control plane. */
@Controller(`${INNER}/bots/:botId/ask`)
export class InnerPlaygroundController {
  constructor(
    private readonly tryOut: TryOut,
    private readonly requests: InnerRequests,
  ) {}

  @Post()
  @HttpCode(200)
  async ask(
    @Headers('authorization') authorization: string | undefined,
    @Param('botId') botId: string,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    const answer = await this.tryOut.ask(this.requests.bot(botId, authorization, 'knowledge'), body, reply.raw);
    return answer ? { answer } : {};
  }
}
