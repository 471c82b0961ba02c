import { randomBytes } from 'node:crypto';
import {
  BotSettingsSchema,
  decodeEvent,
  deliveries,
  deliveryReceipts,
  encodeEvent,
  newId,
  settings,
  sourceOf,
  topicOnTheWire,
  visitorMessages,
} from '@baton/contracts';
import type { EventInput, ReceivedEvent } from '@baton/contracts';
import { createKafka, ensureTopics, followTopic, GatheringProducer } from '@baton/messaging';
import type { Following, Kafka } from '@baton/messaging';
import { runMigrations } from '@baton/persistence';
import { createLogger, Health } from '@baton/telemetry';
import { eventually, freePort, freshDatabase } from '@baton/testing';
import { ConfigSchema } from '../config.js';
import { createDispatcher } from '../create-dispatcher.js';
import type { Dispatcher } from '../create-dispatcher.js';
import { migrations, SCHEMA } from '../database/index.js';
import { ORIGIN } from './visitor.js';

/** With which the tokens of the house's pages are sealed. */
export const MESSENGER_KEY = Buffer.alloc(32, 8).toString('base64');

export type DeliveryType =
  'delivery.message' | 'delivery.edit' | 'delivery.removal' | 'delivery.mode' | 'delivery.typing' | 'delivery.read';

export interface Replica extends Dispatcher {
  readonly instance: string;
}

export interface Visitor {
  readonly token: string;
  readonly visitorId: string;
  readonly conversationId: string;
}

/** A dispatcher's surroundings: a database and topics of its own, settings of one bot, and an orchestrator that does what the test says. */
export class House {
  readonly heard: ReceivedEvent<typeof visitorMessages>[] = [];
  readonly receipts: ReceivedEvent<typeof deliveryReceipts>[] = [];
  private readonly replicas = new Set<Replica>();

  private constructor(
    readonly databaseUrl: string,
    private readonly dropDatabase: () => Promise<void>,
    readonly kafka: Kafka,
    private readonly producer: GatheringProducer,
    private readonly following: Following[],
  ) {}

  static async build(): Promise<House> {
    const database = await freshDatabase(process.env['DATABASE_URL']!, 'dispatcher');
    const topicPrefix = `dispatcher-${randomBytes(4).toString('hex')}`;
    const kafka = createKafka({ brokers: process.env['KAFKA_BROKERS']!.split(','), clientId: 'test', topicPrefix });
    await ensureTopics(kafka.config, { partitions: 4, replication: 1 });
    await runMigrations({ url: database.url, schema: SCHEMA, migrations, applicationName: 'test' });
    const producer = new GatheringProducer(kafka);
    const following: Following[] = [];
    const house = new House(database.url, () => database.drop(), kafka, producer, following);
    following.push(
      await followTopic({
        kafka,
        topic: topicOnTheWire(visitorMessages.name, topicPrefix),
        onRecord: (record) => house.heard.push(decodeEvent(visitorMessages, record)),
      }),
      await followTopic({
        kafka,
        topic: topicOnTheWire(deliveryReceipts.name, topicPrefix),
        onRecord: (record) => house.receipts.push(decodeEvent(deliveryReceipts, record)),
      }),
    );
    await eventually(() => following.every(({ caughtUp }) => caughtUp), { what: 'the test reading its topics', within: 30_000 });
    await house.publishBot();
    return house;
  }

  environment(instance: string, port: number): NodeJS.ProcessEnv {
    const { brokers, topicPrefix } = this.kafka.config;
    return {
      KAFKA_BROKERS: brokers.join(','),
      KAFKA_TOPIC_PREFIX: topicPrefix,
      DATABASE_URL: this.databaseUrl,
      HTTP_PORT: String(port),
      PUBLIC_URL: 'https://chat.example',
      SETTINGS_KEY_MESSENGER: MESSENGER_KEY,
      WEBCHAT_TOKEN_KEY: Buffer.alloc(32, 7).toString('base64'),
      INSTANCE_ID: instance,
      LOG_LEVEL: process.env['TEST_LOG_LEVEL'] ?? 'silent',
    };
  }

  /** A replica in this process. */
  async replica(instance: string, more: NodeJS.ProcessEnv = {}): Promise<Replica> {
    const config = ConfigSchema.parse({ ...this.environment(instance, await freePort()), ...more });
    const health = new Health();
    const logger = createLogger({ service: 'dispatcher', level: config.LOG_LEVEL, instance });
    const dispatcher = await createDispatcher(config, logger, health);
    const replica = {
      instance,
      url: dispatcher.url,
      close: async () => {
        if (this.replicas.delete(replica)) await dispatcher.close();
      },
    };
    this.replicas.add(replica);
    await eventually(() => health.ready().ok, { what: `${instance} being ready: ${JSON.stringify(health.ready())}`, within: 30_000 });
    return replica;
  }

  async visitor(replica: { url: string }, token?: string): Promise<Visitor> {
    const response = await fetch(`${replica.url}/v1/webchat/demo/visitors`, {
      method: 'POST',
      headers: { origin: ORIGIN, 'content-type': 'application/json' },
      body: JSON.stringify({ token }),
    });
    if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
    return (await response.json()) as Visitor;
  }

  /** Sends deliveries as the orchestrator does. */
  async deliver(visitor: Visitor, ...events: { type: DeliveryType; data: object }[]): Promise<void> {
    const to = {
      conversationId: visitor.conversationId,
      botId: 'demo',
      channel: 'webchat',
      address: visitor.visitorId,
      at: new Date().toISOString(),
    };
    const attributes = () => ({ id: newId(), source: sourceOf('orchestrator'), time: new Date() });
    await this.producer.send(
      events.map(({ type, data }) =>
        encodeEvent(deliveries, type, { ...to, ...data } as EventInput<typeof deliveries, typeof type>, attributes()),
      ),
    );
  }

  /** What the visitor wrote, as the orchestrator heard it. */
  heardFrom(visitor: Visitor): string[] {
    return this.heard.flatMap((event) =>
      event.type === 'visitor.message' && event.data.conversationId === visitor.conversationId && event.data.body.type === 'text'
        ? [event.data.body.text]
        : [],
    );
  }

  /** The signs that the visitor writes. */
  typingOf(visitor: Visitor): boolean[] {
    return this.heard.flatMap((event) =>
      event.type === 'visitor.typing' && event.data.conversationId === visitor.conversationId ? [event.data.typing] : [],
    );
  }

  presenceOf(visitor: Visitor): boolean[] {
    return this.heard.flatMap((event) =>
      event.type === 'visitor.presence' && event.data.conversationId === visitor.conversationId ? [event.data.present] : [],
    );
  }

  receiptsOf(visitor: Visitor, status: string): string[] {
    return this.receipts.flatMap(({ data }) =>
      data.conversationId === visitor.conversationId && data.status === status ? data.messageIds : [],
    );
  }

  async demolish(): Promise<void> {
    await Promise.all([...this.replicas].map((replica) => replica.close()));
    await Promise.all(this.following.map((one) => one.stop()));
    await this.producer.close();
    const admin = this.kafka.admin();
    await admin.connect();
    const own = (await admin.topics()).filter((topic) => topic.startsWith(`${this.kafka.config.topicPrefix}.`));
    await admin.deleteTopics(own);
    await admin.disconnect();
    await this.dropDatabase();
  }

  private async publishBot(): Promise<void> {
    const bot = BotSettingsSchema.parse({
      botId: 'demo',
      workspaceId: 'acme',
      name: 'Demo assistant',
      webchat: { allowedOrigins: [ORIGIN], greeting: 'Hello!' },
    });
    const published = { publishedAt: new Date().toISOString() };
    const attributes = { id: newId(), source: sourceOf('control-plane'), time: new Date() };
    await this.producer.send([
      encodeEvent(settings, 'settings.bot', { settingId: 'bot:demo', revision: 1, ...published, bot }, attributes),
      encodeEvent(settings, 'settings.heartbeat', { settingId: 'heartbeat', ...published }, attributes),
    ]);
  }
}

/** What an agent writes; its message id is made of its place. */
export const agentLine = (deliverySequence: number, text: string, more: object = {}) => ({
  type: 'delivery.message' as const,
  data: {
    deliverySequence,
    epoch: 0,
    messageId: newId(),
    author: { kind: 'agent', name: 'Mia' },
    body: { type: 'text', text },
    withdrawable: false,
    ...more,
  },
});

export const floorOf = (deliverySequence: number, floor: string) => ({
  type: 'delivery.mode' as const,
  data: { deliverySequence, epoch: deliverySequence, floor },
});

export const readUpTo = (messageId: string) => ({ type: 'delivery.read' as const, data: { messageId } });

export const typing = (isTyping: boolean) => ({
  type: 'delivery.typing' as const,
  data: { author: { kind: 'agent', name: 'Mia' }, typing: isTyping },
});
