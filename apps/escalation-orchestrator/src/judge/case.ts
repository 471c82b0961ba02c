import type { Channel } from '@baton/contracts';
import type { PartitionOffset } from '@baton/messaging';
import type { DeskEvent } from './desk-events.js';
import type { Conversation } from '../floor/conversation.js';
import type { Fact, FactOf } from '../floor/facts.js';

/** A line of a talk that happened before Baton saw the conversation, told by the bot. */
export interface PriorLine {
  readonly speaker: 'visitor' | 'bot' | 'agent';
  readonly text: string;
  /** ISO 8601; null where the bot does not know. */
  readonly at: string | null;
}

/** What a case is about. */
export type Matter =
  | { readonly about: 'fact'; readonly fact: Fact }
  /** Judged only when this bot is the conversation's own; else it is told so. */
  | {
      readonly about: 'bot-answer';
      readonly botId: string;
      readonly fact: FactOf<'bot-answered'>;
      readonly history?: readonly PriorLine[] | undefined;
      /** The bot hears by itself that it asked for a conversation that is not its own (it called us over HTTP). */
      readonly hearsRefusal?: true | undefined;
    }
  /** Something in Crisp that has to be held against what is known of that message or session before it is a fact. */
  | { readonly about: 'desk'; readonly event: DeskEvent };

/** One thing to be judged. */
export interface Case {
  readonly conversationId: string;
  /** Given where the conversation may be met for the first time. */
  readonly begins?: { readonly botId: string; readonly channel: Channel; readonly address: string } | undefined;
  /** Its name in the inbox, under which it is judged once; null for what cannot come twice (an effect's end, a timer). */
  readonly inboxId: string | null;
  readonly matter: Matter;
  /** The record of a topic that brought it and can bring it again. */
  readonly from?: PartitionOffset | undefined;
  /** W3C trace context of what brought it. */
  readonly traceparent?: string | undefined;
}

export type Verdict =
  /** It was judged before. */
  | { readonly came: 'again' }
  /** No such conversation. */
  | { readonly came: 'astray' }
  /** For a bot's answer only: it is another bot's conversation. */
  | { readonly came: 'from-a-stranger' }
  /** Judged, perhaps without any consequence. */
  | { readonly came: 'first'; readonly before: Conversation; readonly after: Conversation };
