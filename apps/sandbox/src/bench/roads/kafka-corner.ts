import { type OutgoingRecord, type TopicName, topicOnTheWire } from '@baton/contracts';
import { createKafka, GatheringProducer, type Kafka, type KafkaConsumer, type KafkaRecord } from '@baton/messaging/kafka';
import { eventually } from '@baton/testing';

/** The load's own connections to Kafka. */
export class KafkaCorner {
  readonly kafka: Kafka;
  private readonly producer: GatheringProducer;
  private readonly consumers: KafkaConsumer[] = [];

  constructor(
    brokers: readonly string[],
    readonly prefix: string,
  ) {
    this.kafka = createKafka({ brokers, clientId: 'bench', topicPrefix: prefix });
    this.producer = new GatheringProducer(this.kafka, { maxQueuedRecords: 200_000, deadlineMs: 30_000 });
  }

  /** Sends without being waited for; `onRefused` when Kafka did not take it within half a minute. */
  send(record: OutgoingRecord, onRefused: () => void): void {
    this.producer.send([record]).catch(onRefused);
  }

  /** Reads a topic from where it ends now; resolves when it does. Values that are no JSON end the run. */
  async read(topic: TopicName, onEvent: (type: string, data: unknown) => void): Promise<void> {
    let isAssigned = false;
    const take = (record: KafkaRecord): void => {
      const type = String(record.headers['ce_type'] ?? '');
      onEvent(type, JSON.parse(String(record.value)));
    };
    const consumer = this.kafka.consumer({
      groupId: `bench-${topic}-${this.prefix}-${this.consumers.length}`,
      topics: [topicOnTheWire(topic, this.prefix)],
      maxWaitMs: 100,
      events: {
        onAssigned: () => (isAssigned = true),
        onRevoking: () => Promise.resolve(),
        onRecords: (records) => records.forEach(take),
        onAlive: () => undefined,
        onCrash: (error) => {
          throw error;
        },
      },
    });
    this.consumers.push(consumer);
    await consumer.start();
    await eventually(() => isAssigned, { within: 30_000, what: `reading ${topic}` });
  }

  async close(): Promise<void> {
    await Promise.allSettled(this.consumers.map((consumer) => consumer.stop()));
    await this.producer.close();
  }
}
