import type { DataSource } from 'typeorm';
import { deliveries, derivedId, encodeEvent } from '@baton/contracts';
import type { OutgoingRecord, ReceivedEvent } from '@baton/contracts';
import type { GatheringProducer } from '@baton/messaging';
import { TypingPace } from '@baton/telemetry';
import { mayShowTyping } from '../floor/bot-typing.js';
import type { Conversation } from '../floor/conversation.js';
import type { PolicyOf } from '../floor-policies.js';
import { SOURCE } from '../judge/carry-out.js';
import { readConversations } from '../judge/conversation-store.js';
import type { botAnswers } from './read-answers.js';

export type Typing = Extract<ReceivedEvent<typeof botAnswers>, { type: 'bot.typing' }>;

/** What was said longer ago tells nothing about now (ms). */
const FRESH_FOR = 10_000;
/** A sign that Kafka does not take at once comes too late (ms). */
const PATIENCE = 1_000;

export interface ShowTypingOptions {
  readonly dataSource: DataSource;
  readonly producer: Pick<GatheringProducer, 'send'>;
  readonly policyOf: PolicyOf;
  /** ms */
  readonly now: () => number;
  readonly ignored: (reason: string) => void;
}

/**
 * Shows the visitor that the bot writes. Best effort: one reading without a lock for a batch, nothing is written, nobody waits for Kafka,
 * and what may not be shown is dropped and counted. A sign that crosses a change of the floor is gone with the next line or by itself.
 */
export class ShowTyping {
  private readonly pace = new TypingPace();

  constructor(private readonly options: ShowTypingOptions) {}

  async show(events: readonly Typing[]): Promise<void> {
    const { now, dataSource, producer, ignored } = this.options;
    const at = now();
    // Only the last word of each conversation matters.
    const last = [...new Map(events.map((event) => [event.data.conversation_id, event])).values()];
    const due = last.filter(({ data, time }) => at - time.getTime() < FRESH_FOR && this.pace.take(data.conversation_id, data.typing, at));
    if (due.length === 0) return;
    const conversations = await readConversations(
      dataSource,
      due.map(({ data }) => data.conversation_id),
    );
    const records = due.flatMap((event) => {
      const conversation = conversations.get(event.data.conversation_id);
      const { bot_id: botId, turn, epoch } = event.data;
      if (!conversation || !mayShowTyping(conversation, { botId, turn, epoch })) {
        ignored('typing-against-the-floor');
        return [];
      }
      return this.recordOf(conversation, event, at);
    });
    producer.send(records, { deadlineMs: PATIENCE }).catch(() => ignored('typing-not-sent'));
  }

  private recordOf({ id, botId, channel, address }: Conversation, event: Typing, at: number): OutgoingRecord[] {
    const policy = this.options.policyOf(botId, id);
    if (!policy || policy.stopped) return [];
    const { botName: name, botAvatar: avatar } = policy;
    return [
      encodeEvent(
        deliveries,
        'delivery.typing',
        {
          conversationId: id,
          botId,
          channel,
          address,
          at: new Date(at).toISOString(),
          author: { kind: 'bot', name, ...(avatar ? { avatar } : {}) },
          typing: event.data.typing,
        },
        { id: derivedId('bot-typing', id, botId, event.id), source: SOURCE, time: new Date(at), traceparent: event.traceparent },
      ),
    ];
  }
}
