import { LONGEST_WARNING, PROMISE_GRACE, SHORTEST_WARNED } from '../floor/promises/times.js';

/** An open promise whose end is near (see `floor/promises/times.ts`), over the columns of the table; `now` is an expression. */
export function isNearEndInSql(now: string): string {
  return `(ended_at IS NULL AND due_at >= ${now} AND due_at - made_at >= ${interval(SHORTEST_WARNED)}
    AND ${now} >= due_at - least((due_at - made_at) / 4, ${interval(LONGEST_WARNING)}))`;
}

/** It ended too late, or is still open by then. */
export function isBrokenInSql(now: string): string {
  return `(coalesce(ended_at, ${now}) > due_at + ${interval(PROMISE_GRACE)})`;
}

function interval(ms: number): string {
  return `interval '${ms} milliseconds'`;
}
