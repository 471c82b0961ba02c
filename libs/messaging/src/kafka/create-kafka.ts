import type { Kafka, KafkaConfig, MessagingLog } from './kafka.js';
import { KafkajsAdmin } from './kafkajs-admin.js';
import { KafkajsConsumer } from './kafkajs-consumer.js';
import { KafkajsProducer } from './kafkajs-producer.js';

/** The door to Kafka. Connects to nothing yet: each producer, consumer and admin has connections of its own. */
export function createKafka(config: KafkaConfig, log?: MessagingLog): Kafka {
  return {
    config,
    producer: () => new KafkajsProducer(config, log),
    consumer: (options) => new KafkajsConsumer(config, options, log),
    admin: () => new KafkajsAdmin(config, log),
  };
}
