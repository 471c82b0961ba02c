import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { topicOnTheWire } from '@baton/contracts';
import { createKafka, ensureTopics, topicsToBe } from '@baton/messaging/kafka';
import type { KafkaAdmin } from '@baton/messaging/kafka';
import { eventually, freshDatabase, freshKnowledgeDatabase, spawnService } from '@baton/testing';
import pg from 'pg';
import { runVerifyRetention } from '../run-verify-retention.js';

const SHAPE = { partitions: 2, replication: 1 };
const SERVICES = ['escalation-orchestrator', 'channel-dispatcher', 'ai-auto-reply', 'control-plane'] as const;
const migrations = (app: string): string => fileURLToPath(new URL(`../../../../../../${app}/dist/migrate.js`, import.meta.url));

export interface Look {
  readonly args?: readonly string[];
  readonly env?: Record<string, string>;
  readonly now?: Date;
}

/** The tables of all services and the topics, with one young record, and the command that looks at them. */
export interface RetentionBench {
  readonly client: pg.Client;
  readonly admin: KafkaAdmin;
  /** How many topics delete by age. */
  readonly topicsByAge: number;
  topic(name: 'deliveries' | 'settings'): string;
  look(look?: Look): Promise<{ code: number; said: string; complained: string }>;
  close(): Promise<void>;
}

export async function retentionBench(): Promise<RetentionBench> {
  const prefix = `retention-${randomBytes(4).toString('hex')}`;
  const kafka = { brokers: process.env['KAFKA_BROKERS']!.split(','), clientId: 'retention', topicPrefix: prefix };
  const database = await freshDatabase(process.env['DATABASE_URL']!, 'retention');
  const knowledge = freshKnowledgeDatabase(process.env['KNOWLEDGE_DATABASE_URL']!, 'retention');
  const env = { DATABASE_URL: database.url, KNOWLEDGE_DATABASE_URL: knowledge.url, KNOWLEDGE_SCHEMA: knowledge.schema };
  const migrated = await Promise.all(SERVICES.map((app) => spawnService({ name: app, entry: migrations(app), env }).exited));
  if (migrated.some(({ code }) => code !== 0)) throw new Error(`not all tables could be made: ${JSON.stringify(migrated)}`);
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  const admin = createKafka(kafka).admin();
  await admin.connect();
  await ensureTopics(kafka, SHAPE);
  const producer = createKafka(kafka).producer();
  await producer.connect();
  await producer.send([{ topic: topicOnTheWire('deliveries', prefix), key: 'k', value: '{}', headers: {} }]);
  await producer.disconnect();
  const topics = topicsToBe(prefix, SHAPE);

  const bench: RetentionBench = {
    client,
    admin,
    topicsByAge: topics.filter(({ settings }) => settings['cleanup.policy'] === 'delete').length,
    topic: (name) => topicOnTheWire(name, prefix),
    async look({ args = [], env: also = {}, now = new Date() } = {}) {
      const said: string[] = [];
      const complained: string[] = [];
      const terminal = { say: (text: string) => void said.push(text), complain: (text: string) => void complained.push(text) };
      const given = { KAFKA_BROKERS: kafka.brokers.join(','), KAFKA_TOPIC_PREFIX: prefix, DATABASE_URL: database.url, ...also };
      const code = await runVerifyRetention(args, given, terminal, now);
      return { code, said: said.join('\n'), complained: complained.join('\n') };
    },
    async close() {
      await admin.deleteTopics(topics.map(({ topic }) => topic));
      await admin.disconnect();
      await client.end();
      await knowledge.drop();
      await database.drop();
    },
  };
  // A broker that never had a group first makes room for them.
  await eventually(async () => (await bench.look()).code === 0, { within: 30_000, every: 500 });
  return bench;
}
