import type { Passage, Retrieval } from '@baton/knowledge';

/** A question, what was looked up for it and what was found. */
export interface Found {
  /** As the visitor asked it. */
  readonly asked: string;
  readonly question: string;
  readonly retrieval: Retrieval;
}

/** Whether what was found is enough to answer from. */
export function isSupported({ passages, support, threshold: own }: Retrieval, threshold: number | undefined): boolean {
  return passages.length > 0 && support >= (threshold ?? own);
}

/** What was found for several questions as one: the best of each first, and as well supported as the weakest of them. */
export function together(found: readonly Found[]): Retrieval | undefined {
  const [first, ...others] = found.map(({ retrieval }) => retrieval);
  if (!first || others.length === 0) return first;
  const all = [first, ...others];
  return {
    ...first,
    passages: inTurn(all.map(({ passages }) => passages)),
    support: Math.min(...all.map(({ support }) => support)),
    ms: all.reduce((sum, { ms }) => sum + ms, 0),
  };
}

/** The first of each, then the second of each, and so on; none twice. */
function inTurn(lists: readonly (readonly Passage[])[]): Passage[] {
  const taken = new Map<string, Passage>();
  const longest = Math.max(...lists.map(({ length }) => length));
  for (let at = 0; at < longest; at += 1)
    for (const list of lists) {
      const passage = list[at];
      if (passage && !taken.has(passage.chunkId)) taken.set(passage.chunkId, passage);
    }
  return [...taken.values()];
}
