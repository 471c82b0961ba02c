import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Controller } from '@nestjs/common';
import type { Type } from '@nestjs/common';
import { EventPattern } from '@nestjs/microservices';
import { DEAD_LETTERS, deliveries } from '@baton/contracts';
import type { ReceivedEvent } from '@baton/contracts';
import { eventually } from '@baton/testing';
import { readDeadLetter } from '../dead-letters/dead-letter.js';
import { Inbox } from '../inbox/inbox.js';
import { GatheringProducer } from '../producing/gathering-producer.js';
import { testDatabase } from '../testkit/database-kit.js';
import { aDelivery } from '../testkit/a-delivery.js';
import { kafkaCorner } from '../testkit/kafka-kit.js';
import type { KafkaCorner } from '../testkit/kafka-kit.js';
import { lanesApp, TransientError } from '../testkit/lanes-kit.js';
import type { LanesApp } from '../testkit/lanes-kit.js';
import type { LanesServerOptions } from './lanes-server.js';
import { OnEvents } from './on-events.js';
import type { ParkedRecord } from './on-events.js';
import { UnprocessableEvent } from './unprocessable-event.js';

type Event = ReceivedEvent<typeof deliveries>;
const numberOf = (event: Event) => ('deliverySequence' in event.data ? event.data.deliverySequence : 0);
const keyOf = (key: string) => aDelivery(key, 1).key;

/** A controller whose one handler does `work`. */
function deskDoing(
  work: (events: readonly Event[]) => Promise<void> | void,
  onParked?: (parked: ParkedRecord) => Promise<void> | void,
): Type {
  @Controller()
  class Desk {
    @OnEvents(deliveries, { maxBatch: 50, onParked: 'parked' })
    async on(events: readonly Event[]): Promise<void> {
      await work(events);
    }
    async parked(record: ParkedRecord): Promise<void> {
      await onParked?.(record);
    }
  }
  return Desk;
}

describe('the lanes under Nest', () => {
  let corner: KafkaCorner;
  let producer: GatheringProducer;
  const group = 'desk';
  const apps: LanesApp[] = [];

  beforeEach(async () => {
    corner = await kafkaCorner(['deliveries', 'dead-letters']);
    producer = new GatheringProducer(corner.kafka);
  });
  afterEach(async () => {
    await Promise.all(apps.splice(0).map((app) => app.close()));
    await producer.close();
    await corner.clear();
  });

  async function start(controller: Type, more: Partial<LanesServerOptions> = {}): Promise<LanesApp> {
    const app = await lanesApp(corner.kafka, group, controller, more);
    apps.push(app);
    return app;
  }
  const send = (key: string, ...numbers: number[]) => producer.send(numbers.map((n) => aDelivery(key, n)));
  const letters = async () => (await corner.read(DEAD_LETTERS)).map(readDeadLetter);

  it('bring events to their handler, commit them, and stop without waiting for the next fetch', async () => {
    const seen: Event[] = [];
    const app = await start(deskDoing((events) => void seen.push(...events)));
    await producer.send(Array.from({ length: 20 }, (_, n) => aDelivery(`c${n % 3}`, n + 1)));
    await eventually(() => seen.length === 20, { what: 'all events' });
    await corner.doneBy(group, 'deliveries');
    const before = performance.now();
    await app.close();
    expect(performance.now() - before).toBeLessThan(4_000);
    expect(app.server.readiness()).toBe('the lanes are being closed');
  });

  it('repeat a batch while its failure will pass, and keep the order meanwhile', async () => {
    const seen: number[] = [];
    let failures = 3;
    await start(
      deskDoing((events) => {
        if (failures-- > 0) throw new TransientError('Postgres restarts');
        seen.push(...events.map(numberOf));
      }),
    );
    await send('a', 1, 2, 3);
    await eventually(() => seen.length >= 3, { what: 'the events' });
    expect(seen).toEqual([1, 2, 3]);
    expect(await letters()).toEqual([]);
  });

  it('park what cannot be understood with its bytes and the reason, tell the gap in its place, and go on', async () => {
    const told: (number | string)[] = [];
    await start(
      deskDoing(
        (events) => void told.push(...events.map(numberOf)),
        ({ key, reason, id, extensions }) => void told.push(`${reason} ${key === keyOf('a')} ${id} ${extensions['botid']}`),
      ),
    );
    const good = (n: number) => aDelivery('a', n);
    const broken = {
      ...good(2),
      value: Buffer.from([0xff, 0x00, 0x7b]),
      headers: { ...good(2).headers, ce_botid: 'demo', odd: Buffer.from([0xfe]) },
    };
    const newer = { ...good(4), headers: { ...good(4).headers, ce_type: 'baton.delivery.removal.v2' } };
    await producer.send([good(1), broken, good(3), newer, { ...good(5), headers: {} }, good(6)]);
    await eventually(() => told.length === 6, { what: 'everything being told' });
    expect(told).toEqual([
      1,
      'not-json true undefined demo',
      3,
      'unknown-version true undefined undefined',
      'not-an-event true undefined undefined',
      6,
    ]);
    await corner.doneBy(group, 'deliveries');
    const parked = await letters();
    expect(parked.map(({ reason }) => reason)).toEqual(['not-json', 'unknown-version', 'not-an-event']);
    expect(parked[0]).toMatchObject({
      topic: `${corner.prefix}.deliveries.v1`,
      error: 'delivery.removal is not JSON',
      original: { value: broken.value },
    });
    expect(parked[0]!.original.headers['odd']).toEqual(Buffer.from([0xfe]));
    expect(parked[0]!.original.key?.toString()).toBe(keyOf('a'));
  });

  it('find the one event a handler fails for, park it without its text, and handle all others', async () => {
    const seen: number[] = [];
    await start(
      deskDoing((events) => {
        if (events.some((event) => numberOf(event) === 13)) throw new Error('cannot store "my secret words"');
        if (events.some((event) => numberOf(event) === 29)) throw new UnprocessableEvent('the conversation belongs to another bot');
        seen.push(...events.map(numberOf));
      }),
    );
    await send('a', ...Array.from({ length: 40 }, (_, n) => n + 1));
    await eventually(() => seen.length === 38, { what: 'the other events' });
    expect(seen).toEqual(Array.from({ length: 40 }, (_, n) => n + 1).filter((n) => n !== 13 && n !== 29));
    const parked = await eventually(async () => ((await letters()).length === 2 ? letters() : undefined));
    expect(parked.map(({ reason }) => reason)).toEqual(['handler-failed', 'handler-refused']);
    expect(parked[0]!.error).toMatch(/^Error at /);
    expect(parked[0]!.error).not.toContain('secret');
    expect(parked[1]!.error).toBe('the conversation belongs to another bot');
  });

  it('do not let a slow key delay the others', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const seen: string[] = [];
    await start(
      deskDoing(async (events) => {
        if (events.some(({ key }) => key === keyOf('slow'))) await held;
        seen.push(...events.map((event) => `${event.key === keyOf('slow') ? 'slow' : 'quick'}${numberOf(event)}`));
      }),
    );
    await send('slow', 1);
    await eventually(() => apps[0]!.server.figures().inFlight === 1);
    await send('slow', 2);
    for (let n = 1; n <= 20; n++) await send(`quick${n}`, n);
    await eventually(() => seen.length === 20, { what: 'the quick keys' });
    expect(seen.some((one) => one.startsWith('slow'))).toBe(false);
    release();
    await eventually(() => seen.length === 22);
    expect(seen.slice(20)).toEqual(['slow1', 'slow2']);
  });

  it('commit up to the oldest unfinished record and not past it', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const done: string[] = [];
    await start(
      deskDoing(async (events) => {
        if (events.some(({ key }) => key === keyOf('held'))) await held;
        done.push(...events.map(({ key }) => key));
      }),
    );
    await send('held', 1);
    const records = await corner.read('deliveries');
    const { partition, offset } = records.findLast(({ key }) => key?.toString() === keyOf('held'))!;
    await eventually(() => apps[0]!.server.figures().inFlight === 1);
    for (let n = 1; n <= 30; n++) await send(`other${n}`, 1);
    await eventually(() => done.length === 30);
    const behind = (await corner.read('deliveries')).filter((record) => record.partition === partition && record.offset > offset);
    expect(behind.length).toBeGreaterThan(0);
    await eventually(async () => {
      const committed = await corner.committed(group, 'deliveries');
      const ends = await corner.ends('deliveries');
      for (const { partition: which, end } of ends) {
        const at = committed.find((one) => one.partition === which)?.offset ?? 0n;
        expect([which, at]).toEqual([which, which === partition ? offset : end]);
      }
      return true;
    });
    release();
    await corner.doneBy(group, 'deliveries');
  });

  it('pause reading at the bound, stay members meanwhile, and go on when there is room', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    let done = 0;
    const app = await start(
      deskDoing(async (events) => {
        await held;
        done += events.length;
      }),
      { inFlight: 100, sessionTimeoutMs: 6_000 },
    );
    for (let round = 0; round < 20; round++) {
      await producer.send(Array.from({ length: 100 }, (_, n) => aDelivery(`k${n}`, round + 1)));
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    await eventually(() => app.server.figures().paused === 6, { what: 'all partitions being paused' });
    const { inFlight } = app.server.figures();
    expect(inFlight).toBeLessThan(2_000);
    await new Promise((resolve) => setTimeout(resolve, 7_000)); // longer than the session: only heartbeats keep a member that long
    expect([app.server.readiness(), app.server.figures().inFlight]).toEqual([undefined, inFlight]);
    release();
    await corner.doneBy(group, 'deliveries');
    expect(done).toBe(2_000);
  }, 40_000);

  it('keep the order of every key and lose nothing while members join and leave', async () => {
    const seen = new Map<string, number[]>();
    let handled = 0;
    const member = () => {
      const atWork = new Set<string>();
      return deskDoing(async (events) => {
        const keys = new Set(events.map(({ key }) => key));
        for (const key of keys) {
          if (atWork.has(key)) throw new Error('two batches of one key at once');
          atWork.add(key);
        }
        await new Promise((resolve) => setTimeout(resolve, 3));
        for (const event of events) {
          const numbers = seen.get(event.key) ?? [];
          if (!numbers.includes(numberOf(event))) seen.set(event.key, [...numbers, numberOf(event)]);
          handled++;
        }
        for (const key of keys) atWork.delete(key);
      });
    };
    const total = 4_000;
    const keys = 60;
    await start(member());
    const feeding = (async () => {
      for (let n = 0; n < total / keys; n++) {
        await producer.send(Array.from({ length: keys }, (_, k) => aDelivery(`k${k}`, n + 1)));
        await new Promise((resolve) => setTimeout(resolve, 60));
      }
    })();
    await eventually(() => handled > 500);
    await start(member());
    await eventually(() => apps[1]!.server.figures().partitions > 0, { within: 15_000, what: 'the second member having partitions' });
    await eventually(() => handled > 2_000, { within: 20_000 });
    await apps.shift()!.close();
    await feeding;
    const rounds = Math.ceil(total / keys);
    await eventually(() => [...seen.values()].reduce((sum, { length }) => sum + length, 0) >= rounds * keys, {
      within: 30_000,
      what: 'all events',
    });
    for (let k = 0; k < keys; k++) expect(seen.get(keyOf(`k${k}`))).toEqual(Array.from({ length: rounds }, (_, n) => n + 1));
    expect(await letters()).toEqual([]);
    // Work is finished and committed before partitions move, so that a calm change of members repeats next to nothing.
    expect(handled - rounds * keys).toBeLessThan(400);
  }, 90_000);

  it('commit what is done when they stop under load, and another member goes on behind it', async () => {
    const seen: string[] = [];
    const desk = deskDoing(async (events) => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      seen.push(...events.map((event) => `${event.key}/${numberOf(event)}`));
    });
    const app = await start(desk, { commitEveryMs: 60_000 });
    for (let n = 1; n <= 20; n++) await producer.send(Array.from({ length: 100 }, (_, k) => aDelivery(`k${k}`, n)));
    await eventually(() => seen.length > 300);
    const before = performance.now();
    await app.close();
    expect(performance.now() - before).toBeLessThan(10_000);
    const atStop = seen.length;
    expect(atStop).toBeLessThan(2_000);
    await start(desk);
    await eventually(() => new Set(seen).size === 2_000, { within: 20_000 });
    await corner.doneBy(group, 'deliveries');
    expect(seen.length).toBe(2_000);
  }, 40_000);

  it('let the same event fifty times have one effect, by the inbox', async () => {
    const database = await testDatabase();
    await database.dataSource.query('CREATE TABLE effect (id text)');
    const inbox = new Inbox('deliveries');
    let came = 0;
    await start(
      deskDoing(async (events) => {
        await database.dataSource.transaction(async (manager) => {
          const fresh = await inbox.admit(
            manager,
            events.map(({ id }) => id),
          );
          await manager.query('INSERT INTO effect SELECT unnest($1::text[])', [[...fresh]]);
        });
        came += events.length;
      }),
    );
    const same = aDelivery('a', 1);
    for (let n = 0; n < 50; n++) await producer.send([same]);
    await eventually(() => came >= 50);
    const [{ count }] = await database.dataSource.query('SELECT count(*)::int FROM effect');
    expect(count).toBe(1);
    await database.drop();
  });

  describe('do not start, and say why,', () => {
    const refusal = (...controllers: Type[]) =>
      lanesApp(corner.kafka, 'never', controllers[0]!, {}, controllers.slice(1)).then(
        () => undefined,
        (error: Error) => error.message,
      );

    it('when a topic has two handlers', async () => {
      expect(
        await refusal(
          deskDoing(() => undefined),
          deskDoing(() => undefined),
        ),
      ).toBe('the lanes cannot start: the topic deliveries has two handlers, Desk.on and Desk.on: one must take all its events');
    });

    it('when a handler is not subscribed by @OnEvents', async () => {
      @Controller()
      class Stray {
        @(EventPattern('deliveries') as MethodDecorator)
        on(): void {}
      }
      expect(await refusal(Stray)).toBe('the lanes cannot start: the handler of "deliveries" must be subscribed with @OnEvents(topic)');
    });

    it('when nothing is subscribed', async () => {
      @Controller()
      class Empty {}
      expect(await refusal(Empty)).toBe('the lanes cannot start: no controller has a method with @OnEvents(topic)');
    });

    it('when the method that should be told of gaps does not exist', () => {
      const declare = () => {
        class Desk {
          async on(_: readonly Event[]): Promise<void> {}
        }
        OnEvents(deliveries, { onParked: 'gone' })(Desk.prototype, 'on', Object.getOwnPropertyDescriptor(Desk.prototype, 'on') as never);
      };
      expect(declare).toThrow('Desk has no method gone, which its handler of deliveries names in onParked');
    });
  });
});
