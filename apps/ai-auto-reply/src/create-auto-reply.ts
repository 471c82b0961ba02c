import 'reflect-metadata';
import type { Server } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { GatheringProducer, kafkaConfigFrom, LanesServer, Outbox, topicShapeFrom, WatchTopics } from '@baton/messaging';
import { FORGET_EVERY_MS } from '@baton/persistence/retention';
import { SettingsStore } from '@baton/settings';
import {
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
import { AutoReplyModule } from './auto-reply.module.js';
import { DataSource } from 'typeorm';
import type { Config } from './config.js';
import { FrontBot } from './bot/front-bot.js';
import { BODY_LIMIT, DOORS, houseRules } from './http/doors.js';
import { Refusal } from './http/refusal.js';
import { HooksSeen } from './connection/hooks-seen.js';
import { StoppedBots } from './connection/stopped-bots.js';
import { InboxRoad } from './inbox/inbox-road.js';
import { Knowledge } from './knowledge/knowledge.js';
import { KnowledgeDatabase } from './knowledge/knowledge-database.js';
import { eraseOld } from './privacy/erase-old.js';
import { Privacy } from './privacy/privacy.js';
import { QuotaKeeper } from './quota/quota-keeper.js';
import { SourcesRoad } from './sources/providers.js';

export interface AutoReply extends RunningService {
  /** Where it listens, for example `http://127.0.0.1:3005`. */
  readonly url: string;
}

/** A start waits no longer than this for the knowledge database (ms). */
const KNOWLEDGE_WAITED_FOR = 2_000;
/** For a whole request to arrive, a file of knowledge included (ms). */
const REQUEST_WITHIN_MS = 240_000;

/** Builds the service and starts it: HTTP answers when this resolves, Kafka and the settings come when they come. */
export async function createAutoReply(config: Config, logger: Logger, health: Health): Promise<AutoReply> {
  const adapter = new FastifyAdapter({
    ...{ bodyLimit: BODY_LIMIT, forceCloseConnections: true, return503OnClosing: false },
    ...patience(REQUEST_WITHIN_MS),
  });
  keepDoors(adapter.getInstance(), {
    ...{ doors: DOORS, rules: houseRules(config.REQUESTS_PER_ADDRESS), trustedProxies: config.TRUSTED_PROXIES },
    refuse: (reply, seconds) => {
      const refusal = new Refusal('too-many-requests', 'wait before the next request');
      return reply.code(refusal.getStatus()).header('retry-after', seconds).send(refusal.getResponse());
    },
  });
  // Handed on as it comes: the door of sources counts while it reads a file.
  adapter.getInstance().addContentTypeParser('application/octet-stream', (_request, body, done) => done(null, body));
  const app = await NestFactory.create<NestFastifyApplication>(AutoReplyModule.with(config, logger, health), adapter, {
    logger: nestLogger(logger),
    abortOnError: false,
  });
  const lanes = app.get(LanesServer);
  app.connectMicroservice({ strategy: lanes });
  const settings = app.get(SettingsStore);
  const producer = app.get(GatheringProducer);
  const outbox = app.get(Outbox);
  const knowledge = app.get(KnowledgeDatabase);
  const inbox = app.get(InboxRoad);
  const frontBot = app.get(FrontBot);
  const stoppedBots = app.get(StoppedBots);
  const sources = app.get(SourcesRoad);
  const jobs = new Jobs(logger);

  health.liveness('kafka consumer', () => lanes.health());
  health.readiness('kafka consumer', () => lanes.readiness());
  health.liveness('settings', () => settings.stuck);
  health.readiness('settings', () => settings.notReady);
  health.holds((settingId) => settings.revisionOf(settingId));
  health.liveness('outbox', () => outbox.health());
  health.readiness('outbox', () => outbox.readiness());
  const topics = new WatchTopics({
    kafka: kafkaConfigFrom(config, 'ai-auto-reply'),
    user: 'ai-auto-reply',
    shape: topicShapeFrom(config),
    log: logger,
  });
  watchTopicDrift(topics, health);
  topics.start();
  watchOutbox(outbox);
  watchSettings(settings);

  await stoppedBots.look();
  let stopping = false;
  const opening = knowledge.open().then(() => {
    if (!stopping) sources.start();
  });
  // Ready without it, too: visitors are told of the trouble, and humans are called all the same.
  await Promise.race([opening, pause(KNOWLEDGE_WAITED_FOR, undefined, { ref: false })]);
  // Nothing is answered by settings that are not there yet.
  const working = settings.start().then(async () => {
    if (stopping) return;
    inbox.start();
    frontBot.start();
    await app.startAllMicroservices();
  });
  producer.connect().catch((error: unknown) => logger.warn({ err: error }, 'Kafka did not answer yet'));
  outbox.start();
  await app.listen(config.HTTP_PORT, config.HTTP_HOST);
  const dataSource = app.get(DataSource);
  const privacy = app.get(Privacy);
  const forgetOld = {
    what: 'erase what is older than its workspace keeps it',
    everyMs: FORGET_EVERY_MS,
    run: () => eraseOld({ dataSource, settings, privacy }, new Date()),
  };
  jobs.start([
    ...inbox.jobs,
    ...frontBot.jobs,
    ...sources.jobs,
    stoppedBots.job,
    app.get(HooksSeen).job,
    app.get(QuotaKeeper).job,
    forgetOld,
  ]);

  const { port } = (app.getHttpServer() as Server).address() as { port: number };
  const step = stepsOf(logger);
  return {
    url: `http://${config.HTTP_HOST}:${port}`,
    close: async (doorsMayClose) => {
      stopping = true;
      topics.stop();
      lastRequests(app.getHttpServer() as Server);
      await Promise.all([
        step('the lanes', () => lanes.close()),
        step('the inbox', () => inbox.stop()),
        step('the bot in front', () => frontBot.stop()),
        step('the sources', () => sources.stop()),
        step('the jobs', () => jobs.stop()),
        Promise.resolve(doorsMayClose).then(() =>
          step('the settings', () => Promise.all([settings.stop(), working]).then(() => undefined)),
        ),
      ]);
      await Promise.all([
        step('the outbox', () => outbox.stop()).then(() => step('the producer', () => producer.close())),
        step('the model', () => app.get(Knowledge).embedder.close()),
        step('the knowledge', () => knowledge.close()),
      ]);
      await step('the rest', () => app.close());
    },
  };
}
