import type { Author, Cause, MessageBody } from '@baton/contracts';

/** One line as the page shows it. */
export interface ViewLine {
  readonly author: Author;
  /** Null when its author took it back. */
  readonly body: MessageBody | null;
  readonly at: Date;
  readonly editedAt: Date | null;
  readonly via: string | null;
  /** What became of it: `waiting`, `sent`, `failed`, `superseded`, `delivered`, `seen`; null while nothing is known. */
  readonly status: string | null;
  /** Of one that failed or waits: the kind of failure, and the channel's code for it. */
  readonly failure: string | null;
  readonly reason: string | null;
  readonly handoverId: string | null;
}

export interface ViewHandover {
  readonly id: string;
  readonly number: number;
  readonly category: string | null;
  readonly reason: string | null;
  /** What made somebody ask for it; null when nobody wrote that down. */
  readonly cause: Cause | null;
  readonly agentName: string | null;
  readonly requestedAt: Date;
  readonly endedAt: Date | null;
  readonly outcome: string | null;
  /** Why it was declined, which timer ended it, or who cancelled. */
  readonly outcomeDetail: string | null;
  /** An answer by e-mail was promised instead. */
  readonly followedUp: boolean;
}

export interface ViewPriorLine {
  readonly speaker: 'visitor' | 'bot' | 'agent';
  readonly text: string;
  readonly at: Date | null;
}

/** A conversation, ready to be shown; one page of it. */
export interface HistoryView {
  readonly botName: string;
  readonly visitorName: string | null;
  readonly channel: string;
  readonly startedAt: Date;
  readonly floor: string;
  readonly lines: readonly ViewLine[];
  readonly handovers: readonly ViewHandover[];
  /** On the first page only. */
  readonly priorLines: readonly ViewPriorLine[];
  /** From 1. */
  readonly page: number;
  readonly pages: number;
  readonly total: number;
  readonly expiresAt: Date;
  /** The page's own path, without a query. */
  readonly path: string;
}
