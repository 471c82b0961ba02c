import { randomBytes } from 'node:crypto';
import { Writable } from 'node:stream';
import { ApiClient } from '@baton/control-api';
import { createKafka, topicsToBe } from '@baton/messaging/kafka';
import { runMigrations } from '@baton/persistence';
import { SettingsStore } from '@baton/settings';
import { createLogger, Health } from '@baton/telemetry';
import type { RunningService } from '@baton/telemetry';
import { eventually, freePort, freshDatabase } from '@baton/testing';
import { DataSource } from 'typeorm';
import { ConfigSchema } from '../config.js';
import type { Config } from '../config.js';
import { createControlPlane } from '../create-control-plane.js';
import { SCHEMA } from '../database/database.js';
import { migrations } from '../database/migrations.js';
import type { SettingsFile } from '../settings-file/file-schema.js';

const aKey = (): string => randomBytes(32).toString('base64');

export interface StageOptions {
  /** Variables beside those that every stage has. */
  readonly env?: Readonly<Record<string, string>>;
  /** What the settings file says at the start. */
  readonly first?: SettingsFile;
  readonly logLevel?: 'info' | 'trace';
}

/** A running control plane on a fresh database and topics of its own. */
export interface Stage {
  readonly url: string;
  /** Everything may be done with it. */
  readonly environmentKey: string;
  readonly config: Config;
  /** The schema of the control plane, for looking into tables. */
  readonly database: DataSource;
  /** What is published, with all keys. */
  readonly published: SettingsStore;
  readonly logLines: string[];
  readonly health: Health;
  /** Calls the API: with the key of the environment, another key, or as nobody (null). */
  client(key?: string | null): ApiClient;
  /** Another replica on the same database and topics. */
  replica(env?: Readonly<Record<string, string>>): Promise<{ readonly url: string; readonly client: ApiClient; close(): Promise<void> }>;
  /** Ends the control plane and begins it anew on the same database, topics and port. */
  restart(env?: Readonly<Record<string, string>>): Promise<void>;
  close(): Promise<void>;
}

/** @throws when it is not ready within half a minute */
export async function startStage(o: StageOptions = {}): Promise<Stage> {
  const topicPrefix = `control-${randomBytes(4).toString('hex')}`;
  const fresh = await freshDatabase(process.env['DATABASE_URL']!);
  await runMigrations({ url: fresh.url, schema: SCHEMA, migrations, applicationName: 'stage' });
  const environmentKey = randomBytes(32).toString('base64url');
  const env: Record<string, string> = {
    KAFKA_BROKERS: process.env['KAFKA_BROKERS']!,
    KAFKA_TOPIC_PREFIX: topicPrefix,
    DATABASE_URL: fresh.url,
    INSTANCE_ID: 'stage',
    LOG_LEVEL: o.logLevel ?? 'info',
    SETTINGS_KEY_WEBHOOKS: aKey(),
    SETTINGS_KEY_CRISP: aKey(),
    SETTINGS_KEY_MESSENGER: aKey(),
    SETTINGS_KEY_MODELS: aKey(),
    CONTROL_PLANE_KEY: environmentKey,
    PASS_KEY: aKey(),
    CONSOLE_DIR: '/nowhere',
    TOPIC_PARTITIONS: '2',
    TOPIC_REPLICATION: '1',
    ...o.env,
  };
  const logLines: string[] = [];
  const destination = new Writable({ write: (chunk, _encoding, done) => (logLines.push(String(chunk)), done()) });

  const begin = async (more: Readonly<Record<string, string>> = {}, first?: SettingsFile) => {
    const port = more['HTTP_PORT'] ?? String(await freePort());
    const config = ConfigSchema.parse({ ...env, ...more, HTTP_PORT: port });
    const health = new Health();
    const logger = createLogger({ service: 'control-plane', level: config.LOG_LEVEL, instance: config.INSTANCE_ID, destination });
    const service = await createControlPlane(config, first, { logger, health });
    const url = `http://127.0.0.1:${port}`;
    await eventually(async () => (await fetch(`${url}/health/ready`)).ok, { what: 'a ready control plane' });
    return { config, service, health, url };
  };

  let running: { config: Config; service: RunningService; health: Health; url: string } = await begin({}, o.first);
  const { config, url } = running;
  const kafka = { brokers: config.KAFKA_BROKERS, clientId: 'stage', topicPrefix };
  const published = new SettingsStore({
    kafka,
    keys: {
      webhooks: config.SETTINGS_KEY_WEBHOOKS,
      crisp: config.SETTINGS_KEY_CRISP,
      messenger: config.SETTINGS_KEY_MESSENGER,
      models: config.SETTINGS_KEY_MODELS,
    },
  });
  await published.start();
  const database = await new DataSource({ type: 'postgres', url: fresh.url, extra: { options: `-c search_path=${SCHEMA}` } }).initialize();
  const client = (key: string | null = environmentKey): ApiClient => new ApiClient({ baseUrl: url, ...(key !== null && { key }) });

  return {
    url,
    environmentKey,
    config,
    database,
    published,
    logLines,
    get health() {
      return running.health;
    },
    client,
    replica: async (more = {}) => {
      const { service, url: at } = await begin({ INSTANCE_ID: `replica-${randomBytes(2).toString('hex')}`, ...more });
      return { url: at, client: new ApiClient({ baseUrl: at, key: environmentKey }), close: () => service.close() };
    },
    restart: async (more = {}) => {
      await running.service.close();
      running = await begin({ HTTP_PORT: new URL(url).port, ...more });
    },
    close: async () => {
      await running.service.close();
      await published.stop();
      await database.destroy();
      const admin = createKafka(kafka).admin();
      await admin.connect();
      await admin.deleteTopics(topicsToBe(topicPrefix, { partitions: 1, replication: 1 }).map(({ topic }) => topic));
      await admin.disconnect();
      await fresh.drop();
    },
  };
}
