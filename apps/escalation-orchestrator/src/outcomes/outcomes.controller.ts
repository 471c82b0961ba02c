import { Controller, Get, Headers, Inject, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { CLOCK } from '../clock.js';
import type { Clock } from '../clock.js';
import { Callers } from '../doors/caller.js';
import { invalidRequest, refuse } from '../doors/refusal.js';
import type { Refusal } from '../doors/refusal.js';
import { listOutcomes, OutcomesQuerySchema } from './list-outcomes.js';
import { periodOf, wrongPeriod } from './period.js';
import type { Period } from './period.js';
import { RatesQuerySchema, readRates } from './read-rates.js';

/** How a bot's handovers went, for the bot's own people. */
@Controller('v1/outcomes')
export class OutcomesController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly callers: Callers,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  @Get()
  async list(
    @Headers('authorization') authorization: string | undefined,
    @Query() query: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    const caller = this.callers.of(authorization);
    if ('status' in caller) return refuse(reply, caller);
    const asked = this.read(OutcomesQuerySchema, query);
    if ('status' in asked) return refuse(reply, asked);
    return listOutcomes(this.dataSource, caller.botId, asked.query, asked.period, this.now());
  }

  @Get('rates')
  async rates(
    @Headers('authorization') authorization: string | undefined,
    @Query() query: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    const caller = this.callers.of(authorization);
    if ('status' in caller) return refuse(reply, caller);
    const asked = this.read(RatesQuerySchema, query);
    if ('status' in asked) return refuse(reply, asked);
    return readRates(this.dataSource, caller.botId, asked.query.by, asked.period, this.now());
  }

  private read<Q extends { from?: number | undefined; to?: number | undefined }>(
    schema: z.ZodType<Q>,
    query: unknown,
  ): { readonly query: Q; readonly period: Period } | Refusal {
    const read = schema.safeParse(query);
    if (!read.success) return invalidRequest(read.error, 'query');
    const period = periodOf(read.data, this.now());
    const wrong = wrongPeriod(period);
    if (wrong === undefined) return { query: read.data, period };
    return { status: 400, error: { code: 'invalid-request', message: `from: ${wrong}`, field: 'from' } };
  }
}
