import { Controller, Get, Headers, Inject, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { DataSource } from 'typeorm';
import { CLOCK } from '../clock.js';
import type { Clock } from '../clock.js';
import { Callers } from '../doors/caller.js';
import { invalidRequest, refuse } from '../doors/refusal.js';
import { PromisesQuerySchema, listPromises } from './list-promises.js';

/** What a bot's visitors were promised, for the bot's own people. */
@Controller('v1')
export class PromisesController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly callers: Callers,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  @Get('promises')
  async list(
    @Headers('authorization') authorization: string | undefined,
    @Query() query: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    const caller = this.callers.of(authorization);
    if ('status' in caller) return refuse(reply, caller);
    const read = PromisesQuerySchema.safeParse(query);
    if (!read.success) return refuse(reply, invalidRequest(read.error, 'query'));
    return listPromises(this.dataSource, caller.botId, read.data, this.now());
  }
}
