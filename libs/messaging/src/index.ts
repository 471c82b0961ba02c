export * from './kafka-only.js';
export { OnEvents } from './lanes/on-events.js';
export type { OnEventsOptions, ParkedRecord } from './lanes/on-events.js';
export * from './lanes/lanes-server.js';
export * from './lanes/unprocessable-event.js';
export * from './inbox/inbox.js';
export * from './outbox/outbox.js';
export { messagingMigrations } from './migrations/index.js';
export * from './tracing/traceparent.js';
