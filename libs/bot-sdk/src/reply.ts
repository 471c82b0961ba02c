import type { botEvents, EventInput, UserData } from '@baton/contracts';

type Answered = EventInput<typeof botEvents, 'bot.answered'>;

/** A quick reply: its title is also what it stands for, unless a payload says otherwise. */
export type QuickReplyInput = string | { title: string; payload?: string };

export interface Escalation {
  /** A word of the support team; becomes a segment in their inbox. */
  category?: string;
  /** `name`, `email` and `phone` become the contact's fields, everything else conversation data. */
  userData?: UserData;
  /** Told in the `handovers` events. */
  reason?: string;
  /** What the agent should know (what the visitor wants, what was tried), for agents only; up to 4,000 characters. */
  note?: string;
  /** Default true: silent from now on. False: the bot goes on speaking until an agent writes. */
  muted?: boolean;
  /** What was said before Baton knew the visitor. */
  history?: Answered['history'];
}

/** Collects one answer. But for `typing`, nothing is sent before the handler has ended, then everything at once: messages first, flags after. */
export interface Reply {
  /** Says something (1 to 4,000 characters), with up to 13 quick replies below. */
  text(text: string, quickReplies?: readonly QuickReplyInput[]): Reply;
  /** The same, for those who like the word. */
  quickReplies(text: string, quickReplies: readonly QuickReplyInput[]): Reply;
  /** Asks for a human. */
  escalate(escalation?: Escalation): Reply;
  /**
   * For what takes longer than a chat: asks the visitor for his e-mail address, unless it is known, and opens the conversation in the inbox
   * for an answer by e-mail. The bot keeps the floor.
   */
  contactByEmail(wish?: Pick<Escalation, 'category' | 'userData'>): Reply;
  /**
   * Shows the visitor that the bot writes, at once: until the answer is sent, or for 30 s, then say it again. Without a turn, and
   * while the bot has not the floor, nothing is shown.
   */
  typing(): Reply;
  /** Says that this is no answer: the bot did not know one. So many in a row ask for a human where the bot's settings say so. */
  fallback(): Reply;
  /** Tells the team who this is, without asking for anybody. */
  userData(data: UserData): Reply;
  /** Be silent until `unmute`, at most 10 minutes (a setting). */
  mute(): Reply;
  unmute(): Reply;
}

/** What was collected, ready for `bot.answered`. */
export type Collected = Omit<Answered, 'conversation_id' | 'bot_id' | 'turn' | 'epoch'>;

export class CollectedReply implements Reply {
  private readonly messages: NonNullable<Answered['messages']> = [];
  private readonly flags: Omit<Collected, 'messages'> = {};

  /** @param beginTyping what `typing` does, where there is a turn to work on */
  constructor(private readonly beginTyping: () => void = () => undefined) {}

  typing(): Reply {
    this.beginTyping();
    return this;
  }

  text(text: string, quickReplies: readonly QuickReplyInput[] = []): Reply {
    const replies = quickReplies.map((reply) => (typeof reply === 'string' ? { title: reply } : reply));
    this.messages.push({
      text,
      ...(replies.length > 0 ? { quick_replies: replies.map(({ title, payload }) => ({ title, payload: payload ?? title })) } : {}),
    });
    return this;
  }

  quickReplies(text: string, quickReplies: readonly QuickReplyInput[]): Reply {
    return this.text(text, quickReplies);
  }

  escalate({ category, userData, reason, note, muted = true, history }: Escalation = {}): Reply {
    Object.assign(this.flags, {
      need_help: true,
      muted,
      ...(category === undefined ? {} : { handover_category_name: category }),
      ...(reason === undefined ? {} : { reason }),
      ...(note === undefined ? {} : { handover_note: note }),
      ...(history === undefined ? {} : { history }),
    });
    return userData === undefined ? this : this.userData(userData);
  }

  contactByEmail({ category, userData }: Pick<Escalation, 'category' | 'userData'> = {}): Reply {
    this.flags.contact_by_email = true;
    if (category !== undefined) this.flags.handover_category_name = category;
    return userData === undefined ? this : this.userData(userData);
  }

  fallback(): Reply {
    this.flags.fallback = true;
    return this;
  }

  userData(data: UserData): Reply {
    this.flags.user_data = { ...this.flags.user_data, ...data };
    return this;
  }

  mute(): Reply {
    this.flags.muted = true;
    return this;
  }

  unmute(): Reply {
    this.flags.muted = false;
    return this;
  }

  /** Undefined when the handler chose to say nothing. */
  collected(): Collected | undefined {
    if (this.messages.length === 0 && Object.keys(this.flags).length === 0) return undefined;
    return { messages: this.messages, ...this.flags };
  }
}
