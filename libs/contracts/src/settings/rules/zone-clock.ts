const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** Zones come from settings: few, and each is asked often. */
const MAX_CLOCKS = 200;
const clocks = new Map<string, Intl.DateTimeFormat>();

/** So many ms the clocks of a zone are ahead of UTC at a moment. */
export function offsetAt(timeZone: string, at: number): number {
  const of: Record<string, number> = {};
  for (const { type, value } of clockOf(timeZone).formatToParts(at)) of[type] = Number(value);
  const { year, month, day, hour, minute, second } = of;
  return Date.UTC(year!, month! - 1, day, hour, minute, second) - Math.floor(at / 1_000) * 1_000;
}

/** A time between two changes of a zone's clocks: `from` to before `to`, all of it `offset` ms ahead of UTC. */
export interface SteadyTime {
  readonly from: number;
  readonly to: number;
  readonly offset: number;
}

/** The time from the UTC day of `at` on, cut where the clocks change and at least daily, for so many days. */
export function* steadyTimes(timeZone: string, at: number, days: number): Generator<SteadyTime> {
  let from = Math.floor(at / DAY) * DAY;
  let offset = offsetAt(timeZone, from);
  for (const end = from + days * DAY; from < end;) {
    const to = (Math.floor(from / DAY) + 1) * DAY;
    const after = offsetAt(timeZone, to);
    if (after === offset) yield { from, to, offset };
    else {
      const change = changeBetween(timeZone, from, to, offset);
      yield { from, to: change, offset };
      yield { from: change, to, offset: after };
    }
    from = to;
    offset = after;
  }
}

/** Clocks change on the minute. */
function changeBetween(timeZone: string, from: number, to: number, before: number): number {
  let steady = from;
  let changed = to;
  while (changed - steady > MINUTE) {
    const middle = steady + Math.floor((changed - steady) / 2 / MINUTE) * MINUTE;
    if (offsetAt(timeZone, middle) === before) steady = middle;
    else changed = middle;
  }
  return changed;
}

function clockOf(timeZone: string): Intl.DateTimeFormat {
  let clock = clocks.get(timeZone);
  if (!clock) {
    if (clocks.size >= MAX_CLOCKS) clocks.clear();
    clock = new Intl.DateTimeFormat('en-US', {
      timeZone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    clocks.set(timeZone, clock);
  }
  return clock;
}
