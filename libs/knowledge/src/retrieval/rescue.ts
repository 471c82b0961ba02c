/** A word the scope knows that a misspelt one may have meant. */
export interface Rescued {
  readonly no: number;
  /** Below 1: it is a guess. */
  readonly trust: number;
}

/** Several words may be meant; more would be guessing. */
const MOST = 3;

/** What one mistake costs; a second one costs it again. */
const TRUST_PER_MISTAKE = 0.7;

/** The nearest of the words alike: one mistake in a short word, two in a long one; swapped neighbours count as one. */
export function rescue(word: string, alike: readonly (readonly [no: number, lexeme: string])[]): Rescued[] {
  const allowed = word.length >= 8 ? 2 : 1;
  const near = alike
    .map(([no, lexeme]) => ({ no, mistakes: mistakesBetween(word, lexeme) }))
    .filter(({ mistakes }) => mistakes <= allowed)
    .sort((a, b) => a.mistakes - b.mistakes || a.no - b.no);
  return near
    .filter(({ mistakes }) => mistakes === near[0]!.mistakes)
    .slice(0, MOST)
    .map(({ no, mistakes }) => ({ no, trust: TRUST_PER_MISTAKE ** mistakes }));
}

/** Letters to insert, drop, replace, or swap with their neighbour (optimal string alignment). */
export function mistakesBetween(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      row[j] = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j]!, beforeLast[j - 2]! + 1);
    }
    [beforeLast, last] = [last, row];
  }
  return last[b.length]!;
}
