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

const clock = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });

/** A moment in the reader's own time zone: "21 Nov 2026, 17:05". */
export function atTime(when: string | Date): string {
  return clock.format(new Date(when));
}
