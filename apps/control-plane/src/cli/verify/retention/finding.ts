/**
 * What a look came to: `overstays` is there longer than its limit allows, `notice` is not as it should be and keeps nothing too long, `kept`
 * has no limit, on purpose, and `unseen` could not be looked at.
 */
export type Verdict = 'within' | 'overstays' | 'notice' | 'kept' | 'unseen';

/** Something that has a limit, or has none on purpose, and how it stands. */
export interface Finding {
  readonly part: 'topics' | 'rows' | 'conversations';
  /** A topic, `schema.table`, or a workspace. */
  readonly name: string;
  readonly verdict: Verdict;
  readonly says: string;
  /** What to do about it. */
  readonly todo?: string;
  /** How long it is kept; absent where it has no limit or nobody can tell. */
  readonly limitMs?: number;
  /** ISO 8601; the oldest that is there, null when nothing is. */
  readonly oldestAt?: string | null;
  /** ISO 8601: till then the oldest may lawfully stay. */
  readonly until?: string;
  /** Rows past their time, or records in whose partition something is. */
  readonly past?: number;
}

/** All that could be seen is within, and all could be seen; else the worst. */
export function worstOf(findings: readonly Finding[]): 'within' | 'overstays' | 'unseen' {
  if (findings.some(({ verdict }) => verdict === 'overstays')) return 'overstays';
  const isChecked = findings.some(({ verdict }) => verdict === 'within');
  return isChecked && !findings.some(({ verdict }) => verdict === 'unseen') ? 'within' : 'unseen';
}

const UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1_000],
] as const;

/** A span of time by its two largest units: `9 d 3 h`. @param ms not negative */
export function spanInWords(ms: number): string {
  const first = UNITS.findIndex(([, unit]) => ms >= unit);
  if (first < 0) return '0 s';
  const parts: string[] = [];
  let rest = ms;
  for (const [name, unit] of UNITS.slice(first, first + 2)) {
    const count = Math.floor(rest / unit);
    rest -= count * unit;
    if (count > 0) parts.push(`${count} ${name}`);
  }
  return parts.join(' ');
}
