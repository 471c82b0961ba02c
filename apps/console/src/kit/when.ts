const STEPS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });

/** How long ago, or in how long: "3 minutes ago", "in 23 hours", "just now". */
export function fromNow(when: string | Date, now: Date): string {
  const difference = new Date(when).getTime() - now.getTime();
  for (const [unit, ms] of STEPS) if (Math.abs(difference) >= ms) return relative.format(Math.trunc(difference / ms), unit);
  return difference > 0 ? 'in less than a minute' : 'just now';
}

/** How long ago something happened; "just now" where the other's clock is ahead. @param now ms */
export function ago(when: string | Date, now: number): string {
  return fromNow(new Date(Math.min(new Date(when).getTime(), now)), new Date(now));
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long something lasts, in its largest unit: "40 s", "5 min", "3 h", "2 days". */
export function lastingWords(ms: number): string {
  if (ms < MINUTE) return `${Math.max(0, Math.round(ms / 1_000))} s`;
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} min`;
  if (ms < DAY) return `${Math.floor(ms / HOUR)} h`;
  const days = Math.floor(ms / DAY);
  return days === 1 ? '1 day' : `${days} days`;
}

const clock = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
const second = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });
const ofDay = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });

/** A moment in the reader's own time zone: "21 Nov 2026, 17:05". */
export function atTime(when: string | Date): string {
  return clock.format(new Date(when));
}

/** The same to the second, for what is compared with logs: "21 Nov 2026, 17:05:09". */
export function atSecond(when: string | Date): string {
  return second.format(new Date(when));
}

/** The time of the day, in the reader's own time zone: "17:05". */
export function clockWords(when: string | Date): string {
  return ofDay.format(new Date(when));
}
