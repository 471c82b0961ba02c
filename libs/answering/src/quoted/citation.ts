import type { Passage } from '@baton/knowledge';
import type { Citation } from '../answer.js';
import { lineOf, type Voice } from '../language/lines.js';

/** Addresses and titles longer than this are of no use in a chat. */
const LONGEST_TITLE = 120;
const LONGEST_ADDRESS = 500;
const MOST_PLACES = 3;

export function citationOf(passage: Passage): Citation {
  return {
    chunkId: passage.chunkId,
    sourceId: passage.sourceId,
    sourceVersion: passage.sourceVersion,
    title: titleOf(passage),
    ...(passage.url === undefined ? {} : { url: passage.url }),
  };
}

/** The source and the headings down to the passage, each said once; the question of a pair where there is no title at all. */
export function titleOf(passage: Pick<Passage, 'sourceTitle' | 'titlePath' | 'question'>): string {
  const parts = [passage.sourceTitle, ...passage.titlePath].map((part) => part.replace(/\s+/g, ' ').trim()).filter((part) => part !== '');
  const title = [...new Set(parts)].join(' › ') || (passage.question?.trim() ?? '');
  return title.length <= LONGEST_TITLE ? title : `${title.slice(0, LONGEST_TITLE - 1).trimEnd()}…`;
}

/** The lines under an answer that say where it comes from; each place once. Empty where nothing can be named. */
export function sourceLines(citations: readonly Citation[], voice: Voice): string {
  const places = citations.map(({ title, url }) =>
    [title, url !== undefined && isShown(url) ? url : ''].filter((part) => part !== '').join(' – '),
  );
  return [...new Set(places)]
    .filter((place) => place !== '')
    .slice(0, MOST_PLACES)
    .map((place) => `${lineOf('source', voice)}: ${place}`)
    .join('\n');
}

function isShown(url: string): boolean {
  return /^https?:\/\/\S+$/.test(url) && url.length <= LONGEST_ADDRESS;
}
