import { randomBytes } from 'node:crypto';
import { topicOnTheWire } from '@baton/contracts';
import type { TopicName } from '@baton/contracts';
import { createKafka, ensureTopics, followTopic, topicsToBe } from '@baton/messaging/kafka';
import type { Following, Kafka, KafkaRecord } from '@baton/messaging/kafka';
import { SettingsPublisher } from '@baton/settings';
import type { Setting } from '@baton/settings';
import { createLogger, Health } from '@baton/telemetry';
import { eventually } from '@baton/testing';
import { createIngress } from '../create-ingress.js';
import type { RunningIngress } from '../create-ingress.js';
import { KEY } from './known-settings.js';

const SHAPE = { partitions: 3, replication: 1 };
const logger = createLogger({ service: 'webhook-ingress', level: 'silent', instance: 'test' });

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The answer as JSON, where it is. */
  readonly body: Record<string, string> | undefined;
}

export type Ingress = RunningIngress & { readonly health: Health };

/** A Kafka with topics of one's own, settings on it, and what the ingress stores there. */
export class Stage {
  private readonly stored: KafkaRecord[] = [];
  private constructor(
    readonly kafkaConfig: { brokers: string[]; clientId: string; topicPrefix: string },
    private readonly publisher: SettingsPublisher,
  ) {}
  private following: Following | undefined;

  /** @param topic whose records are followed */
  static async begin(topic: TopicName, settings: readonly Setting[]): Promise<Stage> {
    const brokers = process.env['KAFKA_BROKERS']!.split(',');
    const kafkaConfig = { brokers, clientId: 'ingress-test', topicPrefix: `ingress-${randomBytes(4).toString('hex')}` };
    await ensureTopics(kafkaConfig, SHAPE);
    const stage = new Stage(kafkaConfig, new SettingsPublisher({ kafka: kafkaConfig, keys: { webhooks: KEY } }));
    await stage.publisher.start();
    await stage.publisher.publish([...settings]);
    const onTheWire = topicOnTheWire(topic, kafkaConfig.topicPrefix);
    const onRecord = (record: KafkaRecord) => stage.stored.push(record);
    stage.following = await followTopic({ kafka: createKafka(kafkaConfig), topic: onTheWire, onRecord });
    return stage;
  }

  async start(o: { kafka?: Kafka; brokers?: string[] } = {}): Promise<Ingress> {
    const health = new Health();
    const config = {
      ...{
        KAFKA_BROKERS: o.brokers ?? this.kafkaConfig.brokers,
        KAFKA_TOPIC_PREFIX: this.kafkaConfig.topicPrefix,
        KAFKA_TLS: 'off' as const,
      },
      ...{
        HTTP_HOST: '127.0.0.1',
        HTTP_PORT: 0,
        LOG_LEVEL: 'silent' as const,
        INSTANCE_ID: 'test',
        SHUTDOWN_DELAY_MS: 0,
        SETTINGS_KEY_WEBHOOKS: KEY,
        TRUSTED_PROXIES: 0,
        REQUESTS_PER_ADDRESS: 100,
      },
    };
    return { ...(await createIngress(config, { logger, health, ...(o.kafka && { kafka: o.kafka }) })), health };
  }

  /** The same, once it is ready. */
  async startReady(o: { kafka?: Kafka } = {}): Promise<Ingress> {
    const ingress = await this.start(o);
    await eventually(() => ingress.health.ready().ok, { what: 'the ingress being ready' });
    return ingress;
  }

  /** The records of one key in their order, once there are as many. */
  recordsOf(key: string, count: number): Promise<KafkaRecord[]> {
    const found = () => this.stored.filter((record) => record.key?.toString() === key);
    return eventually(() => (found().length >= count ? found() : undefined), { what: `${count} records of ${key}` }) as Promise<
      KafkaRecord[]
    >;
  }

  /** A way to the real Kafka whose acknowledgements wait until `open` is called. */
  gated(): { kafka: Kafka; open: () => void } {
    let open: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (open = resolve));
    const kafka = createKafka(this.kafkaConfig);
    const producer = () => {
      const real = kafka.producer();
      const send: typeof real.send = async (records) => {
        await real.send(records);
        await gate;
      };
      return { connect: () => real.connect(), send, disconnect: () => real.disconnect() };
    };
    return { kafka: { ...kafka, producer }, open };
  }

  async end(): Promise<void> {
    await this.following?.stop();
    await this.publisher.stop();
    const admin = createKafka(this.kafkaConfig).admin();
    await admin.connect();
    await admin.deleteTopics(topicsToBe(this.kafkaConfig.topicPrefix, SHAPE).map(({ topic }) => topic));
    await admin.disconnect();
  }
}

/** Calls an ingress as a platform does: POST with JSON, unless `o` says otherwise. */
export async function callIngress(port: number, path: string, o: RequestInit = {}): Promise<Answer> {
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, ...o };
  const response = await fetch(`http://127.0.0.1:${port}${path}`, init);
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json') === true && text !== '';
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: isJson ? (JSON.parse(text) as Record<string, string>) : undefined,
  };
}
