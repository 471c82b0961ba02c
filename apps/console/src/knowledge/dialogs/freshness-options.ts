import { FRESHNESS, freshnessWords } from '../source-words.js';

/** How often pages may be visited again, with what is set now, even where it was set elsewhere. */
export function freshnessOptions(everyHours: number | null): { value: string; label: string }[] {
  const now = String(everyHours ?? '');
  const known = FRESHNESS.map(({ value, label }) => ({ value, label }));
  return known.some(({ value }) => value === now) ? known : [...known, { value: now, label: freshnessWords(everyHours) }];
}
