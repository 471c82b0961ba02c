import { type botEvents, botTurns, conversationIdOf, encodeEvent, type EventData, newId } from '@baton/contracts';
import type { KafkaCorner } from './kafka-corner.js';
import type { Mark } from './mark.js';
import type { Outside } from './road.js';
import type { Talk } from './talk.js';

/** Questions given as turns to an assistant that answers a bot's conversations; its answer settles the turn. */
export class AskingVisitors implements Outside {
  /** What was asked and not answered yet, by conversation, in order. */
  private readonly asked = new Map<string, Mark[]>();

  constructor(
    private readonly corner: KafkaCorner,
    private readonly talk: Talk,
    private readonly options: { readonly botId: string; readonly questions: readonly string[] },
  ) {}

  open(): Promise<void> {
    return this.corner.read('bot-events', (type, data) => {
      if (type !== 'baton.bot.answered.v1') return;
      const { conversation_id, turn } = data as EventData<typeof botEvents, 'bot.answered'>;
      if (turn === undefined) return;
      const asked = this.asked.get(conversation_id) ?? [];
      // An answer may come in several events, of which the first one counts; and who asks again before it came is answered once.
      for (const mark of asked.splice(0, asked.filter(({ number }) => number <= turn).length)) this.talk.hear('in', mark);
    });
  }

  say(mark: Mark): void {
    const { botId, questions } = this.options;
    const at = new Date();
    const conversation_id = conversationIdOf({ botId, channel: 'webchat', address: `v_bench_${mark.conversation}` });
    const asked = this.asked.get(conversation_id) ?? [];
    this.asked.set(conversation_id, [...asked, mark]);
    const text = questions[(mark.conversation * 7 + mark.number) % questions.length]!;
    const record = encodeEvent(
      botTurns,
      'bot.turn',
      {
        ...{ conversation_id, bot_id: botId, channel: 'webchat', epoch: 0, at: at.toISOString(), turn: mark.number, locale: 'en' },
        messages: [{ id: newId(), text, at: at.toISOString() }],
      },
      { id: newId(), source: 'urn:baton:bench', time: at },
    );
    this.corner.send(record, () => this.talk.refuse('in', mark));
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
