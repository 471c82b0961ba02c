import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@baton/testing';
import { decodeEvent, deliveries } from '@baton/contracts';
import fc from 'fast-check';
import type { DataSource } from 'typeorm';
import { GatheringProducer } from '../producing/gathering-producer.js';
import type { ProducibleRecord } from '../producing/gathering-producer.js';
import { testDatabase } from '../testkit/database-kit.js';
import type { TestDatabase } from '../testkit/database-kit.js';
import { ProduceError } from '../producing/produce-error.js';
import { aDelivery } from '../testkit/a-delivery.js';
import { kafkaCorner } from '../testkit/kafka-kit.js';
import type { KafkaCorner } from '../testkit/kafka-kit.js';
import { Outbox } from './outbox.js';

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** A process with an outbox that stalls wherever it can, and that can drop dead: nothing it asks for comes back any more. */
class Writer {
  dead = false;
  private readonly outbox: Outbox;

  constructor(
    name: string,
    private readonly dataSource: DataSource,
    producer: GatheringProducer,
    private readonly stall: () => number,
  ) {
    const slowly = <T>(work: () => Promise<T>) => this.mortal(async () => (await pause(stall()), work()));
    const sick = new Proxy(dataSource, {
      get: (target, property) => {
        if (property === 'createQueryRunner') {
          return () => {
            const runner = target.createQueryRunner();
            const connect = runner.connect.bind(runner);
            // Dead before it had the connection, never while it holds it: a real death gives it back.
            return Object.assign(runner, { connect: async () => (await slowly(async () => undefined), connect()) });
          };
        }
        if (property === 'transaction') return (work: never) => slowly(() => target.transaction(work));
        return Reflect.get(target, property) as unknown;
      },
    });
    this.outbox = new Outbox({
      dataSource: sick,
      producer: { send: (records: readonly ProducibleRecord[]) => slowly(() => producer.send(records)) },
      instanceId: name,
      leaseMs: 1_000,
    });
    this.outbox.start();
  }

  /** One change of each of the keys: their rows are locked, so one writer at a time numbers their events. */
  async change(keys: readonly string[], events: number): Promise<void> {
    const ticket = await this.dataSource.transaction(async (manager) => {
      const locked: { key: string; n: number }[] = await manager.query(
        'SELECT key, n FROM judge WHERE key = ANY ($1) ORDER BY key FOR UPDATE',
        [keys],
      );
      const records = locked.flatMap(({ key, n }) => Array.from({ length: events }, (_, i) => aDelivery(key, n + i + 1)));
      await manager.query('UPDATE judge SET n = n + $2 WHERE key = ANY ($1)', [keys, events]);
      await pause(this.stall());
      return this.outbox.add(manager, records);
    });
    await pause(this.stall());
    if (!this.dead) this.outbox.send(ticket);
  }

  stop(): Promise<void> {
    return this.dead ? Promise.resolve() : this.outbox.stop();
  }

  private async mortal<T>(work: () => Promise<T>): Promise<T> {
    if (this.dead) return new Promise<never>(() => undefined);
    const result = await work();
    return this.dead ? new Promise<never>(() => undefined) : result;
  }
}

describe('the outbox', () => {
  let corner: KafkaCorner;
  let database: TestDatabase;
  let other: DataSource;
  let producers: GatheringProducer[];
  beforeAll(async () => {
    corner = await kafkaCorner(['deliveries'], 3);
    database = await testDatabase();
    other = await database.another();
    await database.dataSource.query('CREATE TABLE judge (key text PRIMARY KEY, n int NOT NULL DEFAULT 0)');
    producers = [new GatheringProducer(corner.kafka), new GatheringProducer(corner.kafka)];
  });
  afterAll(async () => {
    await Promise.all(producers.map((producer) => producer.close()));
    await database.drop();
    await corner.clear();
  });

  const emptied = () =>
    eventually(async () => (await database.dataSource.query('SELECT 1 FROM outbox LIMIT 1')).length === 0, {
      within: 20_000,
      what: 'an empty outbox',
    });

  /** The sequences of each key in the order in which Kafka has them for the first time. */
  async function firstTimes(keys: readonly string[]): Promise<Map<string, number[]>> {
    const seen = new Map<string, Set<number>>();
    for (const record of await corner.read('deliveries')) {
      const { key, data } = decodeEvent(deliveries, record);
      if (!('deliverySequence' in data)) continue;
      seen.set(key, (seen.get(key) ?? new Set()).add(data.deliverySequence));
    }
    return new Map(keys.map((key) => [key, [...(seen.get(aDelivery(key, 1).key) ?? [])]]));
  }

  let worlds = 0;
  async function newKeys(count: number): Promise<string[]> {
    const world = ++worlds;
    const keys = Array.from({ length: count }, (_, n) => `w${world}k${n}`);
    await database.dataSource.query('INSERT INTO judge (key) SELECT unnest($1::text[])', [keys]);
    return keys;
  }

  async function expectAllInOrder(keys: readonly string[]): Promise<void> {
    const written: { key: string; n: number }[] = await database.dataSource.query('SELECT key, n FROM judge WHERE key = ANY ($1)', [keys]);
    const arrived = await firstTimes(keys);
    for (const { key, n } of written) expect([key, arrived.get(key)]).toEqual([key, Array.from({ length: n }, (_, i) => i + 1)]);
  }

  it('writes a batch in the order it was given', async () => {
    const keys = await newKeys(10);
    const outbox = new Outbox({ dataSource: database.dataSource, producer: producers[0]!, instanceId: 'batch' });
    const records = Array.from({ length: 300 }, (_, n) => aDelivery(keys[(n * 7) % 10]!, n + 1));
    const ticket = await database.dataSource.transaction((manager) => outbox.add(manager, records));
    const stored: { value: string }[] = await database.dataSource.query('SELECT value FROM outbox ORDER BY seq');
    expect(stored.map(({ value }) => value)).toEqual(records.map(({ value }) => value));
    expect(ticket.rows.map(({ record }) => record)).toEqual(records);
    outbox.send(ticket);
    await emptied();
    await outbox.stop();
  });

  it('sends nothing of a change that was rolled back', async () => {
    const [key] = await newKeys(1);
    const outbox = new Outbox({ dataSource: database.dataSource, producer: producers[0]!, instanceId: 'rollback' });
    const failing = database.dataSource.transaction(async (manager) => {
      await outbox.add(manager, [aDelivery(key!, 1)]);
      throw new Error('the change failed');
    });
    await expect(failing).rejects.toThrow('the change failed');
    expect((await firstTimes([key!])).get(key!)).toEqual([]);
    await outbox.stop();
  });

  it('refuses a record that Kafka would never take before the change is committed', async () => {
    const outbox = new Outbox({ dataSource: database.dataSource, producer: producers[0]!, instanceId: 'large' });
    const record = { ...aDelivery('large', 1), value: 'x'.repeat(1_100_000) };
    await expect(database.dataSource.transaction((manager) => outbox.add(manager, [record]))).rejects.toThrow('kafka.record-refused');
    await outbox.stop();
  });

  it('knows how many events wait, of all writers, and since when the oldest does', async () => {
    const outbox = new Outbox({ dataSource: other, producer: producers[0]!, instanceId: 'watches' });
    outbox.start();
    const writer = new Outbox({ dataSource: database.dataSource, producer: producers[0]!, instanceId: 'writes' });
    const aMinuteAgo = new Date(Date.now() - 60_000).toISOString();
    const [old, young] = [aDelivery('old', 1), aDelivery('young', 1)];
    const records = [{ ...old, headers: { ...old.headers, ce_time: aMinuteAgo } }, young];
    const ticket = await database.dataSource.transaction((manager) => writer.add(manager, records));
    await eventually(() => outbox.waiting.rows === 2);
    expect(outbox.waiting.oldestAgeMs).toBeGreaterThanOrEqual(60_000);
    expect(outbox.waiting.oldestAgeMs).toBeLessThan(90_000);
    writer.send(ticket);
    await eventually(() => outbox.waiting.rows === 0);
    expect(outbox.waiting.oldestAgeMs).toBe(0);
    await Promise.all([outbox.stop(), writer.stop()]);
  });

  it('takes no more work while Kafka is away, and asks for no restart: that would not bring Kafka back', async () => {
    let now = 0;
    let isAway = true;
    let tries = 0;
    const outbox = new Outbox({
      dataSource: database.dataSource,
      producer: {
        send: async (records) => {
          tries++;
          if (isAway) throw new ProduceError('kafka.unavailable', 'nobody answers');
          await producers[0]!.send(records);
        },
      },
      instanceId: 'cut-off',
      now: () => now,
    });
    outbox.send(await database.dataSource.transaction((manager) => outbox.add(manager, [aDelivery('cut-off', 1)])));
    await eventually(() => tries > 1);
    now = 29_000;
    expect(outbox.readiness()).toBeUndefined();
    now = 40_000;
    expect(outbox.readiness()).toMatch(/^events wait in the outbox for 40 s: .*kafka\.unavailable/);
    expect(outbox.health()).toBeUndefined();
    isAway = false;
    await emptied();
    expect(outbox.readiness()).toBeUndefined();
    await outbox.stop();
  });

  it('asks for a restart when its sweep never comes back', async () => {
    let now = 0;
    let asked = false;
    const silent = new Proxy(database.dataSource, {
      get: (target, property) =>
        property === 'createQueryRunner'
          ? () => ({ connect: () => ((asked = true), new Promise(() => undefined)), release: async () => undefined })
          : (Reflect.get(target, property) as unknown),
    });
    const outbox = new Outbox({ dataSource: silent, producer: producers[0]!, instanceId: 'silent', now: () => now });
    outbox.start();
    await eventually(() => asked);
    now = 59_000;
    expect(outbox.health()).toBeUndefined();
    now = 61_000;
    expect(outbox.health()).toBe('the sweep of the outbox hangs for 61 s');
    expect(outbox.readiness()).toBeUndefined();
    await outbox.stop();
  });

  it('lets a later change go on when the process before it died between commit and send', async () => {
    const [key] = await newKeys(1);
    const first = new Writer('dies', database.dataSource, producers[0]!, () => 0);
    const second = new Writer('lives', other, producers[1]!, () => 0);
    first.dead = true;
    await first.change([key!], 1);
    await second.change([key!], 1);
    await emptied();
    await expectAllInOrder([key!]);
    await second.stop();
  }, 30_000);

  it('keeps the order of every key and loses nothing, with two processes that stall and die anywhere', async () => {
    const plan = fc.record({
      keys: fc.integer({ min: 1, max: 12 }),
      changes: fc.array(
        fc.record({ who: fc.nat(1), from: fc.nat(11), count: fc.integer({ min: 1, max: 4 }), events: fc.integer({ min: 1, max: 3 }) }),
        {
          minLength: 20,
          maxLength: 60,
        },
      ),
      stalls: fc.array(fc.integer({ min: 0, max: 25 }), { minLength: 50, maxLength: 50 }),
      deaths: fc.uniqueArray(fc.nat(59), { maxLength: 3 }),
      gapMs: fc.nat(4),
    });
    await fc.assert(
      fc.asyncProperty(plan, async ({ keys: count, changes, stalls, deaths, gapMs }) => {
        const keys = await newKeys(count);
        let turn = 0;
        const stall = () => stalls[turn++ % stalls.length]!;
        let born = 0;
        const birth = (who: number) => new Writer(`p${worlds}-${++born}`, who === 0 ? database.dataSource : other, producers[who]!, stall);
        const writers = [birth(0), birth(1)];
        const all = [...writers];
        const under: Promise<void>[] = [];
        for (const [n, { who, from, count: howMany, events }] of changes.entries()) {
          if (deaths.includes(n)) {
            writers[who]!.dead = true;
            all.push((writers[who] = birth(who)));
          }
          const chosen = [...new Set(Array.from({ length: howMany }, (_, i) => keys[(from + i) % keys.length]!))];
          under.push(writers[who]!.change(chosen, events));
          await pause(gapMs);
        }
        await Promise.all(under);
        await emptied();
        await expectAllInOrder(keys);
        await Promise.all(all.map((writer) => writer.stop()));
      }),
      { numRuns: Number(process.env['OUTBOX_RUNS'] ?? 12), endOnFailure: true },
    );
  }, 180_000);
});
