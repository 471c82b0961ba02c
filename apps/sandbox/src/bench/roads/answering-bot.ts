import { botEvents, type botTurns, encodeEvent, type EventData, newId } from '@baton/contracts';
import { nowUs } from '../hook.js';
import type { KafkaCorner } from './kafka-corner.js';
import { markedText, markOf } from './mark.js';
import type { Answerer } from './road.js';
import type { Talk } from './talk.js';

type Turn = EventData<typeof botTurns, 'bot.turn'>;

/** A bot that costs next to nothing: one answer to each message of a turn. */
export class AnsweringBot implements Answerer {
  constructor(
    private readonly corner: KafkaCorner,
    private readonly talk: Talk,
  ) {}

  start(): Promise<void> {
    return this.corner.read('bot-turns', (type, data) => {
      if (type === 'baton.bot.turn.v1') this.answer(data as Turn);
    });
  }

  stop(): Promise<void> {
    return Promise.resolve();
  }

  private answer({ conversation_id, bot_id, turn, epoch, messages }: Turn): void {
    const answers = messages.flatMap(({ text }) => {
      const mark = markOf(text);
      return mark && this.talk.hear('in', mark) ? [this.talk.mark('back', mark.conversation, nowUs())] : [];
    });
    if (answers.length === 0) return;
    const record = encodeEvent(
      botEvents,
      'bot.answered',
      { conversation_id, bot_id, turn, epoch, messages: answers.map((mark) => ({ text: markedText(mark) })) },
      { id: newId(), source: 'urn:baton:bench', time: new Date() },
    );
    this.corner.send(record, () => answers.forEach((mark) => this.talk.refuse('back', mark)));
  }
}
