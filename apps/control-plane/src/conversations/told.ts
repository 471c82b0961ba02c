/** What the services tell of a conversation at their inner doors. All times in ms. */
export interface ToldConversation {
  readonly id: string;
  readonly botId: string;
  readonly channel: 'webchat' | 'messenger';
  readonly floor: 'bot' | 'escalating' | 'waiting' | 'agent';
  readonly visitor: { readonly name: string | null; readonly email: string | null };
  readonly present: boolean;
  readonly startedAt: number;
  readonly lastActivityAt: number;
  readonly waitingSince: number | null;
  readonly mutedUntil: number | null;
  readonly handovers: number;
  readonly agent: string | null;
  readonly category: string | null;
}

export interface ToldHandover {
  readonly id: string;
  readonly number: number;
  readonly requestedBy: string;
  readonly cause: { readonly by: string; readonly detail?: string } | null;
  readonly category: string | null;
  readonly reason: string | null;
  readonly requestedAt: number;
  readonly acceptedAt: number | null;
  readonly takenAt: number | null;
  readonly connectedAt: number | null;
  readonly endedAt: number | null;
  readonly outcome: string | null;
  readonly outcomeDetail: string | null;
  readonly agent: string | null;
  readonly websiteId: string | null;
  readonly sessionId: string | null;
}

export interface ToldHead {
  readonly id: string;
  readonly botId: string;
  readonly channel: 'webchat' | 'messenger';
  readonly floor: 'bot' | 'escalating' | 'waiting' | 'agent';
  readonly epoch: number;
  readonly visitor: {
    readonly name: string | null;
    readonly email: string | null;
    readonly locale: string | null;
    readonly present: boolean;
  };
  readonly startedAt: number;
  readonly lastActivityAt: number;
  readonly mutedUntil: number | null;
  readonly answeredElsewhere: boolean;
  readonly timers: readonly { readonly kind: string; readonly dueAt: number }[];
  readonly promises: readonly { readonly kind: string; readonly dueAt: number }[];
  readonly handovers: readonly ToldHandover[];
}

interface Body {
  readonly type: 'text' | 'file';
  readonly text?: string;
  readonly name?: string;
  readonly quickReplies?: readonly { readonly title: string }[];
}

export interface ToldLine {
  readonly kind: 'line';
  readonly id: string;
  readonly at: number;
  readonly position: number;
  readonly author: { readonly kind: 'visitor' | 'bot' | 'agent' | 'system'; readonly name?: string };
  readonly body: Body | null;
  readonly editedAt: number | null;
  readonly removedAt: number | null;
  readonly via: string | null;
  readonly status: string | null;
  readonly failure: string | null;
  readonly reason: string | null;
  readonly handoverId: string | null;
  readonly mailed: boolean;
}

export interface Consequence {
  readonly what: string;
  readonly [detail: string]: string | number | boolean | null | undefined;
}

export interface ToldDecision {
  readonly kind: 'decision';
  readonly id: string;
  readonly at: number;
  readonly fact: string;
  readonly floorBefore: string;
  readonly floorAfter: string;
  readonly epochBefore: number;
  readonly epochAfter: number;
  readonly handoverId: string | null;
  readonly traceId: string | null;
  readonly detail: {
    readonly came: Readonly<Record<string, string | number | boolean | null | readonly string[]>>;
    readonly did: readonly Consequence[];
    readonly messageId?: string;
    readonly effects?: readonly string[];
    readonly lines?: readonly string[];
    readonly timersSet?: readonly { readonly kind: string; readonly dueAt: number }[];
    readonly timersCleared?: readonly string[];
  };
}

export interface ToldEffect {
  readonly kind: 'effect';
  readonly id: string;
  readonly at: number;
  readonly position?: number;
  readonly work: string;
  readonly target: string;
  readonly state: string;
  readonly inDoubt: boolean;
  readonly attempts: number;
  readonly reason: string | null;
  readonly begunAt: number | null;
  readonly endedAt: number | null;
  readonly deadline: number | null;
  readonly messageId?: string | null;
  readonly answerId?: string | null;
  readonly handoverId?: string | null;
}

export interface ToldPromise {
  readonly kind: 'promise';
  readonly id: string;
  readonly at: number;
  readonly promise: string;
  readonly text: string | null;
  readonly dueAt: number;
  readonly endedAt: number | null;
  readonly ended: string | null;
  readonly messageId: string;
  readonly handoverId: string | null;
}

export interface ToldRating {
  readonly kind: 'rating';
  readonly id: string;
  readonly at: number;
  readonly stretch: string;
  readonly stars: number;
  readonly comment: string | null;
  readonly via: string;
  readonly handoverId: string | null;
}

export interface ToldDelivery {
  readonly kind: 'delivery';
  readonly id: string;
  readonly at: number;
  readonly seq: number;
  readonly line: 'message' | 'edit' | 'removal' | 'mode' | 'gap';
  readonly messageId: string | null;
  readonly author: string | null;
  readonly floor: string | null;
  readonly reached: 'log' | 'delivered' | 'seen';
  readonly parts: readonly {
    readonly part: number;
    readonly state: 'open' | 'sent' | 'failed';
    readonly failure: string | null;
    readonly sentAt: number | null;
    readonly delivered: boolean;
    readonly mid: string | null;
    readonly attempts: number | null;
    readonly inDoubt: boolean | null;
    readonly reason: string | null;
  }[];
}

export interface ToldAnswer {
  readonly kind: 'answer';
  readonly id: string;
  readonly at: number;
  readonly place: 'inbox' | 'webchat' | 'messenger';
  readonly epoch: number;
  readonly answer: 'answer' | 'unknown' | 'human' | 'courtesy' | 'trouble' | 'quota-end';
  readonly text: string;
  readonly citations: readonly { readonly chunkId: string }[];
  readonly trace: {
    readonly question: string;
    readonly language: string;
    readonly passages: readonly {
      readonly chunkId: string;
      readonly sourceVersion: number;
      readonly sourceTitle: string;
      readonly url?: string;
      readonly titlePath: readonly string[];
      readonly text: string;
      readonly question?: string;
      readonly scores: { readonly lexical?: number; readonly dense?: number; readonly fused: number };
    }[];
    readonly support: number;
    readonly threshold: number;
    readonly verdicts: readonly { readonly rule: string; readonly passed: boolean; readonly detail?: string }[];
    readonly by: 'extract' | 'model' | 'none';
    readonly model?: string;
    readonly ms: { readonly retrieve: number; readonly model: number; readonly total: number };
  } | null;
  readonly state: 'planned' | 'posted' | 'dropped' | 'suggested' | 'shadow' | 'failed';
  readonly why: string | null;
  readonly quota: {
    readonly entryId: string;
    readonly state: 'reserved' | 'committed' | 'refunded';
    readonly why: string | null;
    readonly period: string;
  } | null;
}

/** A conversation that lives in Crisp's inbox alone. */
export interface ToldSession {
  readonly id: string;
  readonly botId: string;
  readonly websiteId: string;
  readonly state: 'open' | 'waiting' | 'human' | 'off' | 'handover' | 'removed';
  readonly epoch: number;
  readonly visitor: { readonly name: string | null; readonly email: string | null; readonly locale: string | null };
  readonly startedAt: number;
  readonly lastActivityAt: number;
  readonly waitingSince: number | null;
  readonly dueAt: number | null;
}

export interface ToldSessionLine {
  readonly kind: 'line';
  readonly id: string;
  readonly at: number;
  readonly from: 'visitor' | 'human' | 'machine' | 'assistant';
  readonly text: string | null;
  readonly editedAt: number | null;
  readonly answerId: string | null;
  readonly silence: string | null;
}

export interface ToldSessionTurn {
  readonly kind: 'turn';
  readonly id: string;
  readonly at: number;
  readonly what: string;
}

export type ToldOfConversation = ToldLine | ToldDecision | ToldEffect | ToldPromise | ToldRating;
export type ToldOfAssistant = ToldSessionLine | ToldSessionTurn | ToldAnswer | ToldEffect;

/** A part of a timeline as one service tells it; what is older than `from` is not among its facts. */
export interface ToldPart<Fact, Head> {
  readonly head: Head;
  readonly facts: readonly Fact[];
  readonly from: number | null;
}
