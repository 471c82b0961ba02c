import { SettingsStore } from '@baton/settings';
import { Controller, Get, Headers, Param, Query } from '@nestjs/common';
import { z } from 'zod';
import { botOfRequest } from '../http/bot-of-request.js';
import { Refusal } from '../http/refusal.js';
import { UsageReader } from './usage-reader.js';
import type { Usage } from './usage-reader.js';

const MonthsSchema = z.coerce.number().int().min(1).max(13).default(3);

/** How many months are asked for. @throws Refusal 400 */
export function monthsOf(months: string | undefined): number {
  const asked = MonthsSchema.safeParse(months);
  if (!asked.success) throw new Refusal('invalid-request', 'months must be a whole number from 1 to 13', 'months');
  return asked.data;
}

/** What the bot's workspace used of its plan: all its bots share one. */
@Controller('v1/bots/:botId/usage')
export class UsageController {
  constructor(
    private readonly settings: SettingsStore,
    private readonly reader: UsageReader,
  ) {}

  @Get()
  read(
    @Param('botId') botId: string,
    @Headers('authorization') authorization: string | undefined,
    @Query('months') months: string | undefined,
  ): Promise<Usage> {
    const { workspaceId } = botOfRequest(this.settings, botId, authorization);
    return this.reader.read(workspaceId, monthsOf(months));
  }
}
