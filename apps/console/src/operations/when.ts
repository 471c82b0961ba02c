const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** “now”, “5 min ago”, “3 h ago”, “2 days ago”. @param now ms */
export function agoWords(at: string | Date, now: number): string {
  const passed = now - new Date(at).getTime();
  return passed < MINUTE ? 'now' : `${lastingWords(passed)} ago`;
}

/** “40 s”, “5 min”, “3 h”, “2 days”. */
export function lastingWords(ms: number): string {
  if (ms < MINUTE) return `${Math.max(0, Math.round(ms / 1_000))} s`;
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} min`;
  if (ms < DAY) return `${Math.floor(ms / HOUR)} h`;
  const days = Math.floor(ms / DAY);
  return days === 1 ? '1 day' : `${days} days`;
}

const MOMENT = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
const CLOCK = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });

/** With day and second, in the reader’s own time. */
export const momentWords = (at: string | Date): string => MOMENT.format(new Date(at));

/** Hour and minute, in the reader’s own time. */
export const clockWords = (at: string | Date): string => CLOCK.format(new Date(at));
