import 'reflect-metadata';
import type { Server } from 'node:http';
import { Effects } from '@baton/effects';
import { GatheringProducer, kafkaConfigFrom, LanesServer, Outbox, topicShapeFrom, WatchTopics } from '@baton/messaging';
import { FORGET_EVERY_MS } from '@baton/persistence/retention';
import { SettingsStore } from '@baton/settings';
import {
  expectWholeBodies,
  Jobs,
  lastRequests,
  keepDoors,
  nestLogger,
  patience,
  stepsOf,
  watchOutbox,
  watchSettings,
  watchTopicDrift,
} from '@baton/telemetry';
import type { Health, Logger, RunningService } from '@baton/telemetry';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply } from 'fastify';
import { DataSource } from 'typeorm';
import { GiveUpGaps } from './arrivals/give-up-gaps.js';
import type { Config } from './config.js';
import { DispatcherModule } from './dispatcher.module.js';
import { DoorRefusal } from './doors/door-refusal.js';
import { BODY_LIMIT, DOORS, houseRules } from './doors/doors.js';
import { tellRefusal } from './doors/tell-refusals.js';
import { TidyFiles } from './files/tidy-files.js';
import { ForgetIdle } from './log/forget-idle.js';
import { MessengerSigns } from './messenger/signs.js';
import { TidyMessenger } from './messenger/tidy-messenger.js';
import { WatchPages } from './messenger/watch-pages.js';
import { eraseOld } from './privacy/erase-old.js';
import { Privacy } from './privacy/privacy.js';
import { Presence } from './presence/presence.js';
import { beginToCountDeliveries } from './receipts/count-deliveries.js';
import { CatchUp } from './push/catch-up.js';
import { Notices } from './push/notices.js';
import { Receipts } from './receipts/receipts.js';
import { SocketGateway } from './sockets/socket-gateway.js';
import { PostMessages } from './visitor/post-messages.js';

export interface Dispatcher extends RunningService {
  /** Where it listens, for example `http://127.0.0.1:3003`. */
  readonly url: string;
}

/** For a whole request to arrive, a large file over a bad line included (ms). */
const REQUEST_WITHIN_MS = 240_000;
const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** Builds the dispatcher and starts it: HTTP answers when this resolves, Kafka and the settings come when they come. */
export async function createDispatcher(config: Config, logger: Logger, health: Health): Promise<Dispatcher> {
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT,
    ...patience(REQUEST_WITHIN_MS),
    forceCloseConnections: true,
    return503OnClosing: false,
    exposeHeadRoutes: true,
    frameworkErrors: (error: unknown, _request: unknown, reply: unknown) => tellRefusal(error, reply as FastifyReply),
  });
  keepDoors(adapter.getInstance(), {
    ...{ doors: DOORS, rules: houseRules(config.REQUESTS_PER_ADDRESS), trustedProxies: config.TRUSTED_PROXIES },
    refuse: (reply, seconds) => tellRefusal(new DoorRefusal('too-fast'), reply.header('retry-after', seconds)),
  });
  expectWholeBodies(adapter.getInstance(), { refuse: (reply) => tellRefusal({ statusCode: 408 }, reply) });
  // Handed on as it comes: the door of files counts while it reads.
  adapter.getInstance().addContentTypeParser('application/octet-stream', (_request, body, done) => done(null, body));
  const app = await NestFactory.create<NestFastifyApplication>(DispatcherModule.with(config, logger, health), adapter, {
    logger: nestLogger(logger),
    abortOnError: false,
  });
  const lanes = app.get(LanesServer);
  const settings = app.get(SettingsStore);
  const producer = app.get(GatheringProducer);
  const outbox = app.get(Outbox);
  const effects = app.get(Effects);
  const presence = app.get(Presence);
  const notices = app.get(Notices);
  const gateway = app.get(SocketGateway);
  const jobs = new Jobs(logger);

  health.liveness('kafka consumer', () => lanes.health());
  health.readiness('kafka consumer', () => lanes.readiness());
  health.liveness('settings', () => settings.stuck);
  health.readiness('settings', () => settings.notReady);
  health.holds((settingId) => settings.revisionOf(settingId));
  health.liveness('outbox', () => outbox.health());
  health.readiness('outbox', () => outbox.readiness());
  health.readiness('line to the other replicas', () => (notices.isListening ? undefined : 'it is being built up'));

  const topics = new WatchTopics({
    kafka: kafkaConfigFrom(config, 'channel-dispatcher'),
    user: 'channel-dispatcher',
    shape: topicShapeFrom(config),
    log: logger,
  });
  watchTopicDrift(topics, health);
  topics.start();
  watchOutbox(outbox);
  watchSettings(settings);
  beginToCountDeliveries(['webchat', 'messenger']);

  await presence.start();
  await notices.start();
  void settings.start();
  // A first send connects, too; this only makes it a quick one.
  producer.connect().catch((error: unknown) => logger.warn({ err: error }, 'Kafka did not answer yet'));
  outbox.start();
  effects.start();
  app.connectMicroservice({ strategy: lanes });
  await app.startAllMicroservices();
  gateway.attach(app.getHttpServer() as Server);
  await app.listen(config.HTTP_PORT, config.HTTP_HOST);
  jobs.start([
    { what: 'say that this replica lives', everyMs: 5 * SECOND, run: () => presence.renew() },
    { what: 'tell who left', everyMs: 2 * SECOND, run: () => presence.sweep() },
    { what: 'look for lines that nobody hinted at', everyMs: 3 * SECOND, run: () => app.get(CatchUp).lookAround() },
    { what: 'give up gaps', everyMs: 3 * SECOND, run: () => app.get(GiveUpGaps).run(new Date()) },
    { what: 'look which pages are stopped', everyMs: 3 * SECOND, run: () => app.get(WatchPages).look() },
    { what: 'forget what was sent in Messenger', everyMs: FORGET_EVERY_MS, run: () => app.get(TidyMessenger).run(new Date()) },
    { what: 'delete files past their time', everyMs: MINUTE, run: () => app.get(TidyFiles).run(new Date()) },
    {
      what: 'erase conversations that are older than their workspace keeps them',
      everyMs: FORGET_EVERY_MS,
      run: async () => void (await eraseOld({ dataSource: app.get(DataSource), settings, privacy: app.get(Privacy) }, new Date())),
    },
    { what: 'forget idle conversations', everyMs: MINUTE, run: async () => void (await app.get(ForgetIdle).run(new Date())) },
  ]);

  const { port } = (app.getHttpServer() as Server).address() as { port: number };
  const step = stepsOf(logger);
  return {
    url: `http://${config.HTTP_HOST}:${port}`,
    close: async (doorsMayClose) => {
      // The partitions go to the other replicas while visitors are still served here.
      const left = Promise.all([step('the lanes', () => lanes.close()), step('the jobs', () => jobs.stop())])
        // What is planned from now on is done by the other replicas.
        .then(() => step('the effects', () => effects.stop()));
      topics.stop();
      lastRequests(app.getHttpServer() as Server);
      await doorsMayClose;
      gateway.stopTaking();
      // Nothing new comes in, by any way, and the sockets close when what they sent is acknowledged …
      await Promise.all([
        left,
        step('the sockets', async () => {
          await app.get(PostMessages).drain();
          await gateway.close();
        }),
        step('the line to the other replicas', () => notices.stop()),
        step('the settings', () => settings.stop()),
        step('the signs', () => app.get(MessengerSigns).close()),
      ]);
      // … then what follows from all that is written, then told.
      await Promise.all([step('the receipts', () => app.get(Receipts).flush()), step('presence', () => presence.stop())]);
      await step('the outbox', () => outbox.stop());
      await step('the producer', () => producer.close());
      await step('the rest', () => app.close());
    },
  };
}
