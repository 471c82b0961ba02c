import type { Passage } from './passage.js';

/** Words of which so many are shared make a passage a copy: the same paragraph on two pages differs in a word or two. */
const COPY_FROM = 0.9;
const RUN = 3;

/** The passages without those that say again what a better one says. */
export function foldDuplicates(passages: readonly Passage[]): Passage[] {
  const kept: { passage: Passage; runs: ReadonlySet<string> }[] = [];
  for (const passage of passages) {
    const runs = runsOfWords(passage.text);
    if (!kept.some((better) => likeness(better.runs, runs) >= COPY_FROM)) kept.push({ passage, runs });
  }
  return kept.map(({ passage }) => passage);
}

function runsOfWords(text: string): Set<string> {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  if (words.length <= RUN) return new Set([words.join(' ')]);
  return new Set(words.slice(0, 1 - RUN).map((_, index) => words.slice(index, index + RUN).join(' ')));
}

function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const shared = [...a].filter((run) => b.has(run)).length;
  return shared / (a.size + b.size - shared);
}
