import type { Usage } from '@baton/control-api';

type Day = Pick<Usage['days'][number], 'day' | 'answers'>;

const DAY_MS = 86_400_000;
/** So many days tell how it goes on: whole weeks, because weekends are quieter. */
const LOOKED_BACK_DAYS = 14;
/** With fewer whole days nothing is foretold. */
const FEWEST_DAYS = 3;

/**
 * Where a month leads when it goes on as in the last two weeks: `used` and the mean of a whole day for all that is left of it.
 * @param days with answers, of this month and the one before; days that are not named had none
 * @returns null while fewer than three whole days are known
 */
export function forecastOf(o: {
  readonly now: Date;
  readonly used: number;
  readonly limit: number | null;
  readonly days: readonly Day[];
}): Usage['forecast'] {
  const { now, used, limit } = o;
  const today = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate());
  const byDay = new Map<number, number>();
  for (const { day, answers } of o.days) {
    const at = Date.parse(`${day}T00:00:00Z`);
    byDay.set(at, (byDay.get(at) ?? 0) + answers);
  }
  const first = Math.min(...byDay.keys());
  const whole = Math.min(LOOKED_BACK_DAYS, Math.floor((today - first) / DAY_MS));
  if (!(whole >= FEWEST_DAYS)) return null;
  let answered = 0;
  for (let ago = 1; ago <= whole; ago += 1) answered += byDay.get(today - ago * DAY_MS) ?? 0;
  const perDay = answered / whole;
  const monthsEnd = Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1);
  const atMonthsEnd = Math.round(used + (perDay * (monthsEnd - now.getTime())) / DAY_MS);
  return { atMonthsEnd, endsOn: endOf({ now, used, limit, perDay, monthsEnd }) };
}

function endOf(o: {
  readonly now: Date;
  readonly used: number;
  readonly limit: number | null;
  readonly perDay: number;
  readonly monthsEnd: number;
}): string | null {
  if (o.limit === null) return null;
  const left = o.limit - o.used;
  const end = left <= 0 ? o.now.getTime() : o.perDay > 0 ? o.now.getTime() + (left / o.perDay) * DAY_MS : Infinity;
  return end < o.monthsEnd ? new Date(end).toISOString().slice(0, 10) : null;
}

/** How a month stands against its plan. */
export function stateOf({
  used,
  limit,
  warnAt,
}: {
  readonly used: number;
  readonly limit: number | null;
  readonly warnAt: number;
}): Usage['state'] {
  if (limit === null) return 'unlimited';
  if (used >= limit) return 'ended';
  return used * 100 >= limit * warnAt ? 'near' : 'fine';
}
