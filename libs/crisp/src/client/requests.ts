import type { CrispState } from '../wire.js';

/** How to reach Crisp, and as whom. */
export interface CrispClientOptions {
  /** Without `/v1`. Default `https://api.crisp.chat`. */
  readonly apiUrl?: string;
  readonly tier: 'plugin' | 'website';
  readonly tokenId: string;
  readonly tokenKey: string;
  /** For each call, from its first byte to the last of the answer. Default 5,000. */
  readonly timeoutMs?: number;
  /** Told of every answer. It must not throw. */
  readonly onAnswer?: (answer: AnswerHeard) => void;
}

/** That Crisp answered a call: it counts one of the token's day. */
export interface AnswerHeard {
  /** It refused because there were too many calls: now (420, 429), or of the day (423). */
  readonly limited: boolean;
}

/** What one call may be given on top. */
export interface CallOptions {
  /** Ends the call early, as `crisp.timeout`. */
  readonly signal?: AbortSignal;
  readonly timeoutMs?: number;
}

/** Where a conversation is. */
export interface SessionAddress {
  readonly websiteId: string;
  readonly sessionId: string;
}

export type OutgoingContent =
  | { readonly type: 'text' | 'note'; readonly content: string }
  | { readonly type: 'file'; readonly content: { readonly name: string; readonly url: string; /** MIME */ readonly type: string } };

export type OutgoingCrispMessage = OutgoingContent & {
  /** `user`: the visitor speaks, agents are notified; `operator`: the support side does, they are not. A note is an operator's. */
  readonly from: 'user' | 'operator';
  /** Chosen and stored before the call (`newFingerprint`), so that the echo is known. */
  readonly fingerprint: number;
  /** `OUR_ORIGIN(service)`. */
  readonly origin: string;
  /** Flat; ours carry `baton`. */
  readonly properties?: Readonly<Record<string, string | number | boolean>>;
  /** A machine speaks: Crisp does not take it for a human. */
  readonly automated?: boolean;
  /** Who is shown as the author. */
  readonly user?: { readonly nickname: string; readonly avatar?: string };
  /** Milliseconds; a past time dates it back. */
  readonly timestamp?: number;
};

export interface Availability {
  /** Whether anyone can be expected to answer. */
  readonly online: boolean;
  /** Milliseconds, since when. */
  readonly since?: number;
}

export interface CrispOperator {
  readonly userId: string;
  readonly name: string;
  readonly email?: string;
  readonly avatar?: string;
  readonly online: boolean;
}

export interface ConversationFilter {
  readonly notResolved?: boolean;
  readonly resolved?: boolean;
  readonly unread?: boolean;
  readonly assignedTo?: string;
  readonly unassigned?: boolean;
  /** 20 to 50; default 50. */
  readonly perPage?: number;
}

export interface StateChange {
  readonly state: CrispState;
  readonly origin?: string;
}
