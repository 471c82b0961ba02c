import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller } from '@nestjs/common';
import { deliveries } from '@baton/contracts';
import type { ReceivedEvent } from '@baton/contracts';
import { eventually } from '@baton/testing';
import { GatheringProducer } from '../producing/gathering-producer.js';
import { aDelivery, kafkaCorner } from '../testkit/kafka-kit.js';
import type { KafkaCorner } from '../testkit/kafka-kit.js';
import { lanesApp } from '../testkit/lanes-kit.js';
import { OnEvents } from './on-events.js';

type Event = ReceivedEvent<typeof deliveries>;

describe('the lanes under Nest', () => {
  let corner: KafkaCorner;
  let producer: GatheringProducer;
  beforeAll(async () => {
    corner = await kafkaCorner(['deliveries', 'dead-letters']);
    producer = new GatheringProducer(corner.kafka);
  });
  afterAll(async () => {
    await producer.close();
    await corner.clear();
  });

  it('bring events to their handler and commit them', async () => {
    const seen: Event[] = [];
    @Controller()
    class Desk {
      @OnEvents(deliveries)
      async on(events: readonly Event[]): Promise<void> {
        seen.push(...events);
      }
    }
    const app = await lanesApp(corner.kafka, `${corner.prefix}-plain`, Desk);
    await producer.send(Array.from({ length: 20 }, (_, n) => aDelivery(`c${n % 3}`, n + 1)));
    await eventually(() => seen.length >= 20, { what: 'all events' });
    await corner.doneBy(`${corner.prefix}-plain`, 'deliveries');
    const start = Date.now();
    await app.close();
    expect(Date.now() - start).toBeLessThan(1_000);
    expect(seen).toHaveLength(20);
  });
});
