import type { Author, Cause, DeclineReason, EventInput, Floor, MessageBody, UserData, botTurns, handovers } from '@baton/contracts';
import type { OpenPromise, VisitorFile } from './conversation.js';
import type { FactOf } from './facts.js';

/** A line of the transcript. */
export interface Line {
  readonly messageId: string;
  readonly position: number;
  readonly at: number;
  readonly author: Author;
  readonly body: MessageBody;
  readonly handoverId: string | null;
  /** Crisp's fingerprint of it, when it was written there. */
  readonly crisp?: { readonly sessionId: string; readonly fingerprint: string } | undefined;
  readonly via?: string | undefined;
}

/** A promise is made, or ends: in words (`apologised`, `cancelled`) or by being kept. */
export type PromiseChange =
  | { readonly is: 'made'; readonly promise: OpenPromise; readonly messageId: string; readonly text: string }
  | { readonly is: 'warned'; readonly id: string }
  /** An agent asked for time, or gave it back: its end moved with the timer that gives the visitor back. */
  | { readonly is: 'moved'; readonly id: string; readonly dueAt: number }
  | { readonly is: 'kept' | 'cancelled' | 'apologised'; readonly id: string; readonly kind: OpenPromise['kind']; readonly dueAt: number };

/** How it was, as the visitor says. */
export interface RatingGiven {
  readonly stretch: 'bot' | 'human';
  readonly handoverId: string | null;
  /** Which stretch of its kind: the number of the handover, or how many handovers were before the talk with the bot. */
  readonly number: number;
  readonly stars: number;
  readonly comment: string | null;
  readonly via: 'channel' | 'crisp';
}

interface Sequenced {
  readonly deliverySequence: number;
  readonly epoch: number;
}

/** What has to be done because of a decision; carried out in the order given, in the transaction that decided. */
export type Action =
  /** Into the transcript only: the visitor's channel has it already. */
  | { readonly do: 'record'; readonly line: Line }
  /** Into the transcript and to the visitor. */
  | ({ readonly do: 'deliver'; readonly line: Line; readonly withdrawable: boolean; readonly mailed?: true | undefined } & Sequenced)
  | ({ readonly do: 'edit'; readonly messageId: string; readonly body: MessageBody } & Sequenced)
  | ({ readonly do: 'remove'; readonly messageId: string } & Sequenced)
  | ({ readonly do: 'mode'; readonly floor: Floor; readonly agent?: { name: string; avatar?: string | undefined } | undefined } & Sequenced)
  | { readonly do: 'tell-bot'; readonly event: BotTurnEvent }
  /** Told with the lines that visitor and agent exchanged in that handover, or past us since that position, if any. */
  | {
      readonly do: 'unmute';
      readonly epoch: number;
      readonly reason: EventInput<typeof botTurns, 'bot.unmuted'>['reason'];
      readonly handoverId: string | null;
      readonly sincePosition?: number | null | undefined;
      /** The block of its flow that the bot goes on with; null where nobody chose one. */
      readonly continueWith?: string | null | undefined;
      /** A handover in which a human spoke has ended: the bot is told of it in short. */
      readonly capsule?: { readonly beganAt: number; readonly endedAt: number; readonly category: string | null } | undefined;
    }
  | { readonly do: 'announce'; readonly event: HandoverEvent }
  | { readonly do: 'desk'; readonly work: DeskWork }
  /** Takes back the planned work of a handover that has not been begun. */
  | { readonly do: 'withdraw-desk-work'; readonly handoverId: string }
  | { readonly do: 'promise'; readonly change: PromiseChange }
  | { readonly do: 'rate'; readonly rating: RatingGiven }
  /** Something goes round in a circle, or worse; counted by name, and told in the log. */
  | { readonly do: 'alarm'; readonly name: 'handover-loop' | 'bot-loop' }
  /** Something at Crisp was ignored on purpose; counted by reason. */
  | { readonly do: 'ignore'; readonly reason: string };

export type BotTurnEvent = {
  [T in 'bot.turn' | 'bot.muted' | 'bot.answer-rejected']: {
    readonly type: T;
    readonly data: Omit<EventInput<typeof botTurns, T>, 'conversation_id' | 'bot_id' | 'channel' | 'at'>;
  };
}['bot.turn' | 'bot.muted' | 'bot.answer-rejected'];

type HandoverType = keyof (typeof handovers)['events'] & string;
export type HandoverEvent = {
  [T in HandoverType]: {
    readonly type: T;
    readonly data: Omit<EventInput<typeof handovers, T>, 'conversation_id' | 'bot_id' | 'channel' | 'at'>;
  };
}[HandoverType];

/** Work in Crisp, each piece an effect in the conversation's lane. */
export type DeskWork =
  | {
      readonly kind: 'ask-availability';
      readonly handoverId: string;
      readonly websiteId: string;
      readonly category: string | null;
      /** Of these one must be online; anybody when there are none. */
      readonly operatorIds?: readonly string[] | undefined;
      readonly deadline: number;
    }
  /** Opens a session, or takes `reuse` again. */
  | {
      readonly kind: 'open-session';
      readonly handoverId: string;
      readonly websiteId: string;
      readonly reuse: string | null;
      /** The inbox that the category goes to. */
      readonly inboxId?: string | undefined;
      readonly deadline: number;
    }
  | {
      readonly kind: 'set-contact';
      readonly handoverId: string;
      readonly websiteId: string;
      readonly category: string | null;
      readonly userData: UserData;
      readonly locale: string | null;
      readonly deadline: number | null;
    }
  | {
      readonly kind: 'post-first-message';
      readonly handoverId: string;
      readonly websiteId: string;
      readonly category?: string | null | undefined;
      readonly fingerprint: number;
      readonly deadline: number;
    }
  /** One fingerprint for each part the text is cut into (see `splitForDesk`). */
  | {
      readonly kind: 'post-visitor-words';
      readonly handoverId: string;
      readonly websiteId: string;
      readonly messageId: string;
      readonly at: number;
      readonly part: number;
      readonly text: string;
      /** Given as a file where Crisp takes it, else as the text. */
      readonly file?: VisitorFile | undefined;
      readonly fingerprint: number;
    }
  | {
      readonly kind: 'post-note';
      readonly handoverId: string;
      readonly websiteId: string;
      readonly text: string;
      readonly fingerprint: number;
      /** Not only a remark: agents act on it. */
      readonly mustArrive?: true | undefined;
      /** It says nothing any more from then on (ms). */
      readonly deadline?: number | undefined;
      /** Where it is to stand, whichever session the handover has. */
      readonly sessionId?: string | undefined;
    }
  /** What the agent should know at the beginning, made of the transcript when it is posted. */
  | {
      readonly kind: 'post-briefing';
      readonly handoverId: string;
      readonly websiteId: string;
      readonly category: string | null;
      readonly reason: string | null;
      readonly cause: Cause;
      readonly locale: string | null;
      /** Since when he waits (ms). */
      readonly since: number;
      /** The bot tells by a note of its own what it tried. */
      readonly hasBotNote: boolean;
      readonly fingerprint: number;
    }
  /** Opens a conversation for an answer by e-mail, with everything in it. */
  | {
      readonly kind: 'open-follow-up';
      readonly handoverId: string;
      readonly websiteId: string;
      readonly category: string | null;
      readonly inboxId?: string | undefined;
      readonly email: string;
      readonly userData: UserData;
      readonly locale: string | null;
      /** Why nobody could be promised here; null when that was not asked. */
      readonly because: DeclineReason | null;
      /** When he asked for it (ms): what he said before is what it is about. */
      readonly askedAt: number;
      /** ms */
      readonly answerUntil: number;
      /** The first of three in a row: for the first message, his last words and the note. */
      readonly fingerprint: number;
    }
  /** Takes a segment off that was set as a command. */
  | {
      readonly kind: 'drop-segment';
      readonly handoverId: string;
      readonly websiteId: string;
      readonly sessionId: string;
      readonly segment: string;
    }
  /** Does who wrote a command work for the website? */
  | ({ readonly kind: 'check-operator'; readonly handoverId: string } & Pick<
      FactOf<'agent-commanded'>,
      'websiteId' | 'sessionId' | 'at' | 'by' | 'command'
    > & { readonly operatorId: string })
  | { readonly kind: 'set-state'; readonly handoverId: string; readonly websiteId: string; readonly state: 'unresolved' | 'resolved' };
