import { derivedId } from '@baton/contracts';
import type { Outbox } from '@baton/messaging';
import type { SettingsStore } from '@baton/settings';
import type { EntityManager } from 'typeorm';
import type { OutwardChannels } from '../arrivals/outward.js';
import type { LogLine } from '../log/log-line.js';
import type { LogStore } from '../log/log.store.js';
import { written } from '../log/written-line.js';
import type { HostedFile } from './files.store.js';
import { megabytes } from './refusal.js';
import type { FileRefusal } from './refusal.js';
import { wordsFor } from './refused-words.js';

export interface TellVisitorParts {
  readonly log: LogStore;
  readonly outward: OutwardChannels;
  readonly outbox: Outbox;
  readonly bots: Pick<SettingsStore, 'bot'>;
  readonly instance: string;
  readonly maxBytes: number;
}

/** Says to the visitor of a channel, in its own line of his log, that a file of his was not taken, and why. */
export class TellVisitor {
  constructor(private readonly parts: TellVisitorParts) {}

  /**
   * In the transaction that gives the file up; once for each file.
   * @returns what is to be done after the commit
   */
  async tell(manager: EntityManager, file: HostedFile, reason: FileRefusal, now = new Date()): Promise<(() => void) | void> {
    const { log, outward, outbox, bots, instance, maxBytes } = this.parts;
    const address = await log.addressOf(file.conversationId, manager);
    const channel = outward.get(address?.channel ?? '');
    if (!address || !channel) return;
    const messageId = derivedId('file-refused', file.id);
    const { conversation: before, shown } = (await log.lock(manager, [address], [messageId])).get(address.id)!;
    if (shown.has(messageId)) return;
    const words = wordsFor(reason, bots.bot(file.botId)?.locale ?? '', megabytes(maxBytes));
    const line = systemLine(before.nextSeq, messageId, words, now.toISOString());
    const conversation = { ...before, nextSeq: before.nextSeq + 1 };
    await log.append(manager, [conversation], [written(address.id, line)], instance);
    const { records, committed } = await channel.plan(manager, [{ conversation, lines: [line], arrivals: [] }], now);
    const ticket = records.length > 0 ? await outbox.add(manager, [...records]) : undefined;
    return () => {
      if (ticket) outbox.send(ticket);
      committed();
    };
  }
}

function systemLine(seq: number, messageId: string, text: string, at: string): LogLine {
  const frame = {
    t: 'message' as const,
    seq,
    id: messageId,
    at,
    author: { kind: 'system' as const },
    body: { type: 'text' as const, text },
  };
  return { seq, kind: 'message', messageId, author: 'system', clientId: null, at, frame };
}
