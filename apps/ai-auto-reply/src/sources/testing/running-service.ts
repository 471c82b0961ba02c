import { createHash, randomBytes } from 'node:crypto';
import { BotSettingsSchema } from '@baton/contracts';
import { knowledgeMigrations } from '@baton/knowledge';
import { createKafka, ensureTopics } from '@baton/messaging';
import { writePass } from '@baton/passes';
import type { Pass } from '@baton/passes';
import { runMigrations } from '@baton/persistence';
import { SettingsPublisher } from '@baton/settings';
import { createLogger, Health } from '@baton/telemetry';
import { eventually, freePort, freshDatabase, freshKnowledgeDatabase } from '@baton/testing';
import { ConfigSchema } from '../../config.js';
import { createAutoReply } from '../../create-auto-reply.js';
import { migrations, SCHEMA } from '../../database/index.js';

/** A bot of each of two workspaces, and what opens its door. */
export const BOTS = [
  { botId: 'demo', workspaceId: 'acme', key: 'the-key-of-the-demo-bot' },
  { botId: 'other', workspaceId: 'globex', key: 'the-key-of-the-other-bot' },
] as const;

export interface RunningForSources {
  readonly url: string;
  /** Of the service's own data. */
  readonly databaseUrl: string;
  /** The header of a pass of the control plane. */
  pass(workspaceId: string, more?: Partial<Pass>): string;
  close(): Promise<void>;
}

/** The whole service in this process, with real Kafka and databases, and two bots that know nothing. */
export async function runForSources(): Promise<RunningForSources> {
  const { DATABASE_URL, KAFKA_BROKERS, KNOWLEDGE_DATABASE_URL, EMBEDDINGS_DIR } = process.env;
  const database = await freshDatabase(DATABASE_URL!, 'sources');
  const knowledge = freshKnowledgeDatabase(KNOWLEDGE_DATABASE_URL!, 'sources');
  const topicPrefix = `sources-${randomBytes(4).toString('hex')}`;
  const kafka = createKafka({ brokers: KAFKA_BROKERS!.split(','), clientId: 'test', topicPrefix });
  await Promise.all([
    ensureTopics(kafka.config, { partitions: 2, replication: 1 }),
    runMigrations({ url: database.url, schema: SCHEMA, migrations, applicationName: 'test' }),
    runMigrations({ url: knowledge.url, schema: knowledge.schema, migrations: knowledgeMigrations, applicationName: 'test' }),
  ]);
  const aKey = (): string => randomBytes(32).toString('base64');
  const passKey = aKey();
  const publisher = new SettingsPublisher({ kafka: kafka.config, keys: {} });
  await publisher.start();
  await publisher.publish(
    BOTS.map(({ botId, workspaceId, key }) => ({
      type: 'settings.bot' as const,
      bot: BotSettingsSchema.parse({ botId, workspaceId, name: botId, apiKeyHashes: [createHash('sha256').update(key).digest('hex')] }),
    })),
  );
  const config = ConfigSchema.parse({
    KAFKA_BROKERS,
    KAFKA_TOPIC_PREFIX: topicPrefix,
    DATABASE_URL: database.url,
    KNOWLEDGE_DATABASE_URL: knowledge.url,
    KNOWLEDGE_SCHEMA: knowledge.schema,
    KNOWLEDGE_POOL: '1',
    EMBEDDINGS_DIR,
    HTTP_HOST: '127.0.0.1',
    HTTP_PORT: String(await freePort()),
    PASS_KEY: passKey,
    SETTINGS_KEY_CRISP: aKey(),
    SETTINGS_KEY_MODELS: aKey(),
    SOURCES_FROM_LOOPBACK: 'on',
    INSTANCE_ID: 'test',
    LOG_LEVEL: 'silent',
  });
  const health = new Health();
  const service = await createAutoReply(config, createLogger({ service: 'test', level: 'silent', instance: 'test' }), health);
  const isOpen = async (): Promise<boolean> =>
    (await fetch(`${service.url}/v1/bots/demo/sources`, { headers: { authorization: `Bearer ${BOTS[0].key}` } })).ok;
  await eventually(isOpen, { what: 'the service knowing its bots', within: 30_000 });
  return {
    url: service.url,
    databaseUrl: database.url,
    pass: (workspaceId, more) => writePass(passKey, { workspaceId, errand: 'knowledge', may: 'write', by: 'test', ...more }, new Date()),
    close: async () => {
      await service.close();
      await publisher.stop();
      const admin = kafka.admin();
      await admin.connect();
      await admin.deleteTopics((await admin.topics()).filter((topic) => topic.startsWith(topicPrefix))).catch(() => undefined);
      await admin.disconnect();
      await knowledge.drop();
      await database.drop();
    },
  };
}
