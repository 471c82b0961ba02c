import { conversationIdOf, type deliveries, encodeEvent, type EventData, newId, visitorMessages } from '@baton/contracts';
import type { KafkaCorner } from './kafka-corner.js';
import { type Mark, markedText, markOf } from './mark.js';
import type { Outside } from './road.js';
import type { Talk } from './talk.js';

/** Visitors without a channel: their words are written where the dispatcher writes them, what is for them is read where it reads. */
export class TopicVisitors implements Outside {
  constructor(
    private readonly corner: KafkaCorner,
    private readonly talk: Talk,
    private readonly botId: string,
  ) {}

  open(): Promise<void> {
    return this.corner.read('deliveries', (type, data) => {
      if (type !== 'baton.delivery.message.v1') return;
      const { body } = data as EventData<typeof deliveries, 'delivery.message'>;
      const mark = body.type === 'text' ? markOf(body.text) : undefined;
      if (mark) this.talk.hear('back', mark);
    });
  }

  say(mark: Mark): void {
    const address = `v_bench_${mark.conversation}`;
    const record = encodeEvent(
      visitorMessages,
      'visitor.message',
      {
        conversationId: conversationIdOf({ botId: this.botId, channel: 'webchat', address }),
        ...{ botId: this.botId, channel: 'webchat', address, messageId: newId(), seq: mark.number },
        at: new Date().toISOString(),
        body: { type: 'text', text: markedText(mark) },
      },
      { id: newId(), source: 'urn:baton:bench', time: new Date() },
    );
    this.corner.send(record, () => this.talk.refuse('in', mark));
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
