/** Kafka without Nest and without a database, for those who need no more: `@baton/messaging/kafka`. */
export * from './kafka/kafka.js';
export * from './kafka/create-kafka.js';
export * from './kafka/kafka-config-from.js';
export * from './kafka/read-places.js';
export * from './kafka/topic-reader.js';
export * from './producing/gathering-producer.js';
export * from './producing/produce-error.js';
export { ensureTopics } from './topics/survey.js';
export * from './topics/topic-shape.js';
export * from './topics/topic-table.js';
export * from './topics/watch-topics.js';
export { explainKafka } from './cli/explain-kafka.js';
export { readDeadLetter } from './dead-letters/dead-letter.js';
export type { DeadLetter } from './dead-letters/dead-letter.js';
export * from './dead-letters/follow-dead-letters.js';
export { cameBackFrom } from './dead-letters/replay.js';
export type { ReplayableLetter } from './dead-letters/replay.js';
export * from './dead-letters/send-again.js';
