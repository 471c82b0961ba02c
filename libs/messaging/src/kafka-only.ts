/** Kafka without Nest and without a database, for those who need no more: `@baton/messaging/kafka`. */
export * from './kafka/kafka.js';
export * from './kafka/create-kafka.js';
export * from './kafka/ensure-topics.js';
export * from './kafka/topic-reader.js';
export * from './producing/gathering-producer.js';
export * from './producing/produce-error.js';
