import type { Author, MessageBody } from '@baton/contracts';
import type { OutwardPage } from '../../arrivals/outward.js';

export interface NewMessage {
  readonly messageId: string;
  readonly seq: number;
  readonly author: Author;
  readonly body: MessageBody;
  readonly epoch: number;
  readonly withdrawable: boolean;
  /** When it was said; undefined for what is corrected long after. */
  readonly at?: string | undefined;
}

/** A message of an earlier time reads differently now; null: it is taken back. */
export interface Change {
  readonly messageId: string;
  readonly seq: number;
  readonly body: MessageBody | null;
}

export interface WhatToSend {
  /** In the order of the log. */
  readonly messages: readonly NewMessage[];
  /** One for each message, the last; in the order of the log. */
  readonly changes: readonly Change[];
  /** Ids of messages that were taken back in the same breath. */
  readonly takenBack: readonly string[];
}

/** What a person in Messenger is to be sent of new lines of his log. Floors and gaps are not told there: what is to be said is a message. */
export function whatToSend({ lines, arrivals }: Pick<OutwardPage, 'lines' | 'arrivals'>): WhatToSend {
  const messages = new Map<string, NewMessage>();
  const changes = new Map<string, Change>();
  const takenBack: string[] = [];
  const decided = new Map(
    arrivals.flatMap((arrival) =>
      arrival.readable && arrival.delivery.type === 'delivery.message' ? [[arrival.delivery.data.messageId, arrival.delivery.data]] : [],
    ),
  );
  for (const { frame, seq } of lines) {
    if (frame.t === 'message') {
      const { epoch, withdrawable } = decided.get(frame.id) ?? { epoch: 0, withdrawable: false };
      messages.set(frame.id, { messageId: frame.id, seq, author: frame.author, body: frame.body, epoch, withdrawable, at: frame.at });
    } else if (frame.t === 'edit' || frame.t === 'removal') {
      const body = frame.t === 'edit' ? frame.body : null;
      const fresh = messages.get(frame.id);
      if (fresh && body) messages.set(frame.id, { ...fresh, body });
      else if (fresh) {
        messages.delete(frame.id);
        takenBack.push(frame.id);
      } else changes.set(frame.id, { messageId: frame.id, seq, body });
    }
  }
  return { messages: [...messages.values()], changes: [...changes.values()], takenBack };
}
