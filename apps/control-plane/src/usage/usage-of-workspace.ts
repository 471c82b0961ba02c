import { UsageSchema } from '@baton/control-api';
import type { Author, Usage } from '@baton/control-api';
import { withQuery } from '../services/address.js';
import type { Services } from '../services/services.js';
import { forecastOf, stateOf } from './forecast.js';

/** Months that a forecast looks at: the one that runs, and the one before. */
const LOOKED_AT = 2;

/** What workspaces use of their plans. */
export class UsageOfWorkspace {
  constructor(
    private readonly services: Services,
    private readonly now: () => Date = () => new Date(),
  ) {}

  async read({ workspaceId, by, months }: { readonly workspaceId: string; readonly by: Author; readonly months: number }): Promise<Usage> {
    const pass = { workspaceId, errand: 'knowledge' as const, may: 'read' as const, by: by.id ?? by.kind };
    const path = withQuery('/usage', { months: Math.max(months, LOOKED_AT) });
    const told = UsageSchema.omit({ state: true, forecast: true }).parse(await this.services.json('ai', pass, { path }));
    const used = told.months[0]?.used ?? 0;
    const shown = told.months.slice(0, months);
    return {
      ...told,
      months: shown,
      days: told.days.filter(({ day }) => shown.some(({ period }) => day.startsWith(period))),
      state: stateOf({ ...told, used }),
      forecast: forecastOf({ now: this.now(), used, limit: told.limit, days: told.days }),
    };
  }
}
