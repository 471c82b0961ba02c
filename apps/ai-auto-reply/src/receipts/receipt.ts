import type { Answered, AnswerTrace, Citation } from '@baton/answering';

/**
 * `planned`: decided, not said yet; `posted`: said to the visitor; `dropped`: overtaken or no longer allowed; `suggested`: told to agents
 * in a note; `shadow`: recorded only; `failed`: it could not be brought there.
 */
export type ReceiptState = 'planned' | 'posted' | 'dropped' | 'suggested' | 'shadow' | 'failed';

/** An answer with all that it rests on, so that anyone can be told why it was given. */
export interface Receipt {
  /** A UUID, the same for the same question however often it is tried. */
  readonly answerId: string;
  readonly workspaceId: string;
  readonly botId: string;
  readonly place: 'inbox' | 'webchat' | 'messenger';
  /** In the inbox: Crisp's session. */
  readonly sessionId?: string;
  /** In a channel of ours: the conversation. */
  readonly conversationId?: string;
  /** Of the session or conversation when it was answered; a higher one has overtaken it. */
  readonly epoch: number;
  /** `quota-end`: the line that is said when the plan's answers are used up. */
  readonly kind: Answered['kind'] | 'quota-end';
  readonly text: string;
  readonly citations: readonly Citation[];
  /** Null where nothing was looked up. */
  readonly trace: AnswerTrace | null;
  /** Null where nothing is counted. */
  readonly quotaEntryId: string | null;
  readonly state: ReceiptState;
  /** Why it is in that state, a code such as `superseded` or `human`. */
  readonly why?: string;
  readonly at: Date;
}
