export { createBot } from './bot.js';
export type { Bot, BotOptions, BotTracing, Turn, Muted, Unmuted, Rejected } from './bot.js';
export { kafkaAccessFrom } from './kafka.js';
export type { KafkaAccess, KafkaCertificates } from './kafka.js';
export type { Escalation, QuickReplyInput, Reply } from './reply.js';
export type { UserData } from '@baton/contracts';
