import { markDelivered, findMessage } from '../acts/messages.js';
import { excerptOf } from '../rest/views.js';
import type { Conversation, StoredMessage } from '../model.js';
import type { World } from '../world.js';

/** A mail that Crisp sent to a visitor who was not shown what an agent wrote. */
export interface Mail {
  readonly website_id: string;
  readonly session_id: string;
  readonly to: string;
  readonly fingerprint: number;
  readonly text: string;
  /** ms */
  readonly sent_at: number;
}

/** Mails kept at most, the newest. */
const KEPT = 10_000;

/**
 * What Crisp does for visitors who have left: a person's word that nobody read, or was shown, within a while goes to the address in the
 * conversation, and counts as delivered there.
 */
export class MailPost {
  private sent: Mail[] = [];
  private readonly due = new Set<NodeJS.Timeout>();
  private readonly stop: () => void;

  constructor(private readonly world: World) {
    this.stop = world.onEvent(({ event, session_id, data }) => {
      if (event !== 'message:received' || session_id === undefined) return;
      const conversation = world.session(session_id);
      const message = conversation && findMessage(conversation, Number(data['fingerprint']));
      if (conversation && message && isForTheVisitor(message)) this.later(conversation, message);
    });
  }

  list(sessionId?: string): readonly Mail[] {
    return this.sent.filter((mail) => sessionId === undefined || mail.session_id === sessionId);
  }

  reset(): void {
    for (const timer of this.due) clearTimeout(timer);
    this.due.clear();
    this.sent = [];
  }

  close(): void {
    this.stop();
    this.reset();
  }

  private later(conversation: Conversation, message: StoredMessage): void {
    const { mail_after_ms: after } = this.world.websites.get(conversation.website_id)!.setup;
    const timer = setTimeout(() => {
      this.due.delete(timer);
      this.mail(conversation, message);
    }, after);
    this.due.add(timer);
  }

  private mail(conversation: Conversation, message: StoredMessage): void {
    const { email } = conversation.fields.meta;
    const { read, delivered, fingerprint } = message.fields;
    if (email === '' || read !== '' || delivered !== '' || message.removedAt !== undefined) return;
    const { website_id, session_id } = conversation;
    const mail = { website_id, session_id, to: email, fingerprint, text: excerptOf(message.fields), sent_at: this.world.now() };
    this.sent = [...this.sent, mail].slice(-KEPT);
    markDelivered(this.world, conversation, { from: 'operator', origin: 'email', fingerprints: [fingerprint] });
  }
}

function isForTheVisitor({ fields: { from, type, automated, stealth } }: StoredMessage): boolean {
  return from === 'operator' && type !== 'note' && type !== 'event' && !automated && !stealth;
}
