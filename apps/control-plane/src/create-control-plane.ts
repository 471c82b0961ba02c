import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ensureTopics } from '@baton/messaging/kafka';
import { SettingsPublisher } from '@baton/settings';
import { nestLogger } from '@baton/telemetry';
import type { Health, Logger, RunningService } from '@baton/telemetry';
import type { Config } from './config.js';
import { AdminKey } from './connect/admin-key.js';
import { ConnectCrisp } from './connect/connect-crisp.js';
import { Connections } from './connect/connections.js';
import { WantedSettings } from './connect/wanted-settings.js';
import { ControlPlaneModule } from './control-plane.module.js';
import { KeepPublished } from './publishing/keep-published.js';
import type { SettingsFile } from './settings-file/file-schema.js';
import { loadSettings, WrongSettings } from './settings-file/load-settings.js';
import { toSettings } from './settings-file/to-settings.js';
import { watchFile } from './settings-file/watch-file.js';

/** Builds the control plane: it creates missing topics, publishes the settings, and again whenever their file or a connection changes. */
export async function createControlPlane(
  config: Config,
  first: SettingsFile,
  { logger, health }: { logger: Logger; health: Health },
): Promise<RunningService> {
  const kafka = { brokers: config.KAFKA_BROKERS, clientId: 'control-plane', topicPrefix: config.KAFKA_TOPIC_PREFIX };
  const keys = {
    webhooks: config.SETTINGS_KEY_WEBHOOKS,
    crisp: config.SETTINGS_KEY_CRISP,
    messenger: config.SETTINGS_KEY_MESSENGER,
    models: config.SETTINGS_KEY_MODELS,
  };
  const publisher = new SettingsPublisher({ kafka, keys, log: logger });
  const shape = { partitions: config.TOPIC_PARTITIONS, replication: config.TOPIC_REPLICATION };
  const keep = new KeepPublished(
    {
      start: async () => {
        await ensureTopics(kafka, shape);
        await publisher.start();
      },
      publish: (wanted) => publisher.publish(wanted),
    },
    logger,
  );
  const connections = config.DATABASE_URL === undefined ? undefined : new Connections(config.DATABASE_URL, config.INSTANCE_ID, logger);
  const wanted = new WantedSettings(keep, connections !== undefined);
  wanted.fileSays(toSettings(first, keys));
  const crisp = new ConnectCrisp({
    store: connections?.store,
    wanted,
    keys,
    settingsFile: config.SETTINGS_FILE,
    ingressUrl: config.INGRESS_URL,
    log: logger,
  });
  connections?.start(() => crisp.refresh());

  const reload = async () => {
    try {
      wanted.fileSays(toSettings(await loadSettings(config.SETTINGS_FILE, process.env), keys));
    } catch (error) {
      if (!(error instanceof WrongSettings)) throw error;
      for (const sentence of error.sentences) logger.error(`the changed settings are not taken, those of before stay: ${sentence}`);
    }
  };
  const unwatch = watchFile(config.SETTINGS_FILE, () => void reload());

  health.readiness('connections', () => connections?.notRead);
  health.readiness('settings', () => keep.notPublished);
  health.readiness('kafka', () => (publisher.healthy ? undefined : 'Kafka does not take records'));
  const module = ControlPlaneModule.with(health, { key: new AdminKey(config.CONTROL_PLANE_KEY), crisp });
  const app = await NestFactory.create<NestFastifyApplication>(module, new FastifyAdapter(), { logger: nestLogger(logger) });
  await app.listen(config.HTTP_PORT, config.HTTP_HOST);
  return {
    close: async () => {
      unwatch();
      await app.close();
      await connections?.stop();
      await keep.stop();
      await publisher.stop();
    },
  };
}
