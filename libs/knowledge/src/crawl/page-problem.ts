import type { Outside, OutsideRefusal } from '@baton/outside';
import type { SourceProblem } from '../extract/source-error.js';

/** Why nothing came of a page. */
export type PageProblem =
  | `page.${OutsideRefusal}`
  /** `robots.txt` forbids it to us, or cannot be had at the moment. */
  | 'page.robots'
  | 'page.robots-unreachable'
  /** The page itself does not want to be found. */
  | 'page.noindex'
  /** Its address is outside of the source's site. */
  | 'page.outside'
  /** It did not answer, or not well, several times: `page.timeout`, `page.status-503`, `page.econnrefused`. */
  | 'page.timeout'
  | 'page.network'
  | `page.status-${number}`
  | `page.e${string}`
  /** More pages, bytes or time than a source may take. */
  | 'source.too-many-pages'
  | 'source.too-many-bytes'
  | 'source.out-of-time'
  | 'sitemap.broken'
  /** Its text could not be turned into vectors; a model is missing or refuses. */
  | 'source.not-embedded'
  | SourceProblem;

export interface ProblemAt {
  /** The address, or a place inside of a file. */
  readonly where: string;
  readonly code: PageProblem;
}

/** What an answer that brought no content means for the page. */
export function problemOf(answer: Outside): PageProblem {
  if ('refused' in answer) return `page.${answer.refused}`;
  if ('retry' in answer) return `page.${answer.retry}` as PageProblem;
  return 'page.gone';
}
