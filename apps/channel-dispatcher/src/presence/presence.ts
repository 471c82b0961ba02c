import { encodeEvent, newId, sourceOf, visitorMessages } from '@baton/contracts';
import type { Channel, OutgoingRecord } from '@baton/contracts';
import type { Outbox } from '@baton/messaging';
import type { Logger } from '@baton/telemetry';
import type { DataSource, EntityManager } from 'typeorm';
import { Gathering } from '../gathering/gathering.js';
import type { Address } from '../log/log-line.js';
import type { LogStore } from '../log/log.store.js';
import type { Rooms } from '../push/rooms.js';
import type { PresenceStore, Standing } from './presence.store.js';

export interface PresenceParts {
  readonly dataSource: DataSource;
  readonly store: PresenceStore;
  readonly log: LogStore;
  readonly outbox: Outbox;
  readonly rooms: Rooms;
  readonly instance: string;
  readonly logger: Logger;
  readonly isTransient: (error: unknown) => boolean;
}

const AT_ONCE = 500;
/** Those who leave within this time go together. */
const LEAVING_MS = 500;
/** A browser that waits longer for its welcome tries another replica. */
const PATIENCE_MS = 10_000;

/** Who is there: keeps the other replicas and the orchestrator informed of the sockets of this one. */
export class Presence {
  private readonly arrivals: Gathering<Address, Standing>;
  private readonly leaving = new Set<string>();
  private timer: NodeJS.Timeout | undefined;
  private flushing: Promise<void> = Promise.resolve();

  constructor(private readonly parts: PresenceParts) {
    const { isTransient } = parts;
    this.arrivals = new Gathering((addresses) => this.takeIn(addresses), {
      maxBatch: AT_ONCE,
      maxWaiting: 20_000,
      isTransient,
      patienceMs: PATIENCE_MS,
    });
  }

  /** Begins with a clean table: a former life of this replica may have left its sockets in it. */
  async start(): Promise<void> {
    await this.clear();
    await this.parts.store.renew();
  }

  /** A socket joins; its room knows it already. Resolves with how the conversation stands once other replicas would tell us of it. */
  arrive(address: Address): Promise<Standing> {
    return this.arrivals.add(address);
  }

  /** The last socket of a conversation went. */
  leave(conversationId: string): void {
    this.leaving.add(conversationId);
    this.timer ??= setTimeout(() => void this.flush(), LEAVING_MS);
  }

  /** Says that this replica lives; when others took it for dead, tells them again what it holds. */
  async renew(): Promise<void> {
    const { store, rooms } = this.parts;
    if (await store.renew()) await this.holdAgain(rooms.conversationIds());
  }

  /** Tells the orchestrator who left, and clears away what dead replicas held. */
  async sweep(): Promise<void> {
    const { store, dataSource, outbox, instance } = this.parts;
    for (const dead of await store.expired()) if (dead !== instance) await this.bury(dead);
    for (;;) {
      const { ticket, count } = await dataSource.transaction(async (manager) => {
        const absent = await store.absent(manager, AT_ONCE);
        const records = absent.map((address) => presenceOf(address, false));
        return { count: absent.length, ticket: records.length > 0 ? await outbox.add(manager, records) : undefined };
      });
      if (ticket) outbox.send(ticket);
      if (count < AT_ONCE) return;
    }
  }

  /** The sockets are closed: gives all of them up, so that their visitors count as there only where they went. */
  async stop(): Promise<void> {
    await this.arrivals.drain();
    await this.flush();
    await this.clear();
  }

  private async takeIn(addresses: readonly Address[]): Promise<Standing[]> {
    const { dataSource, store, log, outbox } = this.parts;
    const wanted = new Map(addresses.map((address) => [address.id, address]));
    const { standings, ticket } = await dataSource.transaction(async (manager) => {
      const standings = await store.arrive(manager, [...wanted.keys()]);
      for (const { id } of standings) wanted.delete(id);
      if (wanted.size > 0) {
        await log.create(manager, [...wanted.values()]);
        standings.push(...(await store.arrive(manager, [...wanted.keys()])));
      }
      return { standings, ticket: await this.announce(manager, standings) };
    });
    if (ticket) outbox.send(ticket);
    const byId = new Map(standings.map((standing) => [standing.id, standing]));
    return addresses.map(({ id }) => byId.get(id)!);
  }

  private async holdAgain(ids: readonly string[]): Promise<void> {
    const { dataSource, store, outbox } = this.parts;
    for (let i = 0; i < ids.length; i += AT_ONCE) {
      const some = ids.slice(i, i + AT_ONCE);
      const ticket = await dataSource.transaction(async (manager) => this.announce(manager, await store.arrive(manager, some)));
      if (ticket) outbox.send(ticket);
    }
  }

  private async announce(manager: EntityManager, standings: readonly Standing[]) {
    const records = standings.filter(({ came }) => came).map((address) => presenceOf(address, true));
    return records.length > 0 ? this.parts.outbox.add(manager, records) : undefined;
  }

  private flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    return (this.flushing = this.flushing.then(() => this.flushOnce()));
  }

  private async flushOnce(): Promise<void> {
    const { dataSource, store, rooms, logger } = this.parts;
    // Whoever came back meanwhile has not left.
    const ids = [...this.leaving].filter((id) => !rooms.has(id));
    this.leaving.clear();
    if (ids.length === 0) return;
    try {
      await dataSource.transaction((manager) => store.leave(manager, ids));
      // The arrival of somebody who came while it was written may have been overwritten.
      await this.holdAgain(ids.filter((id) => rooms.has(id)));
    } catch (error) {
      logger.warn({ err: error, conversations: ids.length }, 'who left could not be written and is tried again');
      for (const id of ids) this.leave(id);
    }
  }

  /** Gives up what a dead replica held; should it live again meanwhile, it is left alone and says itself what it holds. */
  private async bury(dead: string): Promise<void> {
    const { dataSource, store } = this.parts;
    const some = (): Promise<boolean> =>
      dataSource.transaction(async (manager) => (await store.holdDead(manager, dead)) && (await this.giveUp(manager, dead)));
    while (await some());
  }

  /** Gives up all that this replica holds. */
  private async clear(): Promise<void> {
    const { dataSource, instance } = this.parts;
    while (await dataSource.transaction((manager) => this.giveUp(manager, instance)));
  }

  /** Returns whether there is more. */
  private async giveUp(manager: EntityManager, instance: string): Promise<boolean> {
    const { store } = this.parts;
    const ids = await store.conversationsOf(manager, instance, AT_ONCE);
    if (ids.length > 0) await store.leave(manager, ids, instance);
    else await store.forget(manager, instance);
    return ids.length > 0;
  }
}

function presenceOf({ id, botId, channel, address }: Address, present: boolean): OutgoingRecord {
  const now = new Date();
  const data = { conversationId: id, botId, channel: channel as Channel, address, present, at: now.toISOString() };
  return encodeEvent(visitorMessages, 'visitor.presence', data, { id: newId(), source: sourceOf('dispatcher'), time: now });
}
