import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { BotSettingsSchema, newId, settings as settingsTopic, topicOnTheWire } from '@baton/contracts';
import { GatheringProducer, Outbox } from '@baton/messaging';
import { createKafka } from '@baton/messaging/kafka';
import { InnerDoor, writePass } from '@baton/passes';
import type { Pass } from '@baton/passes';
import { createDataSource, runMigrations } from '@baton/persistence';
import { seal, SettingsPublisher, SettingsStore } from '@baton/settings';
import type { Setting } from '@baton/settings';
import { createLogger, provide } from '@baton/telemetry';
import { eventually, freshDatabase } from '@baton/testing';
import type { FreshDatabase } from '@baton/testing';
import { Module } from '@nestjs/common';
import { APP_FILTER, NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DataSource } from 'typeorm';
import { migrations, SCHEMA } from '../database/index.js';
import { TellRefusals } from '../http/tell-refusals.js';
import { quotaProviders } from '../quota/providers.js';
import { Quota } from '../quota/quota.js';
import { UsageController } from '../quota/usage.controller.js';
import { ConnectionController } from './connection.controller.js';
import { InnerRequests } from '../inner/inner-requests.js';
import { HooksSeen } from './hooks-seen.js';
import { InnerConnectionController } from './inner-connection.controller.js';
import { MaySpeak } from './may-speak.js';
import { connectionProviders } from './providers.js';
import { StoppedBots } from './stopped-bots.js';

const WEBSITE = '11111111-2222-4333-8444-555555555555';
const API_KEY = 'the-key-of-the-bot';
const TOKEN_KEY = 'the-key-of-the-token';
const PASS_KEY = randomBytes(32).toString('base64');

/** A Crisp whose token may read everything of one workspace, and not write into conversations. */
async function playedCrisp() {
  const server = createServer((request, response) => {
    request.resume();
    const answer = (status: number, reason: string, data: unknown = {}): void => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ error: status >= 400, reason, data }));
    };
    const { url = '', method } = request;
    if (request.headers.authorization !== `Basic ${Buffer.from(`token:${TOKEN_KEY}`).toString('base64')}`)
      return answer(401, 'invalid_session');
    if (method === 'PATCH') return answer(403, 'not_allowed');
    if (url.includes('/conversation/')) return answer(404, 'conversation_not_found');
    if (url.includes('/availability/')) return answer(200, 'resolved', { status: 'online' });
    if (/\/(conversations|operators)\//.test(url)) return answer(200, 'listed', []);
    return answer(200, 'resolved', { website_id: WEBSITE, name: 'Juniper Shop' });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => void (server.closeAllConnections(), server.close()),
  };
}

describe('a connected bot', () => {
  const key = () => randomBytes(32).toString('base64');
  const keys = { webhooks: key(), crisp: key(), messenger: key(), models: key() };
  const kafka = {
    brokers: process.env['KAFKA_BROKERS']!.split(','),
    clientId: 'connection-test',
    topicPrefix: `connection-${randomBytes(4).toString('hex')}`,
  };
  const topic = topicOnTheWire(settingsTopic.name, kafka.topicPrefix);
  const logger = createLogger({ service: 'test', level: 'silent', instance: 'test' });
  let crisp: Awaited<ReturnType<typeof playedCrisp>>;
  let database: FreshDatabase;
  let dataSource: DataSource;
  let publisher: SettingsPublisher;
  let store: SettingsStore;
  let app: NestFastifyApplication;
  let url: string;

  const bot = (change: object = {}): Setting => ({
    type: 'settings.bot',
    bot: BotSettingsSchema.parse({
      botId: 'demo',
      workspaceId: 'acme',
      name: 'Demo',
      apiKeyHashes: [createHash('sha256').update(API_KEY).digest('hex')],
      assistant: { inbox: 'reply', channels: true },
      crisp: {
        websiteId: WEBSITE,
        apiUrl: crisp.url,
        tokenId: 'token',
        tokenKey: seal({ purpose: 'crisp', settingId: 'bot:demo' }, keys.crisp, TOKEN_KEY),
      },
      ...change,
    }),
  });
  const plan: Setting = { type: 'settings.workspace', workspaceId: 'acme', workspace: { answers: { perMonth: 2, warnAtPercent: 50 } } };
  const publish = (setting: Setting) => publisher.publish([setting, plan]);
  const speaks = () => app.get(MaySpeak).of('demo', WEBSITE, 'session_1');
  const call = async (method: string, path: string, authorization = `Bearer ${API_KEY}`) => {
    const response = await fetch(`${url}/v1/bots/${path}`, { method, headers: { authorization } });
    return { status: response.status, body: (await response.json()) as { missing: { code: string }[] } };
  };

  beforeAll(async () => {
    [crisp, database] = await Promise.all([playedCrisp(), freshDatabase(process.env['DATABASE_URL']!, 'connection')]);
    await runMigrations({ url: database.url, schema: SCHEMA, migrations, applicationName: 'connection-test' });
    dataSource = await createDataSource({ url: database.url, schema: SCHEMA, applicationName: 'connection-test' }).initialize();
    const admin = createKafka(kafka).admin();
    await admin.connect();
    await admin.createTopics([{ topic, partitions: 1, replication: 1, settings: { 'cleanup.policy': 'compact' } }]);
    await admin.disconnect();
    publisher = new SettingsPublisher({ kafka, keys });
    await publisher.start();
    store = new SettingsStore({ kafka, keys: { crisp: keys.crisp, models: keys.models } });
    const producer = new GatheringProducer(createKafka(kafka));
    @Module({
      controllers: [UsageController, ConnectionController, InnerConnectionController],
      providers: [
        { provide: DataSource, useValue: dataSource },
        { provide: SettingsStore, useValue: store },
        provide(Outbox, [], () => new Outbox({ dataSource, producer, instanceId: 'test' })),
        ...quotaProviders(logger),
        InnerRequests,
        { provide: InnerDoor, useValue: new InnerDoor(PASS_KEY) },
        ...connectionProviders({ INGRESS_URL: 'https://hooks.example' }),
        { provide: APP_FILTER, useClass: TellRefusals },
      ],
    })
    class App {}
    app = await NestFactory.create<NestFastifyApplication>(App, new FastifyAdapter(), { logger: false });
    await app.listen(0, '127.0.0.1');
    url = await app.getUrl();
    await publish(bot());
    await store.start();
  });
  afterAll(async () => {
    await app.close();
    await publisher.stop();
    await store.stop();
    await dataSource.destroy();
    await database.drop();
    crisp.close();
    const admin = createKafka(kafka).admin();
    await admin.connect();
    await admin.deleteTopics([topic]);
    await admin.disconnect();
  });

  it('is checked live by whoever has its key, both ways', async () => {
    const { saw, write } = { saw: app.get(HooksSeen).saw.bind(app.get(HooksSeen)), write: () => app.get(HooksSeen).write() };
    saw(WEBSITE, 'demo', new Date('2026-11-20T10:00:05.000Z'));
    saw(WEBSITE, 'demo', new Date('2026-11-20T10:00:00.000Z'));
    await write();
    saw(WEBSITE, 'demo', new Date('2026-11-20T11:00:00.000Z'));
    await write();
    const { status, body } = await call('POST', 'demo/crisp/check');
    expect([status, body]).toMatchObject([
      200,
      {
        ready: false,
        token: 'taken',
        websiteId: WEBSITE,
        website: { state: 'bound', name: 'Juniper Shop' },
        operators: [],
        hook: {
          address: 'https://hooks.example/api/integrations/livechat/crisp/webhook/demo',
          seenSince: '2026-11-20T10:00:00.000Z',
          lastSeen: '2026-11-20T11:00:00.000Z',
          count: 3,
        },
      },
    ]);
    expect(new Set(body.missing.map(({ code }) => code))).toEqual(new Set(['scope-missing', 'no-operators']));
    expect(JSON.stringify(body)).not.toContain(TOKEN_KEY);
    expect(await call('POST', 'demo/crisp/check')).toMatchObject({ status: 429 });
    expect(await call('POST', 'demo/crisp/check', 'Bearer another-key')).toMatchObject({ status: 401 });
  });

  it('tells what its workspace used', async () => {
    const quota = app.get(Quota);
    const [said, refused] = [newId(), newId()];
    for (const entryId of [said, newId(), refused])
      await quota.reserve(dataSource.manager, { entryId, workspaceId: 'acme', botId: 'demo', at: new Date() });
    await quota.commit(dataSource.manager, said, 'webchat', new Date());
    const { status, body } = await call('GET', 'demo/usage?months=1');
    expect([status, body]).toMatchObject([
      200,
      {
        workspaceId: 'acme',
        limit: 2,
        warnAt: 50,
        months: [{ used: 1, reserved: 1, turnedAway: 1, bots: [{ botId: 'demo', inbox: 0, webchat: 1, messenger: 0 }] }],
      },
    ]);
    expect(await call('GET', 'demo/usage?months=99')).toMatchObject({ status: 400, body: { error: { field: 'months' } } });
    expect(await call('GET', 'demo/usage', 'Bearer another-key')).toMatchObject({ status: 401 });
  });

  it('is silenced by hand at once, here and on other replicas, and released again', async () => {
    expect(speaks()).toEqual({ speak: true, mode: 'reply' });
    const elsewhere = new StoppedBots(dataSource);
    expect(await call('POST', 'demo/stop')).toEqual({ status: 200, body: { stopped: true } });
    await elsewhere.job.run();
    expect([speaks(), app.get(MaySpeak).inChannels('demo', 'conversation-1'), elsewhere.has('demo')]).toEqual([
      { speak: false, why: 'killed' },
      { speak: false, why: 'killed' },
      true,
    ]);
    expect(await call('DELETE', 'demo/stop')).toEqual({ status: 200, body: { stopped: false } });
    expect(speaks()).toEqual({ speak: true, mode: 'reply' });
  });

  it.each<[string, object, string]>([
    ['was switched off', { enabled: false }, 'disabled'],
    ['is off in the inbox', { assistant: { inbox: 'off' } }, 'mode-off'],
    ['was disconnected', { crisp: undefined }, 'disconnected'],
  ])('says nothing five seconds after it %s', async (_, change, why) => {
    await publish(bot());
    await eventually(() => speaks().speak, { what: 'being allowed to speak' });
    const began = performance.now();
    await publish(bot(change));
    await eventually(() => !speaks().speak, { what: 'silence', within: 5_000 });
    process.stderr.write(`silent after ${Math.round(performance.now() - began)} ms: ${why}\n`);
    expect(speaks()).toEqual({ speak: false, why });
  });

  it('shows the control plane which web hooks came, of its pass’s workspace only', async () => {
    const ask = async (pass: Partial<Pass>) => {
      const whole: Pass = { workspaceId: 'acme', errand: 'operations', may: 'read', by: 'test', ...pass };
      const response = await fetch(`${url}/inner/v1/hooks-seen`, { headers: { authorization: writePass(PASS_KEY, whole, new Date()) } });
      return [response.status, await response.json()];
    };
    const last = '2026-11-20T11:00:00.000Z';
    expect(await ask({})).toMatchObject([200, { items: [{ botId: 'demo', websiteId: WEBSITE, last, count: 3 }] }]);
    expect(await ask({ workspaceId: 'rival' })).toEqual([200, { items: [] }]);
    expect(await ask({ errand: 'knowledge' })).toMatchObject([403, {}]);
  });

  it('has its model tried with the key that it has for this endpoint, and with no other', async () => {
    const asked: (string | undefined)[] = [];
    const model = createServer((request, response) => {
      asked.push(request.headers.authorization);
      request.resume();
      const isRight = request.headers.authorization === 'Bearer model-key';
      response.writeHead(isRight ? 200 : 401, { 'content-type': 'application/json' });
      response.end(
        JSON.stringify(isRight ? { choices: [{ message: { role: 'assistant', content: 'ready' } }] } : { error: { message: 'no' } }),
      );
    });
    await new Promise<void>((resolve) => model.listen(0, '127.0.0.1', resolve));
    const baseUrl = `http://127.0.0.1:${(model.address() as AddressInfo).port}/v1`;
    const apiKey = seal({ purpose: 'models', settingId: 'bot:demo' }, keys.models, 'model-key');
    await publish(bot({ assistant: { model: { baseUrl, model: 'small', apiKey } } }));
    await eventually(() => store.bot('demo')?.assistant.model, { what: 'the model' });
    const attempt = async (body: object, workspaceId = 'acme') => {
      const pass: Pass = { workspaceId, errand: 'operations', may: 'write', by: 'test' };
      const response = await fetch(`${url}/inner/v1/bots/demo/model/try`, {
        method: 'POST',
        headers: { authorization: writePass(PASS_KEY, pass, new Date()), 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      return [response.status, await response.json()];
    };
    expect(await attempt({ baseUrl, model: 'small' })).toMatchObject([200, { works: true, code: null }]);
    expect(await attempt({ baseUrl, model: 'small', apiKey: 'wrong' })).toMatchObject([200, { works: false, status: 401 }]);
    expect(await attempt({ baseUrl: `${baseUrl}/`, model: 'small' })).toMatchObject([200, { works: false }]);
    expect(asked).toEqual(['Bearer model-key', 'Bearer wrong', undefined]);
    expect(await attempt({ baseUrl, model: 'small' }, 'rival')).toMatchObject([404, {}]);
    model.closeAllConnections();
    model.close();
  });

  it('that is not connected has nothing to check', async () => {
    await publish(bot({ crisp: undefined }));
    await eventually(() => store.bot('demo') && !store.bot('demo')!.crisp, { what: 'no connection' });
    expect(await call('POST', 'demo/crisp/check')).toMatchObject({ status: 404, body: { error: { code: 'not-found' } } });
  });
});
