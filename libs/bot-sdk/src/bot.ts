import {
  botEvents,
  botTurns,
  decodeEvent,
  derivedId,
  encodeEvent,
  type EventData,
  groupOnTheWire,
  newId,
  topicOnTheWire,
} from '@baton/contracts';
import type { KafkaMessage, Producer } from 'kafkajs';
import { ConversationLanes } from './conversation-lanes.js';
import { createKafkaClient, type KafkaAccess } from './kafka.js';
import { CollectedReply, type Reply } from './reply.js';
import { Typing } from './typing.js';
import { TurnReader } from './turn-reader.js';

/**
 * Something to answer, as the contract has it, and the visitor's words in one piece. Each of its `messages` tells what it answers
 * (`reply_to`) and by which link or ad the visitor came (`came_by`), where his channel does.
 */
export type Turn = EventData<typeof botTurns, 'bot.turn'> & {
  /** All messages of the turn, one a line. */
  readonly text: string;
  /** What the last message stands for when it was a tap on a quick reply. */
  readonly payload: string | undefined;
  /** W3C trace context of the turn, where it is traced. The answer goes on in that trace by itself; see {@link BotOptions.tracing}. */
  readonly traceparent: string | undefined;
};
export type Muted = EventData<typeof botTurns, 'bot.muted'>;
/**
 * With `human_stretch`: what visitor and agent said meanwhile; with `capsule`, where a human spoke: what he said, promised and decided, word for
 * word; with `continue_with`: the block of its flow that the bot is to go on with, as its settings or an agent chose.
 */
export type Unmuted = EventData<typeof botTurns, 'bot.unmuted'>;
export type Rejected = EventData<typeof botTurns, 'bot.answer-rejected'>;

export interface BotOptions {
  brokers: readonly string[];
  /** The bot's name in Baton; turns of other bots are passed over. */
  botId: string;
  /** First part of the topics' names; default `baton`. */
  topicPrefix?: string;
  /** Replicas of one bot share a group; default `<topicPrefix>.bot.<botId>`, so that two platforms on one Kafka stay apart. */
  groupId?: string;
  /** TLS and SASL; `kafkaAccessFrom(process.env)` reads the variables that Baton's own services read. */
  kafka?: KafkaAccess;
  /** Turns in work at once, of different conversations; default 100. */
  concurrency?: number;
  /** How often a handler that throws is tried before the turn is given up; default 3. */
  attempts?: number;
  /** Answers a turn. May run twice for one turn; what it says is shown once. */
  onTurn: (turn: Turn, reply: Reply) => void | Promise<void>;
  /** The bot lost the floor. */
  onMuted?: (event: Muted) => void | Promise<void>;
  /** The bot has the floor again and may say something. */
  onUnmuted?: (event: Unmuted, reply: Reply) => void | Promise<void>;
  /** An answer was not delivered. */
  onRejected?: (event: Rejected) => void | Promise<void>;
  /** For bots that are traced. Without it an answer goes on in the trace of its turn. */
  tracing?: BotTracing;
  /** A turn was given up, a record could not be read, or Kafka is away (then it goes on by itself). Default: one line on stderr. */
  onError?: (error: unknown) => void;
}

/**
 * The ends that a bot's own tracing is tied to. With OpenTelemetry's API:
 *
 * ```ts
 * const tracing: BotTracing = {
 *   run: ({ name, traceparent }, handle) =>
 *     context.with(propagation.extract(ROOT_CONTEXT, { traceparent }), () =>
 *       trace.getTracer('bot').startActiveSpan(name, (span) => handle().finally(() => span.end()))),
 *   traceparent: () => {
 *     const carrier: { traceparent?: string } = {};
 *     propagation.inject(context.active(), carrier);
 *     return carrier.traceparent;
 *   },
 * };
 * ```
 */
export interface BotTracing {
  /** Does the work of one event, such as `bot.turn`, inside a span of the bot's. Must call `handle` once and reject when it does. */
  run(event: { readonly name: string; readonly traceparent: string | undefined }, handle: () => Promise<void>): Promise<void>;
  /** The trace context of what is being worked on, for the answer's record; undefined where there is none. */
  traceparent(): string | undefined;
}

export interface Bot {
  /** Resolves when the bot reads its turns. */
  start(): Promise<void>;
  /** Ends what is in work, commits and leaves. */
  stop(): Promise<void>;
  /** Speaks first, without a turn; delivered when the bot has the floor. Resolves when Kafka has it. Give an id to make a repetition harmless. */
  say(conversationId: string, compose: (reply: Reply) => void, id?: string): Promise<void>;
}

const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 5_000;

/** Connects a bot to Baton. Turns of one conversation come in order, different conversations side by side. */
export function createBot(options: BotOptions): Bot {
  return new KafkaBot(options);
}

class KafkaBot implements Bot {
  private readonly producer: Producer;
  private readonly reader: TurnReader;
  private readonly report: (error: unknown) => void;
  private stopping = false;

  constructor(private readonly options: BotOptions) {
    const { brokers, botId, topicPrefix = 'baton', groupId = groupOnTheWire(`bot.${botId}`, topicPrefix), concurrency = 100 } = options;
    this.report =
      options.onError ?? ((error) => process.stderr.write(`bot ${botId}: ${error instanceof Error ? error.message : String(error)}\n`));
    const kafka = createKafkaClient(brokers, groupId, options.kafka);
    this.producer = kafka.producer({ allowAutoTopicCreation: false });
    this.reader = new TurnReader({
      kafka,
      groupId,
      topic: topicOnTheWire('bot-turns', topicPrefix),
      lanes: new ConversationLanes(concurrency),
      handle: (message) => this.handle(message),
      onError: this.report,
    });
  }

  async start(): Promise<void> {
    await Promise.all([this.producer.connect(), this.reader.start()]);
  }

  async stop(): Promise<void> {
    this.stopping = true;
    await this.reader.stop();
    await this.producer.disconnect();
  }

  async say(conversationId: string, compose: (reply: Reply) => void, id: string = newId()): Promise<void> {
    const reply = new CollectedReply();
    compose(reply);
    await this.publish(id, reply, { conversation_id: conversationId });
  }

  private async handle(message: KafkaMessage): Promise<void> {
    try {
      const event = decodeEvent(botTurns, message);
      if (event.data.bot_id !== this.options.botId) return;
      const { tracing } = this.options;
      const { type: name, traceparent } = event;
      await this.persist(() => (tracing ? tracing.run({ name, traceparent }, () => this.react(event)) : this.react(event)));
    } catch (error) {
      this.report(error);
    }
  }

  /** Tries a handler again before its turn is given up. */
  private async persist(react: () => Promise<void>): Promise<void> {
    const { attempts = 3 } = this.options;
    for (let attempt = 1; ; attempt++) {
      try {
        return await react();
      } catch (error) {
        if (attempt >= attempts || this.stopping) throw error;
        await pause(FIRST_PAUSE_MS * 2 ** (attempt - 1));
      }
    }
  }

  private async react(event: ReturnType<typeof decodeEvent<typeof botTurns>>): Promise<void> {
    const { onTurn, onMuted, onUnmuted, onRejected, botId } = this.options;
    switch (event.type) {
      case 'bot.turn': {
        const { conversation_id, turn, epoch, messages } = event.data;
        const typing = new Typing((is) => this.tellTyping({ conversation_id, turn, epoch }, is));
        const reply = new CollectedReply(() => typing.begin());
        try {
          await onTurn(
            {
              ...event.data,
              text: messages.map(({ text }) => text).join('\n'),
              payload: messages.at(-1)?.payload,
              traceparent: event.traceparent,
            },
            reply,
          );
          await this.publish(derivedId('answer', botId, conversation_id, turn), reply, { conversation_id, turn, epoch }, event.traceparent);
        } finally {
          typing.end({ answered: reply.collected() !== undefined });
        }
        return;
      }
      case 'bot.muted':
        return onMuted?.(event.data);
      case 'bot.unmuted': {
        const { conversation_id, epoch } = event.data;
        const reply = new CollectedReply();
        await onUnmuted?.(event.data, reply);
        return this.publish(derivedId('answer-unmuted', botId, conversation_id, epoch), reply, { conversation_id }, event.traceparent);
      }
      case 'bot.answer-rejected':
        return onRejected?.(event.data);
    }
  }

  /** Best effort: nobody waits for a sign, and one that is lost is told again. */
  private tellTyping(to: { conversation_id: string; turn: number; epoch: number }, typing: boolean): void {
    const { botId, topicPrefix } = this.options;
    const attributes = { id: newId(), source: `urn:baton:bot:${botId}`, time: new Date() };
    const { topic, key, value, headers } = encodeEvent(botEvents, 'bot.typing', { ...to, bot_id: botId, typing }, attributes);
    const record = { topic: topicOnTheWire(topic, topicPrefix), acks: 1, messages: [{ key, value, headers: { ...headers } }] };
    this.producer.send(record).catch(() => undefined);
  }

  private async publish(
    id: string,
    reply: CollectedReply,
    to: { conversation_id: string; turn?: number; epoch?: number },
    cause?: string,
  ): Promise<void> {
    const collected = reply.collected();
    if (!collected) return;
    const { botId, topicPrefix, tracing } = this.options;
    const traceparent = tracing?.traceparent() ?? cause;
    const attributes = { id, source: `urn:baton:bot:${botId}`, time: new Date(), ...(traceparent ? { traceparent } : {}) };
    const { topic, key, value, headers } = encodeEvent(botEvents, 'bot.answered', { ...to, bot_id: botId, ...collected }, attributes);
    const record = { topic: topicOnTheWire(topic, topicPrefix), acks: -1, messages: [{ key, value, headers: { ...headers } }] };
    for (let attempt = 0; ; attempt++) {
      try {
        await this.producer.send(record);
        return;
      } catch (error) {
        // Kafka is away: the answer waits, and its turn stays uncommitted.
        if (this.stopping) throw error;
        this.report(error);
        await pause(Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** attempt));
      }
    }
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}
