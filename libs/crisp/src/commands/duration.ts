const MS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000 };
const PART = /(\d{1,4}(?:[.,]\d{1,2})?) ?(hours|hour|hrs|hr|h|minutes|minute|mins|min|m|seconds|second|secs|sec|s)?(?![a-z\d])/y;

/**
 * How long `20m`, `1h`, `90s`, `1h 30m` or `2 hours` is (ms); a bare number is minutes. Undefined for anything else, and for a time that is
 * not longer than nothing.
 */
export function durationOf(text: string): number | undefined {
  const said = text
    .trim()
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .replace(/([a-z])(?=\d)/g, '$1 ');
  let ms = 0;
  for (PART.lastIndex = 0; PART.lastIndex < said.length;) {
    const [found, count, unit = 'm'] = PART.exec(said) ?? [];
    if (found === undefined || count === undefined) return undefined;
    ms += Number(count.replace(',', '.')) * MS[unit[0]!]!;
    if (said[PART.lastIndex] === ' ') PART.lastIndex += 1;
  }
  return ms > 0 ? Math.round(ms) : undefined;
}
