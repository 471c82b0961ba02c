import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller } from '@nestjs/common';
import { deliveries } from '@baton/contracts';
import type { ReceivedEvent } from '@baton/contracts';
import { eventually, startLocalServices } from '@baton/testing';
import type { LocalServices } from '@baton/testing';
import { OnEvents } from './lanes/on-events.js';
import { GatheringProducer } from './producing/gathering-producer.js';
import { aDelivery } from './testkit/a-delivery.js';
import { kafkaCorner } from './testkit/kafka-kit.js';
import type { KafkaCorner } from './testkit/kafka-kit.js';
import { lanesApp } from './testkit/lanes-kit.js';

describe('when the broker is killed and started again', () => {
  let services: LocalServices;
  let corner: KafkaCorner;
  beforeAll(async () => {
    // A Kafka of our own: the one of the other tests must not be killed.
    delete process.env['KAFKA_BROKERS'];
    services = await startLocalServices();
    process.env['KAFKA_BROKERS'] = services.brokers.join(',');
    corner = await kafkaCorner(['deliveries', 'dead-letters']);
  }, 120_000);
  afterAll(async () => {
    await corner?.clear();
    await services?.stop();
  }, 60_000);

  it('sending and handling go on within seconds, and nothing is lost', async () => {
    const seen = new Set<number>();
    @Controller()
    class Desk {
      @OnEvents(deliveries)
      async on(events: readonly ReceivedEvent<typeof deliveries>[]): Promise<void> {
        for (const { data } of events) if ('deliverySequence' in data) seen.add(data.deliverySequence);
      }
    }
    const app = await lanesApp(corner.kafka, 'desk', Desk);
    const producer = new GatheringProducer(corner.kafka);
    const acknowledged = new Set<number>();
    let sent = 0;
    let up = true;
    let firstAck: number | undefined;
    const feeding = setInterval(() => {
      const n = ++sent;
      producer.send([aDelivery(`k${n % 20}`, n)], { deadlineMs: 2_000 }).then(
        () => {
          acknowledged.add(n);
          if (up) firstAck ??= performance.now();
        },
        () => undefined, // the caller of a real service would be told to come again
      );
    }, 10);
    await eventually(() => seen.size > 100);
    up = false;
    await services.kafka.kill();
    await eventually(() => !producer.healthy, { what: 'the producer noticing' });
    await services.kafka.start();
    const back = performance.now();
    up = true;
    firstAck = undefined;
    await eventually(() => firstAck, { within: 20_000, what: 'the first acknowledgement' });
    const handledBefore = seen.size;
    await eventually(() => seen.size > handledBefore + 100, { within: 30_000, what: 'events being handled again' });
    const handling = performance.now();
    clearInterval(feeding);
    await eventually(() => [...acknowledged].every((n) => seen.has(n)), { within: 20_000, what: 'every acknowledged event being handled' });
    expect(app.server.health()).toBeUndefined();
    process.stderr.write(
      `    first acknowledgement ${Math.round(firstAck! - back)} ms, handling ${Math.round(handling - back)} ms after the broker was up\n`,
    );
    expect(firstAck! - back).toBeLessThan(5_000);
    expect(handling - back).toBeLessThan(15_000);
    await corner.doneBy('desk', 'deliveries');
    await app.close();
    await producer.close();
  }, 120_000);
});
