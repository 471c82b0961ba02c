import { deliveryReceipts, encodeEvent, newId, sourceOf } from '@baton/contracts';
import type { OutgoingRecord } from '@baton/contracts';
import type { Outbox } from '@baton/messaging';
import type { DataSource, EntityManager } from 'typeorm';
import { appendDeliveries } from '../log/append-deliveries.js';
import type { Appended, Arrival } from '../log/append-deliveries.js';
import type { Address, Conversation } from '../log/log-line.js';
import type { LogStore } from '../log/log.store.js';
import { written } from '../log/written-line.js';
import type { WrittenLine } from '../log/written-line.js';

/** What came for one conversation, in the order it came. */
export interface Parcel {
  readonly to: Address;
  readonly arrived: readonly Arrival[];
}

/** Brings deliveries into the visitors' logs: one transaction for as many conversations as there are. */
export class Deliver {
  constructor(
    private readonly dataSource: DataSource,
    private readonly store: LogStore,
    private readonly outbox: Outbox,
    private readonly instance: string,
  ) {}

  /** @returns the lines that were written, by conversation, in order; they are committed. */
  async deliver(parcels: readonly Parcel[], now: Date): Promise<WrittenLine[]> {
    if (parcels.length === 0) return [];
    const { lines, ticket } = await this.dataSource.transaction(async (manager) => {
      const appended = await this.decide(manager, parcels, now);
      const lines = await this.write(manager, appended);
      const receipts = receiptsOf(appended, now);
      return { lines, ticket: receipts.length > 0 ? await this.outbox.add(manager, receipts) : undefined };
    });
    if (ticket) this.outbox.send(ticket);
    return lines;
  }

  private async decide(manager: EntityManager, parcels: readonly Parcel[], now: Date): Promise<Appended[]> {
    const locked = await this.store.lock(
      manager,
      parcels.map(({ to }) => to),
      parcels.flatMap(({ arrived }) => messageIdsOf(arrived)),
    );
    const withHeld = [...locked.values()].filter(({ heldCount }) => heldCount > 0).map(({ conversation }) => conversation.id);
    const held = withHeld.length > 0 ? await this.store.held(manager, withHeld) : new Map<string, Arrival[]>();
    return parcels.map(({ to, arrived }) => {
      const { conversation, shown } = locked.get(to.id)!;
      return appendDeliveries(conversation, { arrived, held: held.get(to.id) ?? [], shown, now });
    });
  }

  private async write(manager: EntityManager, appended: readonly Appended[]): Promise<WrittenLine[]> {
    const conversations: Conversation[] = [];
    const lines: WrittenLine[] = [];
    for (const page of appended) {
      conversations.push(page.conversation);
      for (const line of page.lines) lines.push(written(page.conversation.id, line));
    }
    await this.store.append(manager, conversations, lines, this.instance);

    const rewrites = appended.flatMap(({ conversation, rewrites }) => rewrites.map((rewrite) => ({ ...rewrite, conversationId: conversation.id })));
    if (rewrites.length > 0) await this.store.rewrite(manager, rewrites);

    const held = appended
      .filter(({ hold, released }) => hold.length + released.length > 0)
      .map(({ conversation, hold, released }) => ({ conversationId: conversation.id, hold, released }));
    if (held.length > 0) await this.store.changeHeld(manager, held);
    return lines;
  }
}

function messageIdsOf(arrived: readonly Arrival[]): string[] {
  return arrived.flatMap((arrival) =>
    arrival.readable && arrival.delivery.type === 'delivery.message' ? [arrival.delivery.data.messageId] : [],
  );
}

/** A receipt names at most 200 messages. */
const PER_RECEIPT = 200;

function receiptsOf(appended: readonly Appended[], now: Date): OutgoingRecord[] {
  const records: OutgoingRecord[] = [];
  for (const { conversation, superseded } of appended) {
    for (let i = 0; i < superseded.length; i += PER_RECEIPT) {
      const messageIds = superseded.slice(i, i + PER_RECEIPT);
      const data = { conversationId: conversation.id, botId: conversation.botId, messageIds, status: 'superseded' as const, at: now.toISOString() };
      records.push(encodeEvent(deliveryReceipts, 'delivery.receipt', data, { id: newId(), source: sourceOf('dispatcher'), time: now }));
    }
  }
  return records;
}
