import type { MessageBody } from '@baton/contracts';
import type { Conversation, LogLine } from './log-line.js';

/** A message as the visitor's browser sent it. */
export interface Send {
  /** Chosen by the browser; the same one is never written twice. */
  readonly clientId: string;
  readonly body: MessageBody;
  /** The id the message gets when it is new. */
  readonly messageId: string;
  readonly at: Date;
}

export interface AppendedSends {
  readonly conversation: Conversation;
  /** Only what was new. */
  readonly lines: readonly LogLine[];
}

/** Appends what the visitor wrote, in the order it came; what he sent before (same `clientId`) is already there and gives no line. */
export function appendSends(before: Conversation, sends: readonly Send[], known: ReadonlySet<string>): AppendedSends {
  const written = new Set(known);
  const lines: LogLine[] = [];
  let seq = before.nextSeq;
  for (const send of sends) {
    if (written.has(send.clientId)) continue;
    written.add(send.clientId);
    const at = send.at.toISOString();
    lines.push({
      seq,
      kind: 'message',
      messageId: send.messageId,
      author: 'visitor',
      clientId: send.clientId,
      at,
      frame: { t: 'message', seq, id: send.messageId, at, author: { kind: 'visitor' }, body: send.body, clientId: send.clientId },
    });
    seq++;
  }
  return { conversation: { ...before, nextSeq: seq }, lines };
}
