/**
 * Decides what a socket that holds everything up to `sentUpTo` gets when these lines (neighbours, ascending) were written:
 * those it does not have, or nothing but the truth that it is behind and must be served from the log.
 */
export function whatToPush<Line extends { readonly seq: number }>(sentUpTo: number, lines: readonly Line[]): readonly Line[] | 'behind' {
  const first = lines[0];
  if (!first) return [];
  if (first.seq > sentUpTo + 1) return 'behind';
  return lines.slice(sentUpTo + 1 - first.seq);
}
