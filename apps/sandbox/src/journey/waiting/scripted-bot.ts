import { type Bot, createBot, type Rejected, type Turn, type Unmuted } from '@baton/bot-sdk';
import { botEvents, encodeEvent, newId, topicOnTheWire } from '@baton/contracts';
import type { EventInput } from '@baton/contracts';
import { eventually } from '@baton/testing';
import { Kafka, logLevel, type Producer } from 'kafkajs';
import type { Levers } from '../stage.js';

type Answered = EventInput<typeof botEvents, 'bot.answered'>;

/** A bot that says what a step wants: `help` and `help billing` ask for a human, everything else is answered with `Bot: …`. */
export class ScriptedBot {
  readonly turns: Turn[] = [];
  readonly unmuted: Unmuted[] = [];
  readonly rejected: Rejected[] = [];
  private readonly bot: Bot;
  private readonly producer: Producer;

  constructor(
    readonly botId: string,
    private readonly levers: Levers,
  ) {
    const { brokers, topicPrefix } = levers;
    this.producer = new Kafka({ clientId: `script-${botId}`, brokers: [...brokers], logLevel: logLevel.NOTHING }).producer();
    this.bot = createBot({
      brokers: [...brokers],
      topicPrefix,
      botId,
      onTurn: (turn, reply) => {
        this.turns.push(turn);
        const [, category] = /^help(?: (\w+))?$/.exec(turn.text) ?? [null, null];
        if (category !== null) reply.escalate({ ...(category ? { category } : {}), reason: 'he asked for it' });
        else reply.text(`Bot: ${turn.text}`);
      },
      onUnmuted: (event) => void this.unmuted.push(event),
      onRejected: (event) => void this.rejected.push(event),
    });
  }

  async start(): Promise<void> {
    await Promise.all([this.bot.start(), this.producer.connect()]);
  }

  async stop(): Promise<void> {
    await Promise.all([this.bot.stop(), this.producer.disconnect()]);
  }

  /** Says something by itself, with flags. */
  async says(conversationId: string, answer: Omit<Answered, 'conversation_id' | 'bot_id'>): Promise<void> {
    const event = { messages: [], ...answer, conversation_id: conversationId, bot_id: this.botId };
    const attributes = { id: newId(), source: `urn:baton:bot:${this.botId}`, time: new Date() };
    const { topic, key, value, headers } = encodeEvent(botEvents, 'bot.answered', event, attributes);
    await this.producer.send({
      topic: topicOnTheWire(topic, this.levers.topicPrefix),
      acks: -1,
      messages: [{ key, value, headers: { ...headers } }],
    });
  }

  /** What the bot was told when it got the floor again. */
  hears(conversationId: string, fits: (event: Unmuted) => boolean, what: string): Promise<Unmuted> {
    return eventually(() => this.unmuted.find((event) => event.conversation_id === conversationId && fits(event)), {
      within: 15_000,
      what,
    });
  }

  turnsOf(conversationId: string): string[] {
    return this.turns.filter((turn) => turn.conversation_id === conversationId).map(({ text }) => text);
  }
}
