export { createBot } from './bot.js';
export type { Bot, BotOptions, Turn, Muted, Unmuted, Rejected } from './bot.js';
export type { Escalation, QuickReplyInput, Reply } from './reply.js';
export type { UserData } from '@baton/contracts';
