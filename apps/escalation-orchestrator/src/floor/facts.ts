import type { BotMessage, MessageBody, UserData } from '@baton/contracts';
import type { NoteCommand } from '@baton/crisp';
import type { ReplyTo, VisitorFile } from './conversation.js';
import type { Undelivered } from './failure-words.js';

/**
 * What can happen to a conversation, whatever brought it. `id` names the fact for good (a repeated fact has the same
 * id and is never judged twice); times are ms.
 */
export type Fact = { readonly id: string } & (
  | {
      readonly kind: 'visitor-wrote';
      readonly messageId: string;
      readonly at: number;
      readonly body: MessageBody;
      readonly locale: string | null;
      readonly replyTo?: ReplyTo | undefined;
      /** The link or ad by which he came. */
      readonly cameBy?: string | undefined;
    }
  /** Somebody answered him in the channel itself, past us: `by` is how the channel names him. */
  | {
      readonly kind: 'answered-elsewhere';
      readonly messageId: string;
      readonly at: number;
      readonly body: MessageBody;
      readonly by: string;
    }
  /** The channel did not bring a line of ours, or could not take it back; `sessionId` is where in Crisp it was written. */
  | ({ readonly kind: 'delivery-failed'; readonly messageId: string; readonly sessionId: string | null } & Undelivered)
  | { readonly kind: 'visitor-presence'; readonly present: boolean }
  /** Who he is, as his channel names him. */
  | { readonly kind: 'visitor-known'; readonly name: string; readonly locale: string | null }
  | {
      readonly kind: 'bot-answered';
      readonly answerId: string;
      readonly requestedBy: 'bot' | 'api';
      readonly turn: number | null;
      readonly epoch: number | null;
      readonly messages: readonly BotMessage[];
      readonly muted: boolean | null;
      readonly needHelp: boolean;
      readonly category: string | null;
      readonly reason: string | null;
      /** With a call for help: what the agents should know, for their eyes only. */
      readonly note: string | null;
      readonly userData: UserData | null;
      /** It had no answer. */
      readonly fallback?: boolean | undefined;
      /** The bot told more of the visitor than may be told; nothing of that is known. */
      readonly userDataLeftOut?: boolean | undefined;
      /** The visitor is to be asked for his address, for an answer by e-mail. */
      readonly contactByEmail?: boolean | undefined;
    }
  /** Are agents there? Asked for this handover. */
  | { readonly kind: 'availability-known'; readonly handoverId: string; readonly answer: AvailabilityAnswer }
  | { readonly kind: 'desk-opened'; readonly handoverId: string; readonly sessionId: string }
  | { readonly kind: 'first-message-posted'; readonly handoverId: string; readonly line?: WaitingLine | undefined }
  /** A step of opening the conversation in Crisp cannot succeed any more. */
  | { readonly kind: 'opening-failed'; readonly handoverId: string; readonly code: string }
  /** Crisp will never take this word: the session is gone, or the words were refused. */
  | {
      readonly kind: 'word-refused';
      readonly handoverId: string;
      readonly messageId: string;
      readonly at: number;
      readonly text: string;
      readonly file?: VisitorFile | undefined;
      readonly code: string;
    }
  | {
      readonly kind: 'agent-wrote';
      readonly sessionId: string;
      readonly websiteId: string;
      readonly messageId: string;
      readonly fingerprint: string;
      /** The message's own time, by Crisp's clock. */
      readonly at: number;
      readonly agent: { readonly name: string; readonly avatar?: string | undefined };
      readonly body: MessageBody;
      /** It was taken back before we heard of it. */
      readonly removed: boolean;
    }
  /** The visitor wrote on Crisp's side (answered an e-mail). */
  | {
      readonly kind: 'visitor-wrote-at-desk';
      readonly sessionId: string;
      readonly messageId: string;
      readonly fingerprint: string;
      readonly at: number;
      readonly body: MessageBody;
      readonly via: string;
    }
  /** `messageId` is a message the visitor was shown. */
  | { readonly kind: 'agent-edited'; readonly messageId: string; readonly body: MessageBody }
  | { readonly kind: 'agent-removed'; readonly messageId: string }
  /** Somebody opened, took or was given the conversation in the inbox. */
  | { readonly kind: 'desk-taken'; readonly sessionId: string }
  | { readonly kind: 'desk-state'; readonly sessionId: string; readonly state: 'pending' | 'unresolved' | 'resolved'; readonly at: number }
  | { readonly kind: 'desk-removed'; readonly sessionId: string; readonly at: number }
  /** Somebody told us by a private note what to do. */
  | {
      readonly kind: 'agent-commanded';
      readonly sessionId: string;
      readonly websiteId: string;
      /** When Crisp heard of it. */
      readonly at: number;
      /** His name, where Crisp says one. */
      readonly by: string | null;
      /** Crisp's id of him; null where it says none. */
      readonly operatorId: string | null;
      /** Whether he works for the website: asked of Crisp first; `unknown`: it could not be asked. */
      readonly writer: 'unchecked' | 'agent' | 'stranger' | 'unknown';
      readonly command: DeskCommand;
    }
  /** The segments of a conversation in the inbox, all of them. */
  | {
      readonly kind: 'segments-set';
      readonly sessionId: string;
      readonly websiteId: string;
      readonly segments: readonly string[];
      /** When Crisp heard of it. */
      readonly at: number;
    }
  /** The visitor answered Crisp's own question how it was. */
  | {
      readonly kind: 'rated-at-desk';
      readonly sessionId: string;
      readonly stars: number;
      readonly comment: string | null;
      readonly at: number;
    }
  /** The conversation for an answer by e-mail is in the inbox, with its first message. */
  | { readonly kind: 'follow-up-opened'; readonly handoverId: string; readonly sessionId: string }
  | { readonly kind: 'follow-up-failed'; readonly handoverId: string; readonly code: string }
  /** Somebody switched off everything automatic here. */
  | { readonly kind: 'bot-stopped' }
  /** Some timer of the conversation is due; which ones, the conversation knows. */
  | { readonly kind: 'time-passed' }
);

/** What Crisp said about the operators of a category. */
export type AvailabilityAnswer = 'yes' | 'nobody-online' | 'nobody-for-category' | 'crisp-unreachable' | 'quota';

/** Those who wait for the same agents at this moment, and how long others waited lately. */
export interface WaitingLine {
  /** Accepted before this one, and without a human's word yet. */
  readonly ahead: number;
  /** Within so many ms four of five visitors had a human's word; null when too few or too different ones say nothing. */
  readonly estimate: number | null;
}

/** What an agent may tell us in the inbox. */
export type DeskCommand = NoteCommand;

export type FactKind = Fact['kind'];
export type FactOf<K extends FactKind> = Extract<Fact, { kind: K }>;
