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
import type { AskedPeriod, Period } from './period.js';
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
    return this.answer({ authorization, query, reply }, OutcomesQuerySchema, (botId, asked, period) =>
      listOutcomes(this.dataSource, botId, asked, period, this.now()),
    );
  }

  @Get('rates')
  async rates(
    @Headers('authorization') authorization: string | undefined,
    @Query() query: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    return this.answer({ authorization, query, reply }, RatesQuerySchema, (botId, { by }, period) =>
      readRates(this.dataSource, botId, by, period, this.now()),
    );
  }

  /** To whoever shows the key of a bot, and asks rightly for a period. */
  private async answer<Q extends AskedPeriod>(
    { authorization, query, reply }: { authorization: string | undefined; query: unknown; reply: FastifyReply },
    schema: z.ZodType<Q>,
    tell: (botId: string, query: Q, period: Period) => Promise<object>,
  ): Promise<object> {
    const caller = this.callers.of(authorization);
    if ('status' in caller) return refuse(reply, caller);
    const asked = this.read(schema, query);
    if ('status' in asked) return refuse(reply, asked);
    return tell(caller.botId, asked.query, asked.period);
  }

  private read<Q extends AskedPeriod>(schema: z.ZodType<Q>, query: unknown): { readonly query: Q; readonly period: Period } | Refusal {
    const read = schema.safeParse(query);
    if (!read.success) return invalidRequest(read.error, 'query');
    const period = periodOf(read.data, this.now());
    const wrong = wrongPeriod(period);
    if (wrong === undefined) return { query: read.data, period };
    return { status: 400, error: { code: 'invalid-request', message: `from: ${wrong}`, field: 'from' } };
  }
}
