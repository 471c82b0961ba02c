import type { Outbox } from '@baton/messaging';
import type { DataSource, EntityManager } from 'typeorm';
import { appendDeliveries } from '../log/append-deliveries.js';
import type { Appended, Arrival } from '../log/append-deliveries.js';
import type { Address, Conversation } from '../log/log-line.js';
import type { LogStore } from '../log/log.store.js';
import { linesOf, straightOf } from '../log/straight.js';
import type { Straight } from '../log/straight.js';
import { appendStraight, isKnownAlready } from '../log/straight.store.js';
import { written } from '../log/written-line.js';
import type { WrittenLine } from '../log/written-line.js';
import { countDeliveries, countGaps } from '../receipts/count-deliveries.js';
import { receiptRecords } from '../receipts/receipt-records.js';
import type { Outcome } from '../receipts/receipt-records.js';
import type { OutwardChannels, OutwardPage } from './outward.js';

/** What came for one conversation, in the order it came. */
export interface Parcel {
  readonly to: Address;
  readonly arrived: readonly Arrival[];
}

const NONE: ReadonlyMap<string, number> = new Map();

/** What was decided for one parcel. */
interface Page extends Appended {
  /** All that the decision was made of. */
  readonly arrivals: readonly Arrival[];
}

/**
 * Brings deliveries into the visitors' logs: one statement for all conversations in which nothing is unusual, one transaction for all
 * others, with all that is to be sent outward.
 */
export class Deliver {
  constructor(
    private readonly dataSource: DataSource,
    private readonly store: LogStore,
    private readonly outbox: Outbox,
    private readonly instance: string,
    private readonly outward: OutwardChannels,
  ) {}

  /** @returns the lines that were written, by conversation, in order; they are committed. */
  async deliver(parcels: readonly Parcel[], now: Date): Promise<WrittenLine[]> {
    const straights = parcels.flatMap(({ to, arrived }) => (this.outward.has(to.channel) ? [] : (straightOf(to.id, arrived) ?? [])));
    const firstSeqs = straights.length > 0 ? await this.appendStraight(straights) : NONE;
    const lines = straights.flatMap((straight) => {
      const firstSeq = firstSeqs.get(straight.conversationId);
      return firstSeq === undefined ? [] : linesOf(straight, firstSeq);
    });
    const unusual = parcels.filter(({ to }) => !firstSeqs.has(to.id));
    return unusual.length > 0 ? [...lines, ...(await this.deliverUnusual(unusual, now))] : lines;
  }

  private async appendStraight(straights: readonly Straight[]): Promise<ReadonlyMap<string, number>> {
    try {
      return await appendStraight(this.dataSource, straights, this.instance);
    } catch (error) {
      if (isKnownAlready(error)) return NONE;
      throw error;
    }
  }

  /** By the whole rule, under the row locks. */
  private async deliverUnusual(parcels: readonly Parcel[], now: Date): Promise<WrittenLine[]> {
    const { lines, ticket, committed } = await this.dataSource.transaction(async (manager) => {
      const pages = await this.decide(manager, parcels, now);
      const lines = await this.write(manager, pages);
      const { records, committed } = await this.planOutward(manager, pages, now);
      const receipts = [...receiptRecords(supersededBy(pages), now), ...records];
      const count = () => pages.forEach((page) => countDeliveries(page.conversation.channel, supersededBy([page])));
      return {
        lines,
        committed: [...committed, count],
        ticket: receipts.length > 0 ? await this.outbox.add(manager, receipts) : undefined,
      };
    });
    if (ticket) this.outbox.send(ticket);
    committed.forEach((tell) => tell());
    countGaps(lines);
    return lines;
  }

  private async decide(manager: EntityManager, parcels: readonly Parcel[], now: Date): Promise<Page[]> {
    const locked = await this.store.lock(
      manager,
      parcels.map(({ to }) => to),
      parcels.flatMap(({ arrived }) => messageIdsOf(arrived)),
    );
    const withHeld = [...locked.values()].filter(({ heldCount }) => heldCount > 0).map(({ conversation }) => conversation.id);
    const held = withHeld.length > 0 ? await this.store.held(manager, withHeld) : new Map<string, Arrival[]>();
    return parcels.map(({ to, arrived }) => {
      const { conversation, shown } = locked.get(to.id)!;
      const waiting = held.get(to.id) ?? [];
      return { ...appendDeliveries(conversation, { arrived, held: waiting, shown, now }), arrivals: [...waiting, ...arrived] };
    });
  }

  private async planOutward(manager: EntityManager, pages: readonly Page[], now: Date) {
    const byChannel = Map.groupBy(pages, ({ conversation }) => conversation.channel);
    const planned = [];
    for (const [channel, own] of byChannel) {
      const outward = this.outward.get(channel);
      const written: OutwardPage[] = own.filter(({ lines }) => lines.length > 0);
      if (outward && written.length > 0) planned.push(await outward.plan(manager, written, now));
    }
    return { records: planned.flatMap(({ records }) => records), committed: planned.map(({ committed }) => committed) };
  }

  private async write(manager: EntityManager, appended: readonly Appended[]): Promise<WrittenLine[]> {
    const conversations: Conversation[] = [];
    const lines: WrittenLine[] = [];
    for (const page of appended) {
      conversations.push(page.conversation);
      for (const line of page.lines) lines.push(written(page.conversation.id, line));
    }
    await this.store.append(manager, conversations, lines, this.instance);

    const rewrites = appended.flatMap(({ conversation, rewrites }) =>
      rewrites.map((rewrite) => ({ ...rewrite, conversationId: conversation.id })),
    );
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

function supersededBy(appended: readonly Appended[]): Outcome[] {
  return appended.flatMap(({ conversation: { id: conversationId, botId }, superseded }) =>
    superseded.map((messageId) => ({ conversationId, botId, messageId, status: 'superseded' as const })),
  );
}
