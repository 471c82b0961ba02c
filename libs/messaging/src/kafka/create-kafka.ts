import type { Kafka, KafkaConfig } from './kafka.js';

export function createKafka(config: KafkaConfig): Kafka {
  throw new Error(`not built yet ${config.clientId}`);
}
