import { deliveryReceipts, encodeEvent, newId, sourceOf } from '@baton/contracts';
import type { OutgoingRecord } from '@baton/contracts';
import type { Outbox } from '@baton/messaging';
import type { Logger } from '@baton/telemetry';
import type { DataSource } from 'typeorm';
import { countDeliveries } from './count-deliveries.js';
import { noteProgress } from './receipts.store.js';
import type { Progress, Receipted } from './receipts.store.js';

/** Nobody waits for a receipt: those of a second go together, and what is seen at once is told once. */
const GATHER_MS = 1_000;
const CONVERSATIONS_AT_ONCE = 500;
const PER_RECEIPT = 200;

/** Tells the orchestrator what reached the visitor and what he saw, gathered. */
export class Receipts {
  private readonly progress = new Map<string, Progress>();
  private timer: NodeJS.Timeout | undefined;
  private flushing: Promise<void> | undefined;

  constructor(
    private readonly dataSource: DataSource,
    private readonly outbox: Outbox,
    private readonly logger: Logger,
  ) {}

  /** The line was written to an open socket of the visitor. */
  delivered(conversationId: string, seq: number, traceparent?: string): void {
    this.note(conversationId, { deliveredAfter: seq - 1, deliveredUpTo: seq, seenUpTo: 0, traceparent });
  }

  /** Everything up to this line was in front of the visitor. */
  seen(conversationId: string, upTo: number): void {
    this.note(conversationId, { deliveredAfter: Infinity, deliveredUpTo: 0, seenUpTo: upTo });
  }

  /** Writes what was gathered; resolves when it is written or has failed (then it waits for the next time). */
  async flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    await this.flushing;
    this.flushing = this.flushOnce().finally(() => (this.flushing = undefined));
    await this.flushing;
  }

  private note(conversationId: string, now: Omit<Progress, 'conversationId'>): void {
    const before = this.progress.get(conversationId);
    this.progress.set(conversationId, {
      conversationId,
      deliveredAfter: Math.min(before?.deliveredAfter ?? Infinity, now.deliveredAfter),
      deliveredUpTo: Math.max(before?.deliveredUpTo ?? 0, now.deliveredUpTo),
      seenUpTo: Math.max(before?.seenUpTo ?? 0, now.seenUpTo),
      traceparent: now.traceparent ?? before?.traceparent,
    });
    this.timer ??= setTimeout(() => void this.flush(), GATHER_MS);
  }

  private async flushOnce(): Promise<void> {
    while (this.progress.size > 0) {
      const batch = [...this.progress.values()].slice(0, CONVERSATIONS_AT_ONCE);
      for (const { conversationId } of batch) this.progress.delete(conversationId);
      try {
        await this.tell(batch);
      } catch (error) {
        this.logger.warn({ err: error, conversations: batch.length }, 'receipts wait: they could not be written');
        for (const { conversationId, ...progress } of batch) this.note(conversationId, progress);
        return;
      }
    }
  }

  private async tell(batch: readonly Progress[]): Promise<void> {
    const now = new Date();
    const finite = batch.map((progress) => ({ ...progress, deliveredAfter: Math.min(progress.deliveredAfter, progress.deliveredUpTo) }));
    const { receipted, ticket } = await this.dataSource.transaction(async (manager) => {
      const receipted = await noteProgress(manager, finite);
      const causes = new Map(batch.map(({ conversationId, traceparent }) => [conversationId, traceparent]));
      const records = recordsOf(receipted, causes, now);
      return { receipted, ticket: records.length > 0 ? await this.outbox.add(manager, records) : undefined };
    });
    if (ticket) this.outbox.send(ticket);
    countDeliveries('webchat', receipted);
  }
}

/** One record per conversation and status, as long as the ids fit. */
function recordsOf(receipted: readonly Receipted[], causes: ReadonlyMap<string, string | undefined>, now: Date): OutgoingRecord[] {
  const groups = new Map<string, Receipted[]>();
  for (const one of receipted) {
    const key = `${one.conversationId} ${one.status}`;
    const group = groups.get(key);
    if (group) group.push(one);
    else groups.set(key, [one]);
  }
  return [...groups.values()].flatMap((group) => {
    const { conversationId, botId, status } = group[0]!;
    const records: OutgoingRecord[] = [];
    for (let i = 0; i < group.length; i += PER_RECEIPT) {
      const messageIds = group.slice(i, i + PER_RECEIPT).map(({ messageId }) => messageId);
      const attributes = { id: newId(), source: sourceOf('dispatcher'), time: now, traceparent: causes.get(conversationId) };
      const data = { conversationId, botId, messageIds, status, at: now.toISOString() };
      records.push(encodeEvent(deliveryReceipts, 'delivery.receipt', data, attributes));
    }
    return records;
  });
}
