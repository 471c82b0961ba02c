/** A moment as agents read it, by the clock of a zone: the time, and the day where it is not today's. Without a zone it is UTC, and says so. */
export function clockTime(at: number, now: number, { language, timeZone }: { language: string; timeZone: string | undefined }): string {
  const zone = timeZone ?? 'UTC';
  const day = new Intl.DateTimeFormat(language, { timeZone: zone, weekday: 'short', day: 'numeric', month: 'short' });
  const time = new Intl.DateTimeFormat(language, {
    timeZone: zone,
    hour: '2-digit',
    minute: '2-digit',
    ...(timeZone === undefined ? { timeZoneName: 'short' } : {}),
  }).format(at);
  return day.format(at) === day.format(now) ? time : `${day.format(at)}, ${time}`;
}
