import type { WorkspaceSettings } from '@baton/contracts';

type Plan = WorkspaceSettings['answers'];

/** What holds for a workspace of which nothing was set: answers without end. */
export const NO_LIMIT: Plan = { warnAtPercent: 80 };

/** Whether so many answers are the part of the plan from which its end is warned of. A plan of no answers has no end to come. */
export function isNearEnd(used: number, { perMonth, warnAtPercent }: Plan): boolean {
  if (perMonth === undefined || perMonth === 0) return false;
  return used * 100 >= perMonth * warnAtPercent;
}
