import type { AssistantSettings } from '@baton/contracts';
import type { Passage, Retrieval } from '@baton/knowledge';

/** A line of the conversation so far, oldest first. */
export interface TalkLine {
  readonly from: 'visitor' | 'agent' | 'assistant';
  readonly text: string;
  readonly at: Date;
}

export interface AnswerRequest {
  /** Everything said in this episode, bounded by the caller; the visitor's lines since the last answer are what is asked. */
  readonly talk: readonly TalkLine[];
  /** What the channel says of the visitor's language (BCP 47); his words weigh more. */
  readonly locale?: string;
  /** The language of the team, BCP 47, for notes to agents; without it English. */
  readonly teamLocale?: string;
  readonly botName: string;
  /** What is known of the visitor, so that it can be masked before a model sees it; it is told to nobody. */
  readonly profile?: { readonly names?: readonly string[]; readonly emails?: readonly string[]; readonly phones?: readonly string[] };
  readonly settings: Pick<AssistantSettings, 'answers' | 'texts'>;
  /** Without one the best passage answers word for word. */
  readonly model?: {
    readonly baseUrl: string;
    readonly model: string;
    readonly apiKey?: string;
    readonly timeoutMs: number;
    readonly maxTokens: number;
  };
  /** Questions in a row that stayed without an answer before this one. */
  readonly missesBefore: number;
  /** The visitor has not been told yet that a machine speaks (or a human spoke since). */
  readonly mustSayAutomated: boolean;
  readonly retrieve: (question: string, signal: AbortSignal) => Promise<Retrieval>;
  readonly signal: AbortSignal;
}

/** What a rule said about an answer before it may be sent. */
export interface Verdict {
  /** Such as `support`, `numbers`, `links`, `promises`, `injection`, `language`, `length`. */
  readonly rule: string;
  readonly passed: boolean;
  /** Which answer it is about, where a model's answer was judged before the words of a source took its place. */
  readonly of?: 'extract' | 'model';
  /** For operators; never the visitor's words. */
  readonly detail?: string;
}

/** How an answer came to be, for its receipt. */
export interface AnswerTrace {
  /** As it was looked up, after the rewriting of a follow-up. */
  readonly question: string;
  readonly language: string;
  readonly passages: readonly Passage[];
  readonly support: number;
  readonly threshold: number;
  readonly verdicts: readonly Verdict[];
  /** `extract`: word for word; `model`: written by the model named in `model`. */
  readonly by: 'extract' | 'model' | 'none';
  readonly model?: string;
  /** What all that a model was asked for this answer cost; absent where none was asked, or its endpoint does not say. */
  readonly tokens?: { readonly read: number; readonly written: number };
  readonly ms: { readonly retrieve: number; readonly model: number; readonly total: number };
}

/** What to do for the visitor; `text` is whole, ready to be shown. */
export type Answered =
  | { readonly kind: 'answer'; readonly text: string; readonly citations: readonly Citation[]; readonly trace: AnswerTrace }
  /** Support is too weak: said so; counts as a miss. */
  | { readonly kind: 'unknown'; readonly text: string; readonly trace: AnswerTrace }
  /** A human is needed: the visitor asked for one, or support was too weak too often. `text` tells the visitor; `note` tells the agent. */
  | {
      readonly kind: 'human';
      readonly reason: 'asked' | 'unsupported' | 'misses';
      readonly text: string;
      readonly note: string;
      readonly trace: AnswerTrace;
    }
  /** A greeting, thanks or a goodbye: answered in kind, counts as no miss and needs no passage. */
  | { readonly kind: 'courtesy'; readonly text: string; readonly trace: AnswerTrace }
  /** Something of ours failed; the text is the fixed line for that. */
  | { readonly kind: 'trouble'; readonly text: string; readonly error: string; readonly trace: AnswerTrace };

export interface Citation {
  readonly chunkId: string;
  readonly sourceId: string;
  readonly sourceVersion: number;
  readonly title: string;
  readonly url?: string;
}
