import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import { Controller } from '@nestjs/common';
import { deliveries } from '@baton/contracts';
import { eventually, FaultProxy, freePort, startLocalServices } from '@baton/testing';
import type { LocalServices } from '@baton/testing';
import { createKafka } from './kafka/create-kafka.js';
import type { StuckLimits } from './kafka/stuck-rule.js';
import { OnEvents } from './lanes/on-events.js';
import { GatheringProducer } from './producing/gathering-producer.js';
import { kafkaCorner } from './testkit/kafka-kit.js';
import type { KafkaCorner } from './testkit/kafka-kit.js';
import { lanesApp } from './testkit/lanes-kit.js';
import type { LanesApp } from './testkit/lanes-kit.js';

/** So short that a consumer which is silent for a second and a half is stuck, where Kafka answers. kafkajs itself takes five to notice. */
const LIMITS: StuckLimits = { askAfterMs: 1_000, askEveryMs: 100, answerWithinMs: 1_000, stuckAfterMs: 500 };
/** Several times as long as that. */
const A_LONG_OUTAGE_MS = 7_000;

@Controller()
class Desk {
  @OnEvents(deliveries)
  async on(): Promise<void> {
    // nothing to do with what comes
  }
}

describe('whether a process has to be replaced', () => {
  let services: LocalServices;
  let proxy: FaultProxy;
  let corner: KafkaCorner;
  const open: { close(): Promise<void> }[] = [];

  beforeAll(async () => {
    // A Kafka of our own: the one of the other tests must not be killed.
    delete process.env['KAFKA_BROKERS'];
    const listens = await freePort();
    proxy = await FaultProxy.start({ to: { port: listens } });
    services = await startLocalServices({ containers: false, knowledge: false, kafkaRoundabout: { listens, tells: proxy.port } });
    process.env['KAFKA_BROKERS'] = services.brokers.join(',');
    corner = await kafkaCorner(['deliveries', 'dead-letters']);
  }, 120_000);
  afterEach(async () => {
    proxy.heal();
    await services.kafka.start();
    await Promise.all(open.splice(0).map((one) => one.close()));
  }, 60_000);
  afterAll(async () => {
    await corner?.clear();
    await services?.stop();
    await proxy?.close();
  }, 60_000);

  /** All of its connections go through the proxy. */
  const kafka = () => createKafka({ ...corner.kafka.config, brokers: [`127.0.0.1:${proxy.port}`] });

  async function start(groupId: string): Promise<LanesApp> {
    const app = await lanesApp(kafka(), groupId, Desk, { stuckLimits: LIMITS });
    open.push(app);
    return app;
  }
  const isWell = ({ server }: LanesApp) => server.readiness() === undefined && server.health() === undefined;
  const getsWell = (app: LanesApp) => eventually(() => isWell(app), { within: 40_000, what: 'the lanes being well' });

  /** What liveness says in an outage of that length, where it says anything but that all is well. */
  async function complaintsDuring(ms: number, ...apps: LanesApp[]): Promise<string[]> {
    const said = new Set<string>();
    for (const until = performance.now() + ms; performance.now() < until; await pause(20)) {
      for (const { server } of apps) said.add(server.health() ?? 'well');
    }
    return [...said];
  }

  it('is no while Kafka is away, also for a process that starts meanwhile, and both go on when it is back', async () => {
    const before = await start('before');
    await getsWell(before);
    await services.kafka.kill();
    const meanwhile = await start('meanwhile');
    expect(await complaintsDuring(A_LONG_OUTAGE_MS, before, meanwhile)).toEqual(['well']);
    expect([before.server.readiness(), meanwhile.server.readiness()]).toContainEqual(expect.stringContaining('not a member of meanwhile'));
    await services.kafka.start();
    await Promise.all([getsWell(before), getsWell(meanwhile)]);
  }, 90_000);

  it('is no while Kafka says nothing at all, though connections are taken', async () => {
    const app = await start('in-the-dark');
    await getsWell(app);
    proxy.blackHole();
    expect(await complaintsDuring(A_LONG_OUTAGE_MS, app)).toEqual(['well']);
    proxy.heal();
    await getsWell(app);
  }, 90_000);

  it('is yes while its own connections are mute and fresh ones are not', async () => {
    const app = await start('mute');
    await getsWell(app);
    proxy.cutSilently();
    const said = await eventually(() => app.server.health(), { within: 5_000, every: 20, what: 'being told' });
    expect(said).toMatch(/^nothing came from Kafka for \d+ s, though it answers/);
  }, 90_000);

  it('a producer that asks when it is quiet knows that Kafka is away, and back, without sending', async () => {
    const producer = new GatheringProducer(kafka(), { askWhenQuietMs: 200 });
    open.push(producer);
    await producer.connect();
    await services.kafka.kill();
    await eventually(() => !producer.healthy, { within: 10_000, what: 'knowing that Kafka is away' });
    await services.kafka.start();
    await eventually(() => producer.healthy, { within: 20_000, what: 'knowing that Kafka is back' });
    proxy.cutSilently();
    await pause(500);
    expect(producer.healthy).toBe(true);
  }, 60_000);
});
