import { createHash, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import {
  BotSettingsSchema,
  botTurns,
  crispWebhooks,
  decodeEvent,
  deliveries,
  derivedId,
  handovers,
  headersOf,
  topicOnTheWire,
  typeOnTheWire,
} from '@baton/contracts';
import type { OutgoingRecord, TopicDefinition } from '@baton/contracts';
import { createKafka, ensureTopics, followTopic, GatheringProducer } from '@baton/messaging';
import type { Following, Kafka } from '@baton/messaging';
import { createDataSource, runMigrations } from '@baton/persistence';
import { seal, SettingsPublisher } from '@baton/settings';
import { eventually, freePort, freshDatabase, spawnService } from '@baton/testing';
import type { ChildService } from '@baton/testing';
import type { DataSource } from 'typeorm';
import { migrations, SCHEMA } from '../schema/index.js';
import { WEBSITE } from '../floor/conversation.builder.js';
import { TalkingVisitor } from './talking-visitor.js';
import type { Told } from './talking-visitor.js';

const ENTRY = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
const SIMULATOR = fileURLToPath(new URL('../../../sandbox/dist/crisp-simulator/main.js', import.meta.url));
const CRISP_KEY = randomBytes(32).toString('base64');
/** The operators of the simulated Crisp. */
export const MIA = '22222222-2222-4333-8444-555555555501';
export const TOM = '22222222-2222-4333-8444-555555555502';
export const BOT_KEY = 'the-key-of-the-demo-bot';

export interface Replica {
  readonly url: string;
  readonly child: ChildService;
}

/** Everything around the orchestrator, real where it is ours: Kafka, Postgres, settings, and a simulated Crisp whose hooks go to Kafka. */
export class Stage {
  readonly told: Told[] = [];
  readonly replicas: Replica[] = [];
  readonly lines: string[] = [];
  /** Hooks that Crisp delivers are lost on their way. */
  dropsHooks = false;
  private crispUrl = '';

  private constructor(
    private readonly database: { url: string; drop(): Promise<void> },
    readonly kafka: Kafka,
    private readonly producer: GatheringProducer,
    private readonly publisher: SettingsPublisher,
    private readonly hooks: Server,
    readonly dataSource: DataSource,
  ) {}

  private simulator: ChildService | undefined;
  private readonly following: Following[] = [];

  static async build(handover: Record<string, unknown> = {}): Promise<Stage> {
    const database = await freshDatabase(process.env['DATABASE_URL']!, 'orchestrator');
    const topicPrefix = `orchestrator-${randomBytes(4).toString('hex')}`;
    const kafka = createKafka({ brokers: process.env['KAFKA_BROKERS']!.split(','), clientId: 'test', topicPrefix });
    await Promise.all([
      ensureTopics(kafka.config, { partitions: 4, replication: 1 }),
      runMigrations({ url: database.url, schema: SCHEMA, migrations, applicationName: 'test' }),
    ]);
    const producer = new GatheringProducer(kafka);
    const publisher = new SettingsPublisher({ kafka: kafka.config, keys: { crisp: CRISP_KEY, webhooks: CRISP_KEY } });
    const hooks = createServer();
    const dataSource = await createDataSource({ url: database.url, schema: SCHEMA, applicationName: 'test' }).initialize();
    const stage = new Stage(database, kafka, producer, publisher, hooks, dataSource);
    await Promise.all([stage.openHooks(), publisher.start(), stage.followAll()]);
    await stage.openCrisp();
    await stage.publish(handover);
    return stage;
  }

  /** Starts one more orchestrator. */
  async replica(env: NodeJS.ProcessEnv = {}): Promise<Replica> {
    const port = await freePort();
    const child = spawnService({
      name: `orchestrator ${this.replicas.length + 1}`,
      entry: ENTRY,
      onLine: (line) => this.lines.push(line),
      env: {
        KAFKA_BROKERS: this.kafka.config.brokers.join(','),
        KAFKA_TOPIC_PREFIX: this.kafka.config.topicPrefix,
        DATABASE_URL: this.database.url,
        HTTP_PORT: String(port),
        SETTINGS_KEY_CRISP: CRISP_KEY,
        HISTORY_KEY: randomBytes(32).toString('base64'),
        PUBLIC_URL: `http://127.0.0.1:${port}`,
        LOG_LEVEL: 'info',
        AVAILABILITY_SECONDS: '0',
        ...env,
      },
    });
    const replica = { url: `http://127.0.0.1:${port}`, child };
    this.replicas.push(replica);
    await child.ready(`${replica.url}/health/ready`);
    return replica;
  }

  async close(): Promise<void> {
    await Promise.all(this.replicas.filter(({ child }) => child.running).map(({ child }) => child.kill()));
    await this.simulator?.kill();
    await Promise.all([this.publisher.stop(), this.producer.close(), ...this.following.map((one) => one.stop())]);
    this.hooks.close();
    const admin = this.kafka.admin();
    await admin.connect();
    const names = (await admin.topics()).filter((topic) => topic.startsWith(this.kafka.config.topicPrefix));
    await admin.deleteTopics(names).catch(() => undefined);
    await admin.disconnect();
    await this.dataSource.destroy();
    await this.database.drop();
  }

  /** The orchestrator's database. */
  get databaseUrl(): string {
    return this.database.url;
  }

  /** Where the simulated Crisp is. */
  get crispAddress(): string {
    return this.crispUrl;
  }

  async publish(handover: Record<string, unknown> = {}, apiUrl = this.crispUrl): Promise<void> {
    const bot = BotSettingsSchema.parse({
      botId: 'demo',
      workspaceId: 'acme',
      name: 'Robin',
      apiKeyHashes: [createHash('sha256').update(BOT_KEY).digest('hex')],
      handover,
      crisp: {
        websiteId: WEBSITE,
        apiUrl,
        tokenId: 'sandbox-token',
        tokenKey: seal({ purpose: 'crisp', settingId: 'bot:demo' }, CRISP_KEY, 'sandbox-key'),
        callsPerSecond: 1_000,
      },
    });
    await this.publisher.publish([{ type: 'settings.bot', bot }]);
  }

  visitor(name: string): TalkingVisitor {
    return new TalkingVisitor(this, name);
  }

  async send(...records: readonly OutgoingRecord[]): Promise<void> {
    await this.producer.send(records);
  }

  /** An order to the simulated Crisp, or what it shows. */
  async crisp<T = Record<string, unknown>>(method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: unknown): Promise<T> {
    const response = await fetch(`${this.crispUrl}/control${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    if (!response.ok) throw new Error(`the simulator answered ${response.status} to ${method} ${path}: ${await response.text()}`);
    return (await response.json()) as T;
  }

  /** A web hook as the ingress would write it. */
  hookRecord(rawBody: string, botid = 'demo'): OutgoingRecord {
    const envelope = JSON.parse(rawBody) as { website_id: string; data: { session_id?: string } };
    const id = derivedId('test-hook', rawBody);
    return {
      topic: crispWebhooks.name,
      key: envelope.data.session_id ?? envelope.website_id,
      value: rawBody,
      headers: headersOf(typeOnTheWire('crisp.webhook', 1), {
        id,
        source: 'urn:baton:test',
        time: new Date(),
        extensions: { botid },
      }),
    };
  }

  private async openHooks(): Promise<void> {
    this.hooks.on('request', (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const taken = this.dropsHooks ? Promise.resolve() : this.send(this.hookRecord(Buffer.concat(chunks).toString()));
        taken.then(
          () => response.writeHead(200).end(),
          () => response.writeHead(503).end(),
        );
      });
    });
    await new Promise<void>((resolve) => this.hooks.listen(0, '127.0.0.1', resolve));
  }

  private async openCrisp(): Promise<void> {
    const port = await freePort();
    this.crispUrl = `http://127.0.0.1:${port}`;
    const setup = {
      websites: [
        {
          website_id: WEBSITE,
          hook_url: `http://127.0.0.1:${(this.hooks.address() as AddressInfo).port}/hook`,
          operators: [
            { user_id: MIA, first_name: 'Mia' },
            { user_id: TOM, first_name: 'Tom' },
          ],
        },
      ],
      tokens: [{ identifier: 'sandbox-token', key: 'sandbox-key', tier: 'plugin', websites: [WEBSITE] }],
    };
    this.simulator = spawnService({
      name: 'crisp simulator',
      entry: SIMULATOR,
      env: { HTTP_PORT: String(port), CRISP_SETUP: JSON.stringify(setup) },
    });
    await this.simulator.ready(`${this.crispUrl}/control/state`);
  }

  private async followAll(): Promise<void> {
    const { kafka } = this;
    for (const topic of [deliveries, botTurns, handovers] as readonly TopicDefinition[]) {
      const onRecord = (record: Parameters<Parameters<typeof followTopic>[0]['onRecord']>[0]) => {
        const { type, id, key, data } = decodeEvent(topic, record);
        this.told.push({ topic: topic.name, type, id, key, data: data as Record<string, unknown> });
      };
      this.following.push(await followTopic({ kafka, topic: topicOnTheWire(topic.name, kafka.config.topicPrefix), onRecord }));
    }
    await eventually(() => this.following.every(({ caughtUp }) => caughtUp), { what: 'the test reading its topics', within: 30_000 });
  }
}
