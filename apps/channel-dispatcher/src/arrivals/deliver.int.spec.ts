import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { conversationIdOf, newId } from '@baton/contracts';
import type { LogFrame } from '@baton/contracts';
import { Outbox } from '@baton/messaging';
import { createDataSource, isTransient, runMigrations } from '@baton/persistence';
import { createLogger } from '@baton/telemetry';
import { freshDatabase } from '@baton/testing';
import type { FreshDatabase } from '@baton/testing';
import fc from 'fast-check';
import type { DataSource } from 'typeorm';
import { entities, migrations, SCHEMA } from '../database/index.js';
import type { Address } from '../log/log-line.js';
import { LogStore } from '../log/log.store.js';
import type { WrittenLine } from '../log/written-line.js';
import { CatchUp } from '../push/catch-up.js';
import { Notices } from '../push/notices.js';
import { Push } from '../push/push.js';
import { Rooms } from '../push/rooms.js';
import { agentSays, floorIs, NOON } from '../testing/deliveries.js';
import { PostMessages } from '../visitor/post-messages.js';
import { Deliver } from './deliver.js';

/** As much of a replica as writes logs. */
interface Writer {
  readonly deliver: Deliver;
  readonly posts: PostMessages;
}

describe('the log in Postgres, written by two replicas at once', () => {
  let database: FreshDatabase;
  let dataSource: DataSource;
  let writers: Writer[];
  let outboxes: Outbox[];

  beforeAll(async () => {
    database = await freshDatabase(process.env['DATABASE_URL']!, 'dispatcher_log');
    await runMigrations({ url: database.url, schema: SCHEMA, migrations, applicationName: 'test' });
    dataSource = createDataSource({ url: database.url, schema: SCHEMA, entities, applicationName: 'test', poolSize: 10 });
    await dataSource.initialize();
    outboxes = ['here', 'there'].map((instanceId) => new Outbox({ dataSource, producer: { send: async () => undefined }, instanceId }));
    writers = outboxes.map((outbox, i) => writerOf(outbox, `replica-${i}`));
  }, 30_000);
  afterAll(async () => {
    await Promise.all(outboxes.map((outbox) => outbox.stop()));
    await dataSource.destroy();
    await database.drop();
  });

  function writerOf(outbox: Outbox, instance: string): Writer {
    const logger = createLogger({ service: 'test', level: 'silent', instance });
    const [store, rooms] = [new LogStore(dataSource), new Rooms()];
    const catchUp = new CatchUp(store, rooms, logger);
    const push = new Push(rooms, catchUp, new Notices({ url: database.url, instance, dataSource, rooms, catchUp, logger }));
    return {
      deliver: new Deliver(dataSource, store, outbox, instance, new Map()),
      posts: new PostMessages(dataSource, store, outbox, push, instance, isTransient),
    };
  }

  function aVisitor(): Address {
    const who = { botId: 'demo', channel: 'webchat', address: `v_${newId()}` };
    return { id: conversationIdOf(who), ...who };
  }

  async function logOf(conversation: Address): Promise<LogFrame[]> {
    const rows = await dataSource.query<{ seq: number; frame: LogFrame }[]>(
      'SELECT seq, frame FROM log WHERE conversation_id = $1 ORDER BY seq',
      [conversation.id],
    );
    expect(rows.map(({ seq }) => seq)).toEqual(rows.map((_, i) => i + 1));
    expect(rows.map(({ frame }) => frame.seq)).toEqual(rows.map(({ seq }) => seq));
    return rows.map(({ frame }) => frame);
  }

  /** Again when Postgres chose another transaction, as the lanes do it. */
  async function insist<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (!isTransient(error)) throw error;
      return insist(work);
    }
  }

  /** What each of two visitors gets: pieces of his deliveries, by either replica, among what he writes himself. */
  const plans = fc.record({
    deliveries: fc.integer({ min: 1, max: 15 }),
    pieces: fc.array(
      fc.record({
        replica: fc.nat(1),
        visitors: fc.constantFrom([0], [1], [0, 1]),
        from: fc.nat(14),
        size: fc.integer({ min: 1, max: 6 }),
      }),
      {
        maxLength: 12,
      },
    ),
    sends: fc.array(fc.record({ replica: fc.nat(1), visitor: fc.nat(1), repeat: fc.boolean() }), { maxLength: 8 }),
  });

  it('is gap-free, holds everything once, and deliveries in their order, whatever comes how often, when and where', async () => {
    await fc.assert(
      fc.asyncProperty(plans, async ({ deliveries, pieces, sends }) => {
        const visitors = [aVisitor(), aVisitor()];
        // Every third changes the floor, which the straight way takes, too.
        const all = visitors.map(() =>
          Array.from({ length: deliveries }, (_, i) => (i % 3 === 2 ? floorIs(i + 1, 'bot') : agentSays(i + 1, { id: newId() }))),
        );
        const returned: WrittenLine[] = [];
        const bring = async (replica: number, who: readonly number[], from: number, to: number): Promise<void> => {
          const parcels = who
            .map((visitor) => ({ to: visitors[visitor]!, arrived: all[visitor]!.slice(from, to) }))
            .filter(({ arrived }) => arrived.length > 0);
          returned.push(...(await insist(() => writers[replica]!.deliver.deliver(parcels, NOON))));
        };

        const clientIds = sends.map(() => newId());
        const posts = sends.flatMap(({ replica, visitor, repeat }, i) =>
          (repeat ? [replica, 1 - replica] : [replica]).map((through) =>
            writers[through]!.posts.post({ from: visitors[visitor]!, clientId: clientIds[i]!, body: { type: 'text', text: `words ${i}` } }),
          ),
        );
        await Promise.all([...pieces.map(({ replica, visitors: who, from, size }) => bring(replica, who, from, from + size)), ...posts]);
        // In the end everything has come.
        await bring(0, [0, 1], 0, deliveries);

        for (const [v, visitor] of visitors.entries()) {
          const frames = await logOf(visitor);
          const shown = frames.flatMap((frame) => (frame.t === 'message' && frame.author.kind === 'agent' ? [frame.id] : []));
          expect(shown).toEqual(
            all[v]!.flatMap((arrival) =>
              arrival.readable && arrival.delivery.type === 'delivery.message' ? [arrival.delivery.data.messageId] : [],
            ),
          );
          expect(frames.filter(({ t }) => t === 'mode')).toHaveLength(Math.floor(deliveries / 3));
          expect(frames.filter(({ t }) => t === 'gap')).toEqual([]);
          const own = frames.flatMap((frame) => (frame.t === 'message' && frame.clientId !== undefined ? [frame.clientId] : []));
          expect([...own].sort()).toEqual(clientIds.filter((_, i) => sends[i]!.visitor === v).sort());
          // What was returned, to be pushed, is what was written.
          const pushed = returned.filter(({ conversationId }) => conversationId === visitor.id).sort((a, b) => a.seq - b.seq);
          expect(pushed.map(({ frame }) => JSON.parse(frame))).toEqual(
            frames.filter((frame) => !(frame.t === 'message' && frame.clientId !== undefined)),
          );
        }
      }),
      { numRuns: 40 },
    );
  }, 60_000);

  it('gives two replicas that write the same message at once the same place', async () => {
    const from = aVisitor();
    const clientId = newId();
    const send = { from, clientId, body: { type: 'text' as const, text: 'once' } };
    const places = await Promise.all(writers.flatMap(({ posts }) => [posts.post(send), posts.post(send)]));
    expect(new Set(places.map(({ seq, messageId }) => `${seq} ${messageId}`)).size).toBe(1);
    expect(await logOf(from)).toHaveLength(1);
  });
});
