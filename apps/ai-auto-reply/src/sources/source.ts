import type { ProblemAt } from '@baton/knowledge';

export const SOURCE_KINDS = ['text', 'markdown', 'pairs', 'file', 'page', 'sitemap'] as const;
export type SourceKind = (typeof SOURCE_KINDS)[number];

/**
 * `queued` waits for its turn; `ready` has been taken in whole; `partial` with parts left out that are told; `failed` gave nothing new: what
 * it gave before, if anything, is still what the bot knows.
 */
export type SourceState = 'queued' | 'running' | 'ready' | 'partial' | 'failed';

export interface SourceProgress {
  readonly pagesDone: number;
  /** 0 until it is known. */
  readonly pagesTotal: number;
  /** Chunks that can be found. */
  readonly chunks: number;
}

/** Where pages are fetched from, and how. */
export interface WebOptions {
  /** Of a single source of pages: all of them. */
  readonly urls: readonly string[];
  /** Further hosts beside those of the addresses. */
  readonly hosts?: readonly string[];
  readonly pathPrefixes?: readonly string[];
  readonly maxPages?: number;
}

/** A source without its content. */
export interface Source {
  readonly id: string;
  readonly workspaceId: string;
  readonly botId: string;
  readonly kind: SourceKind;
  readonly title: string;
  /** Where readers find it; of pages, where it begins. */
  readonly url: string | null;
  readonly fileName: string | null;
  /** Bytes of its content; 0 for pages. */
  readonly bytes: number;
  readonly web: WebOptions | null;
  readonly enabled: boolean;
  readonly state: SourceState;
  readonly progress: SourceProgress;
  /** The first of them, at most `MAX_PROBLEMS_KEPT`. */
  readonly problems: readonly ProblemAt[];
  readonly problemCount: number;
  /** Of its content in the knowledge; 0 until something was taken in, rises when something changed. */
  readonly version: number;
  /** SHA-256 over its chunks, hex. */
  readonly contentHash: string | null;
  /** Between two visits of its pages; null for never. */
  readonly everyHours: number | null;
  /** When it is taken in next; null while nothing is planned. */
  readonly dueAt: Date | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly takenInAt: Date | null;
}

export const MAX_PROBLEMS_KEPT = 100;

/** What a source may hold; larger knowledge is made of several sources. */
export const SOURCE_LIMITS = {
  perBot: 200,
  /** Of all contents of a bot that lie here. */
  bytesPerBot: 200 * 1_048_576,
  textLetters: 1_000_000,
  pairs: 5_000,
  fileBytes: 20 * 1_048_576,
  pages: 1_000,
  urls: 100,
} as const;
