import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { createKafka, GatheringProducer, kafkaConfigFrom, topicShapeFrom, WatchTopics } from '@baton/messaging/kafka';
import type { Kafka, KafkaConfig } from '@baton/messaging/kafka';
import { SettingsStore } from '@baton/settings';
import type { Health, Logger, RunningService } from '@baton/telemetry';
import { addressOf, keepDoors, lastRequests, nestLogger, stepsOf, watchTopicDrift } from '@baton/telemetry';
import type { Config } from './config.js';
import { crispRoutes } from './crisp/crisp-routes.js';
import { HookDoors } from './crisp/hook-doors.js';
import { ReceiveCrispHook } from './crisp/receive-hook.js';
import { DOORS, houseRules } from './http/doors.js';
import { createHttpServer, takeRawBodies } from './http/http-server.js';
import { refusal } from './http/refusal.js';
import { sendRefusal } from './http/send-refusal.js';
import { IngressModule } from './ingress.module.js';
import { LastAccepted } from './last-accepted.js';
import { MessengerDoors } from './messenger/messenger-doors.js';
import { messengerRoutes } from './messenger/messenger-routes.js';
import { ReceiveMessengerHook } from './messenger/receive-hook.js';
import { Repeats } from './rate/repeats.js';
import { keepStrangersOut } from './rate/strangers.js';

export interface RunningIngress extends RunningService {
  /** The port it listens on. */
  readonly port: number;
}

/** What may wait for Kafka: more than comes in five seconds of a busy day, less than would not fit into a small container. */
const QUEUE = { maxQueuedRecords: 10_000, maxQueuedBytes: 32 * 1_024 * 1_024 };
/** No hook is needed to find out that none could be stored: on a quiet night none comes. */
const ASK_WHEN_QUIET_MS = 5_000;

export interface IngressParts {
  readonly logger: Logger;
  readonly health: Health;
  /** Takes the hooks; by default the Kafka of the configuration. */
  readonly kafka?: Kafka;
}

export function kafkaConfigOf(config: Config): KafkaConfig {
  return kafkaConfigFrom(config, 'webhook-ingress');
}

/** Builds the ingress and listens; Kafka and the settings may come later, until then it says 503. */
export async function createIngress(config: Config, { logger, health, kafka }: IngressParts): Promise<RunningIngress> {
  const kafkaConfig = kafkaConfigOf(config);
  const producer = new GatheringProducer(kafka ?? createKafka(kafkaConfig, logger), { ...QUEUE, askWhenQuietMs: ASK_WHEN_QUIET_MS });
  const settings = new SettingsStore({ kafka: kafkaConfig, keys: { webhooks: config.SETTINGS_KEY_WEBHOOKS }, log: logger });
  void settings.start();
  producer.connect().catch((error: unknown) => logger.warn({ error: String(error) }, 'Kafka cannot be reached yet'));

  const topics = new WatchTopics({ kafka: kafkaConfig, user: 'webhook-ingress', shape: topicShapeFrom(config), log: logger });
  watchTopicDrift(topics, health);
  topics.start();
  health.readiness('settings', () => settings.notReady);
  health.holds((settingId) => settings.revisionOf(settingId));
  health.readiness('kafka', () => (producer.healthy ? undefined : 'Kafka does not take records'));
  health.liveness('settings', () => settings.stuck);

  const server = createHttpServer(logger);
  keepDoors(server, {
    ...{ doors: DOORS, rules: houseRules(config.REQUESTS_PER_ADDRESS), trustedProxies: config.TRUSTED_PROXIES },
    refuse: (reply) => sendRefusal(reply, refusal('address.over-rate')),
  });
  const now = Date.now;
  const last = new LastAccepted(settings);
  const repeats = new Repeats();
  const { TRUSTED_PROXIES } = config;
  const addressOfClient = (request: FastifyRequest) => addressOf(request, TRUSTED_PROXIES);
  const receiveCrisp = new ReceiveCrispHook(settings, new HookDoors(settings, now), producer, last, now, repeats);
  const doors = new MessengerDoors(settings, now);
  const receiveMessenger = new ReceiveMessengerHook({ settings, doors, sink: producer, last, repeats, logger, now });
  // Loaded before Nest puts its hooks on the server, so that none of them stands in the way of a web hook.
  await server.register(async (hooks) => {
    takeRawBodies(hooks, logger);
    keepStrangersOut(hooks, TRUSTED_PROXIES, now);
    crispRoutes(hooks, receiveCrisp, addressOfClient);
    messengerRoutes(hooks, receiveMessenger, addressOfClient);
  });
  const app = await NestFactory.create<NestFastifyApplication>(IngressModule.with(health), new FastifyAdapter(server as never), {
    logger: nestLogger(logger),
    bodyParser: false,
  });
  await app.listen(config.HTTP_PORT, config.HTTP_HOST);
  const address = server.server.address();
  const step = stepsOf(logger);
  return {
    port: typeof address === 'object' && address ? address.port : config.HTTP_PORT,
    close: async (doorsMayClose) => {
      topics.stop();
      lastRequests(server.server);
      await doorsMayClose;
      // What was taken waits until Kafka has it, and is checked by the settings that are held.
      await Promise.all([
        step('the doors', () => app.close()).then(() => step('the producer', () => producer.close())),
        step('the settings', () => settings.stop()),
      ]);
    },
  };
}
