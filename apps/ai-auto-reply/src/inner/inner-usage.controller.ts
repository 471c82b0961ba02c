import { INNER } from '@baton/passes';
import { Controller, Get, Headers, Query } from '@nestjs/common';
import { monthsOf } from '../quota/usage.controller.js';
import { UsageReader } from '../quota/usage-reader.js';
import type { Usage, UsageOfDay } from '../quota/usage-reader.js';
import { InnerRequests } from './inner-requests.js';

/** What a workspace used of its plan, for the control plane. */
@Controller(`${INNER}/usage`)
export class InnerUsageController {
  constructor(
    private readonly reader: UsageReader,
    private readonly requests: InnerRequests,
  ) {}

  @Get()
  async read(
    @Headers('authorization') authorization: string | undefined,
    @Query('months') given: string | undefined,
  ): Promise<Usage & { readonly days: readonly UsageOfDay[] }> {
    const { workspaceId } = this.requests.pass(authorization, 'knowledge');
    const months = monthsOf(given);
    const [usage, days] = await Promise.all([this.reader.read(workspaceId, months), this.reader.days(workspaceId, months)]);
    return { ...usage, days };
  }
}
