/**
 * What the command line and an orchestrator's own program say to each other while something that happened is judged again: one JSON
 * object a line. A program of another build is understood when it speaks the same format.
 */
export const REPLAY_FORMAT = 1;

/**
 * What was decided of one fact, without what people said. Kept with the fact, and made anew when it is judged again.
 * A change of these words needs a new {@link REPLAY_FORMAT}.
 */
export interface DecidedOutline {
  readonly kind: string;
  readonly id: string;
  /** `<action>:<what>:<n>#<digest>`, in order, such as `deliver:system:12#9f86d081`: the n-th line; the digest is of all but numbers in a row. */
  readonly did: readonly string[];
  /** Parts of the conversation that became others: counters as steps (`+1`), what says nothing of people as it is, else `#<digest>`. */
  readonly changed: Readonly<Record<string, unknown>>;
  /** It never became a fact, and why. */
  readonly passedOver?: string | undefined;
}

/** A record as it lies in Kafka; `value` and `headers` as text. */
export interface ReplayRecord {
  readonly topic: string;
  readonly key: string;
  readonly value: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Something that was judged, as it was kept. */
export interface ReplayEntry {
  readonly type: 'entry';
  readonly conversationId: string;
  /** Rises with the order in which a conversation's facts were judged. */
  readonly position: string;
  /** The time that the rule was given (ms). */
  readonly at: number;
  /** It lies before the range that was asked for, and is only judged to come to the state at its beginning. */
  readonly leadsUp?: true | undefined;
  /** The conversation before it; absent where it follows from the entry before. */
  readonly start?: object | undefined;
  readonly record?: ReplayRecord | undefined;
  /** What came, where no record has it. */
  readonly matter?: object | undefined;
  /** What was known of the message or session in Crisp. */
  readonly knew?: object | undefined;
  readonly policy?: string | undefined;
  readonly decided: readonly DecidedOutline[];
  /** The record that brought it is gone, so it cannot be judged again. */
  readonly gone?: true | undefined;
}

export type ReplayLine =
  | { readonly type: 'hello'; readonly format: number; readonly version: string }
  /** What a bot's settings said when something was judged. */
  | { readonly type: 'policy'; readonly id: string; readonly policy: object }
  | {
      readonly type: 'conversation';
      readonly conversationId: string;
      readonly botId: string;
      readonly channel: string;
      readonly address: string;
      /** What the visitor was shown and said, by its place; only where words were asked for. */
      readonly lines?: Readonly<Record<string, string>> | undefined;
    }
  | ReplayEntry
  | {
      readonly type: 'end';
      readonly entries: number;
      /** Nothing of any conversation is noted: noting is switched off, or has only begun. */
      readonly nothingNoted?: true | undefined;
    };

/** What a build is told before the first line. */
export interface ReplayOptions {
  readonly type: 'options';
  readonly format: number;
  /** Fields of every policy that are to have another value: `handover.timers.silenceSeconds`. */
  readonly set: Readonly<Record<string, unknown>>;
  readonly explain: boolean;
  readonly words: boolean;
}

/** The conversation in short, around a decision. */
export interface ReplayState {
  readonly floor: string;
  readonly epoch: number;
  readonly turn: number;
  readonly handover: string | null;
  readonly timers: Readonly<Record<string, number>>;
  readonly held: number;
  readonly unanswered: number;
  readonly promises: readonly string[];
}

/** What a build decides of an entry. */
export interface ReplayAnswer {
  readonly type: 'judged';
  readonly conversationId: string;
  readonly position: string;
  readonly at: number;
  readonly decided: readonly DecidedOutline[];
  /** This build's own timer rang where none rang then: what came of it. */
  readonly rang?: readonly { readonly at: number; readonly decided: DecidedOutline }[] | undefined;
  /** The state at a new start was not what this replay had come to. */
  readonly resumed?: true | undefined;
  /** This build could not judge it; the reason never quotes people. */
  readonly failed?: string | undefined;
  /** It could not be judged for want of what is needed, whatever the build. */
  readonly unsure?: string | undefined;
  readonly steps?:
    | readonly {
        readonly before: ReplayState;
        readonly came: Readonly<Record<string, unknown>>;
        readonly after: ReplayState;
        /** Only where words were asked for: what was delivered, by the action's place. */
        readonly words?: Readonly<Record<string, string>> | undefined;
      }[]
    | undefined;
}
