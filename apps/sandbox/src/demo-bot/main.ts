import { createBot, kafkaAccessFrom } from '@baton/bot-sdk';
import { type Memory, talk, welcomeBack } from './talk.js';

/** The demo bot as a process of its own. It knows Baton by Kafka only. */

const brokers = (process.env['KAFKA_BROKERS'] ?? '127.0.0.1:9092').split(',');
const topicPrefix = process.env['KAFKA_TOPIC_PREFIX'] ?? 'baton';
/** Comma list of the bots it plays. */
const botIds = (process.env['BOT_IDS'] ?? 'demo').split(',');

/** Of the last 10,000 conversations. */
const memories = new Map<string, Memory>();

function memoryOf(conversationId: string): Memory {
  const memory = memories.get(conversationId) ?? {};
  memories.delete(conversationId);
  memories.set(conversationId, memory);
  if (memories.size > 10_000) memories.delete(memories.keys().next().value!);
  return memory;
}

const bots = botIds.map((botId) =>
  createBot({
    brokers,
    botId,
    topicPrefix,
    kafka: kafkaAccessFrom(process.env),
    onTurn: (turn, reply) => talk(turn, memoryOf(turn.conversation_id), reply),
    onUnmuted: welcomeBack,
  }),
);
await Promise.all(bots.map((bot) => bot.start()));
console.log(`demo bot: ready as ${botIds.join(', ')}`);

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => void Promise.all(bots.map((bot) => bot.stop())).then(() => process.exit(0)));
}
