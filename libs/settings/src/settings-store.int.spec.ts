import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { settings, topicOnTheWire } from '@baton/contracts';
import { createKafka, GatheringProducer } from '@baton/messaging/kafka';
import type { KafkaConfig } from '@baton/messaging/kafka';
import { eventually } from '@baton/testing';
import type { SettingsProblem } from './held-settings.js';
import { SettingsPublisher } from './settings-publisher.js';
import { SettingsStore } from './settings-store.js';
import { aBot, aPlugin, someKeys, WEBSITE } from './testkit.js';

const brokers = process.env['KAFKA_BROKERS']!.split(',');

describe('settings over Kafka', () => {
  const keys = someKeys();
  const kafka: KafkaConfig = { brokers, clientId: 'settings-test', topicPrefix: `settings-${randomBytes(4).toString('hex')}` };
  const topic = topicOnTheWire(settings.name, kafka.topicPrefix);
  const admin = createKafka(kafka).admin();
  const problems: SettingsProblem[] = [];
  const changes: string[] = [];
  let publisher: SettingsPublisher;
  let store: SettingsStore;

  beforeAll(async () => {
    await admin.connect();
    publisher = new SettingsPublisher({ kafka, keys, heartbeatMs: 200 });
    store = new SettingsStore({ kafka, keys: { webhooks: keys.webhooks }, onProblem: (problem) => problems.push(problem) });
    store.onChange((settingId) => changes.push(settingId));
  });
  afterAll(async () => {
    await publisher.stop();
    await store.stop();
    await admin.deleteTopics([topic]);
    await admin.disconnect();
  });

  it('a store that starts before its topic exists says so and waits', async () => {
    const started = store.start();
    await eventually(() => store.notReady?.includes(':'), { what: 'the reason' });
    expect(store.caughtUp).toBe(false);
    await admin.createTopics([{ topic, partitions: 1, replication: 1, settings: { 'cleanup.policy': 'compact' } }]);
    await started;
    expect([store.caughtUp, store.notReady]).toEqual([true, undefined]);
    expect(store.isFresh(new Date())).toBe(false);
  });

  it('what is published is held, its secrets opened, and current', async () => {
    await publisher.start();
    const plan = await publisher.publish([aBot(keys, 'demo', { hookSecrets: ['one', 'two'] }), aPlugin(keys)]);
    expect(plan.changed).toHaveLength(2);
    await eventually(() => store.bot('demo') && store.plugin('0b0b0b0b-0000-4000-8000-000000000001'), { what: 'both settings' });
    const [bot] = store.botsOfWebsite(WEBSITE);
    expect(bot!.crisp!.hookSecrets.map((sealed) => store.open(sealed))).toEqual(['one', 'two']);
    expect(() => store.open(bot!.crisp!.tokenKey)).toThrow('secret.');
    expect(store.isFresh(new Date())).toBe(true);
    expect(store.isFresh(new Date(Date.now() + 120_000))).toBe(false);
  });

  it('the heartbeat keeps it current without writing the settings again', async () => {
    const before = { freshAt: store.freshAt!, changes: changes.length };
    await publisher.publish([aBot(keys, 'demo', { hookSecrets: ['one', 'two'] }), aPlugin(keys)]);
    await eventually(() => store.freshAt!.getTime() > before.freshAt.getTime() + 500, { what: 'some heartbeats' });
    expect(changes).toHaveLength(before.changes);
  });

  it('a broken record is told and kept out', async () => {
    const producer = new GatheringProducer(createKafka(kafka));
    await producer.send([{ topic: 'settings', key: 'bot:demo', value: '{"bot":', headers: {} }]);
    await producer.close();
    await eventually(() => problems.length > 0, { what: 'the problem' });
    expect(problems).toMatchObject([{ settingId: 'bot:demo', reason: 'not-an-event' }]);
    expect([store.bot('demo')?.name, store.isDoubtful('bot:demo')]).toEqual(['Demo', true]);
  });

  it('a publisher that starts anew knows what is there, mends it and takes away what is wanted no more', async () => {
    const next = new SettingsPublisher({ kafka, keys });
    await next.start();
    const plan = await next.publish([aBot(keys, 'demo', { hookSecrets: ['one', 'two'] })]);
    await next.stop();
    expect(plan).toMatchObject({
      changed: [{ settingId: 'bot:demo', revision: 2 }],
      removed: ['crisp-plugin:0b0b0b0b-0000-4000-8000-000000000001'],
    });
    await eventually(() => store.plugin('0b0b0b0b-0000-4000-8000-000000000001') === undefined && !store.isDoubtful('bot:demo'), {
      what: 'the change',
    });
  });

  it('what a publisher of before still wrote late is mended by the one that publishes now', async () => {
    const [late, now] = [new SettingsPublisher({ kafka, keys }), new SettingsPublisher({ kafka, keys })];
    await Promise.all([late.start(), now.start()]);
    await now.publish([aBot(keys, 'demo', { name: 'Now' })]);
    await late.publish([aBot(keys, 'demo', { name: 'Late' })]);
    await eventually(() => store.bot('demo')?.name === 'Late', { what: 'what was written late' });
    await eventually(async () => (await now.publish([aBot(keys, 'demo', { name: 'Now' })])).changed.length > 0, {
      what: 'that it is seen',
    });
    await eventually(() => store.bot('demo')?.name === 'Now', { what: 'what holds' });
    await now.publish([aBot(keys, 'demo', { hookSecrets: ['one', 'two'] })]);
    await Promise.all([late.stop(), now.stop()]);
  });

  it('a second store reads all of it at its start', async () => {
    const second = new SettingsStore({ kafka, keys });
    const began = Date.now();
    await second.start();
    expect([second.bots().length, second.open(second.bot('demo')!.crisp!.tokenKey)]).toEqual([1, 'crisp-key']);
    process.stderr.write(`a store was ready after ${Date.now() - began} ms\n`);
    await second.stop();
  });
});
