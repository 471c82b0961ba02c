import { Partitioners } from 'kafkajs';
import type { IHeaders, Producer, TopicMessages } from 'kafkajs';
import type { KafkaConfig, KafkaProducer, MessagingLog, WireRecord } from './kafka.js';
import { KafkaRefusal } from './kafka.js';
import { newKafkajs, REQUEST_TIMEOUT_MS } from './kafkajs-client.js';
import { within } from './within.js';

/** kafkajs may connect, ask for metadata and produce in one send; when all that took this long it hangs, and is thrown away. */
const SEND_LIMIT_MS = REQUEST_TIMEOUT_MS + 1_000;

/** A producer that replaces its kafkajs client after a failure: kafkajs does not always recover from a broker that went away. */
export class KafkajsProducer implements KafkaProducer {
  private client: Producer | undefined;
  private closed = false;

  constructor(
    private readonly config: KafkaConfig,
    private readonly log?: MessagingLog,
  ) {}

  async connect(): Promise<void> {
    await this.connected();
  }

  async send(records: readonly WireRecord[]): Promise<void> {
    const topicMessages = byTopic(records);
    const client = await this.connected();
    try {
      await within(SEND_LIMIT_MS, client.sendBatch({ acks: -1, timeout: REQUEST_TIMEOUT_MS - 1_000, topicMessages }));
    } catch (error) {
      const refusal = refusalIn(error);
      if (refusal) throw new KafkaRefusal(refusal, { cause: error });
      this.discard(client);
      throw error;
    }
  }

  async disconnect(): Promise<void> {
    this.closed = true;
    const client = this.client;
    this.client = undefined;
    await client?.disconnect();
  }

  private async connected(): Promise<Producer> {
    if (this.closed) throw new Error('the producer is closed');
    if (this.client) return this.client;
    const client = newKafkajs(this.config, this.log).producer({
      createPartitioner: Partitioners.DefaultPartitioner,
      allowAutoTopicCreation: false,
      retry: { retries: 0 },
    });
    try {
      await within(SEND_LIMIT_MS, client.connect());
    } catch (error) {
      this.discard(client);
      throw error;
    }
    this.client = client;
    return client;
  }

  private discard(client: Producer): void {
    if (this.client === client) this.client = undefined;
    client.disconnect().catch(() => undefined); // it is broken already
  }
}

function byTopic(records: readonly WireRecord[]): TopicMessages[] {
  const topics = new Map<string, TopicMessages>();
  for (const { topic, key, value, headers } of records) {
    let messages = topics.get(topic);
    if (!messages) topics.set(topic, (messages = { topic, messages: [] }));
    messages.messages.push({ key, value, headers: headers as IHeaders });
  }
  return [...topics.values()];
}

/** Kafka's own word that it will not take this, now or later; undefined when it may on another day. */
function refusalIn(error: unknown): string | undefined {
  for (let e = error; e instanceof Error; e = e.cause) {
    const { type, retriable } = e as { type?: unknown; retriable?: unknown };
    if (typeof type === 'string' && (retriable === false || type === 'UNKNOWN_TOPIC_OR_PARTITION')) return type;
  }
  return undefined;
}
