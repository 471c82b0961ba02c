import { createHash, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import {
  BotSettingsSchema,
  crispWebhooks,
  decodeEvent,
  derivedId,
  encodeEvent,
  handovers,
  headersOf,
  newId,
  topicOnTheWire,
  typeOnTheWire,
  usage,
} from '@baton/contracts';
import type { EventData, OutgoingRecord, WorkspaceSettings } from '@baton/contracts';
import { chunkPairs, createLocalEmbedder, embeddedText, knowledgeMigrations, KNOWLEDGE_SCHEMA, KnowledgeStore } from '@baton/knowledge';
import type { KnowledgePair } from '@baton/knowledge';
import { createKafka, ensureTopics, followTopic, GatheringProducer } from '@baton/messaging';
import type { Following, Kafka } from '@baton/messaging';
import { createDataSource, runMigrations } from '@baton/persistence';
import { seal, SettingsPublisher } from '@baton/settings';
import { eventually, freePort, freshDatabase, spawnService } from '@baton/testing';
import type { ChildService } from '@baton/testing';
import type { DataSource } from 'typeorm';
import { migrations, SCHEMA } from '../database/index.js';
import { InboxVisitor, WEBSITE } from './inbox-visitor.js';

const ENTRY = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
const SIMULATOR = fileURLToPath(new URL('../../../sandbox/dist/crisp-simulator/main.js', import.meta.url));
export const CRISP_KEY = randomBytes(32).toString('base64');
const MODELS_KEY = randomBytes(32).toString('base64');
export const BOT_KEY = 'the-key-of-the-demo-bot';

/** What the bot knows on every stage. */
export const KNOWN: readonly KnowledgePair[] = [
  {
    question: 'How long does shipping take?',
    answer: 'Shipping takes 3 to 5 working days within Germany.',
    url: 'https://shop.example/shipping',
  },
  { question: 'How can I return an order?', answer: 'You can return an order within 30 days with the label in your parcel.' },
  { question: 'How do I reset my password?', answer: 'Choose "Forgot password" on the sign-in page and follow the link in the e-mail.' },
];

export interface Replica {
  readonly url: string;
  readonly child: ChildService;
}

export interface StageOptions {
  readonly assistant?: Record<string, unknown>;
  readonly crisp?: Record<string, unknown>;
  readonly workspace?: WorkspaceSettings;
}

/** Everything around the service, real where it is ours: Kafka, Postgres, the knowledge database, and a simulated Crisp. */
export class Stage {
  readonly replicas: Replica[] = [];
  readonly lines: string[] = [];
  readonly used: EventData<typeof usage, 'usage.answer'>[] = [];
  /** Hooks of which this says yes are lost on their way. */
  loses: (hook: { readonly event: string }) => boolean = () => false;
  /** So many were lost. */
  lost = 0;
  /** Its own in the shared knowledge database. */
  readonly workspaceId = `acme-${randomBytes(4).toString('hex')}`;
  private crispUrl = '';
  private simulator: ChildService | undefined;
  private following: Following | undefined;
  private settings: StageOptions = {};

  private constructor(
    private readonly database: { url: string; drop(): Promise<void> },
    readonly kafka: Kafka,
    private readonly producer: GatheringProducer,
    private readonly publisher: SettingsPublisher,
    private readonly hooks: Server,
    readonly dataSource: DataSource,
    readonly knowledge: KnowledgeStore,
  ) {}

  static async build(options: StageOptions = {}): Promise<Stage> {
    const { DATABASE_URL, KAFKA_BROKERS, KNOWLEDGE_DATABASE_URL } = process.env;
    const database = await freshDatabase(DATABASE_URL!, 'ai_auto_reply');
    const topicPrefix = `ai-auto-reply-${randomBytes(4).toString('hex')}`;
    const kafka = createKafka({ brokers: KAFKA_BROKERS!.split(','), clientId: 'test', topicPrefix });
    await Promise.all([
      ensureTopics(kafka.config, { partitions: 4, replication: 1 }),
      runMigrations({ url: database.url, schema: SCHEMA, migrations, applicationName: 'test' }),
      runMigrations({ url: KNOWLEDGE_DATABASE_URL!, schema: KNOWLEDGE_SCHEMA, migrations: knowledgeMigrations, applicationName: 'test' }),
    ]);
    const producer = new GatheringProducer(kafka);
    const keys = { crisp: CRISP_KEY, webhooks: CRISP_KEY, models: MODELS_KEY };
    const publisher = new SettingsPublisher({ kafka: kafka.config, keys });
    const dataSource = await createDataSource({ url: database.url, schema: SCHEMA, applicationName: 'test' }).initialize();
    const knowledgeSource = createDataSource({
      url: KNOWLEDGE_DATABASE_URL!,
      schema: KNOWLEDGE_SCHEMA,
      applicationName: 'test',
      poolSize: 1,
    });
    const knowledge = new KnowledgeStore(await knowledgeSource.initialize());
    const stage = new Stage(database, kafka, producer, publisher, createServer(), dataSource, knowledge);
    await Promise.all([stage.openHooks(), publisher.start(), stage.followUsage(), stage.learn('faq', KNOWN)]);
    await stage.openCrisp();
    await stage.publish(options);
    return stage;
  }

  get scope() {
    return { workspaceId: this.workspaceId, botId: 'demo' };
  }

  /** The id of a source by its name on the stage. */
  sourceId(name: string): string {
    return derivedId('source', this.workspaceId, name);
  }

  /** The bot knows these pairs from now on. */
  async learn(name: string, pairs: readonly KnowledgePair[]): Promise<void> {
    const embedder = await createLocalEmbedder({ directory: process.env['EMBEDDINGS_DIR']! });
    try {
      const sourceId = this.sourceId(name);
      const chunks = chunkPairs(pairs, 'Frequent questions');
      const vectors = await embedder.embed(chunks.map(embeddedText), 'passage');
      await this.knowledge.putSource(this.scope, { sourceId, title: 'Frequent questions' });
      await this.knowledge.replaceChunks(this.scope, sourceId, chunks, { model: embedder, of: vectors });
    } finally {
      await embedder.close();
    }
  }

  /** Starts one more of the service. */
  async replica(env: NodeJS.ProcessEnv = {}): Promise<Replica> {
    const port = await freePort();
    const child = spawnService({
      name: `ai-auto-reply ${this.replicas.length + 1}`,
      entry: ENTRY,
      onLine: (line) => this.lines.push(line),
      env: {
        KAFKA_BROKERS: this.kafka.config.brokers.join(','),
        KAFKA_TOPIC_PREFIX: this.kafka.config.topicPrefix,
        DATABASE_URL: this.database.url,
        KNOWLEDGE_POOL: '1',
        HTTP_PORT: String(port),
        SETTINGS_KEY_CRISP: CRISP_KEY,
        SETTINGS_KEY_MODELS: MODELS_KEY,
        LOG_LEVEL: 'info',
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
    await Promise.all([this.publisher.stop(), this.producer.close(), this.following?.stop()]);
    this.hooks.close();
    const admin = this.kafka.admin();
    await admin.connect();
    const names = (await admin.topics()).filter((topic) => topic.startsWith(this.kafka.config.topicPrefix));
    await admin.deleteTopics(names).catch(() => undefined);
    await admin.disconnect();
    await this.knowledge.removeSource(this.scope, this.sourceId('faq'));
    await this.knowledge.dataSource.destroy();
    await this.dataSource.destroy();
    await this.database.drop();
  }

  /** The bot's settings from now on, obeyed by every replica when this resolves; what is not given stays. */
  async publish(change: StageOptions & { connected?: boolean } = {}): Promise<void> {
    const { settings } = this;
    this.settings = {
      assistant: { ...settings.assistant, ...change.assistant },
      crisp: { ...settings.crisp, ...change.crisp },
      workspace: change.workspace ?? settings.workspace ?? { answers: { warnAtPercent: 80 } },
    };
    const crisp = {
      websiteId: WEBSITE,
      apiUrl: this.crispUrl,
      tokenId: 'sandbox-token',
      tokenKey: seal({ purpose: 'crisp', settingId: 'bot:demo' }, CRISP_KEY, 'sandbox-key'),
      callsPerSecond: 1_000,
      ...this.settings.crisp,
    };
    const newest = `a-key-of-these-settings-${newId()}`;
    const bot = BotSettingsSchema.parse({
      botId: 'demo',
      workspaceId: this.workspaceId,
      name: 'Robin',
      apiKeyHashes: [BOT_KEY, newest].map((key) => createHash('sha256').update(key).digest('hex')),
      ...(change.connected === false ? {} : { crisp }),
      assistant: { inbox: 'reply', burst: { quietMs: 400, longestMs: 4_000 }, ...this.settings.assistant },
    });
    await this.publisher.publish([
      { type: 'settings.bot', bot },
      { type: 'settings.workspace', workspaceId: this.workspaceId, workspace: this.settings.workspace! },
    ]);
    // Who knows the newest key knows the newest settings.
    const running = this.replicas.filter(({ child }) => child.running);
    await eventually(
      async () =>
        (await Promise.all(running.map(({ url }) => this.ask(url, 'GET', '/v1/bots/demo/usage', undefined, newest)))).every(({ ok }) => ok),
      { what: 'the service obeying its newest settings' },
    );
  }

  async send(...records: readonly OutgoingRecord[]): Promise<void> {
    await this.producer.send(records);
  }

  /** A handover was accepted and its conversation is this session. */
  async tellsOfHandover(sessionId: string): Promise<void> {
    const data = {
      handover_id: newId(),
      conversation_id: newId(),
      bot_id: 'demo',
      channel: 'webchat' as const,
      epoch: 1,
      at: new Date().toISOString(),
      crisp_website_id: WEBSITE,
      crisp_session_id: sessionId,
    };
    await this.send(encodeEvent(handovers, 'handover.accepted', data, { id: newId(), source: 'urn:baton:test', time: new Date() }));
  }

  /** A visitor of the website's own chat box, who has not written yet. */
  async visitor(): Promise<InboxVisitor> {
    const { session_id } = await this.crisp<{ session_id: string }>('POST', '/conversations', { website_id: WEBSITE });
    return new InboxVisitor(this, session_id);
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
  hookRecord(rawBody: string): OutgoingRecord {
    const envelope = JSON.parse(rawBody) as { website_id: string; data: { session_id?: string } };
    return {
      topic: crispWebhooks.name,
      key: envelope.data.session_id ?? envelope.website_id,
      value: rawBody,
      headers: headersOf(typeOnTheWire('crisp.webhook', 1), {
        id: derivedId('test-hook', rawBody),
        source: 'urn:baton:test',
        time: new Date(),
        extensions: { botid: 'demo' },
      }),
    };
  }

  /** What the service's own HTTP says. */
  async http<T = Record<string, unknown>>(
    method: string,
    path: string,
    body?: unknown,
    key = BOT_KEY,
  ): Promise<{ status: number; body: T }> {
    const response = await this.ask(this.replicas.find(({ child }) => child.running)!.url, method, path, body, key);
    return { status: response.status, body: (await response.json()) as T };
  }

  /** A figure of the first replica that runs. */
  async metric(line: string): Promise<number> {
    const { url } = this.replicas.find(({ child }) => child.running)!;
    const text = await (await fetch(`${url}/metrics`)).text();
    const found = text.split('\n').find((one) => one.startsWith(line));
    return found === undefined ? 0 : Number(found.split(' ').at(-1));
  }

  private ask(url: string, method: string, path: string, body: unknown, key: string): Promise<Response> {
    return fetch(`${url}${path}`, {
      method,
      headers: { authorization: `Bearer ${key}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }

  private async openHooks(): Promise<void> {
    this.hooks.on('request', (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        this.take(Buffer.concat(chunks).toString()).then(
          () => response.writeHead(200).end(),
          () => response.writeHead(503).end(),
        );
      });
    });
    await new Promise<void>((resolve) => this.hooks.listen(0, '127.0.0.1', resolve));
  }

  private async take(rawBody: string): Promise<void> {
    if (this.loses(JSON.parse(rawBody) as { event: string })) this.lost += 1;
    else await this.send(this.hookRecord(rawBody));
  }

  private async openCrisp(): Promise<void> {
    const port = await freePort();
    this.crispUrl = `http://127.0.0.1:${port}`;
    const setup = {
      websites: [
        {
          website_id: WEBSITE,
          hook_url: `http://127.0.0.1:${(this.hooks.address() as AddressInfo).port}/hook`,
          operators: [{ user_id: '22222222-2222-4333-8444-555555555501', first_name: 'Mia' }],
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

  private async followUsage(): Promise<void> {
    const following = await followTopic({
      kafka: this.kafka,
      topic: topicOnTheWire(usage.name, this.kafka.config.topicPrefix),
      onRecord: (record) => this.used.push(decodeEvent(usage, record).data),
    });
    this.following = following;
    await eventually(() => following.caughtUp, { what: 'the test reading what was used', within: 30_000 });
  }
}
