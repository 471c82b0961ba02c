const MINUTE = 60_000;

/** A length of time as agents read it: seconds below a minute, hours from two on, else minutes. */
export function inWords(ms: number): string {
  if (ms < MINUTE) return count(Math.max(1, Math.round(ms / 1_000)), 'second');
  const minutes = Math.round(ms / MINUTE);
  return minutes < 120 ? count(minutes, 'minute') : count(Math.round(minutes / 60), 'hour');
}

function count(n: number, unit: string): string {
  return `${n} ${unit}${n === 1 ? '' : 's'}`;
}
