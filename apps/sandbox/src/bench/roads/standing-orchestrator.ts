import { deliveries, encodeEvent, type EventData, newId, type visitorMessages } from '@baton/contracts';
import { nowUs } from '../hook.js';
import type { KafkaCorner } from './kafka-corner.js';
import { type Mark, markedText, markOf } from './mark.js';
import type { Answerer } from './road.js';
import type { Talk } from './talk.js';

type Word = EventData<typeof visitorMessages, 'visitor.message'>;

/** Stands where the orchestrator does and judges nothing: one delivery to each word, numbered as the contract has it. */
export class StandingOrchestrator implements Answerer {
  private readonly sequences = new Map<string, number>();

  constructor(
    private readonly corner: KafkaCorner,
    private readonly talk: Talk,
  ) {}

  start(): Promise<void> {
    return this.corner.read('visitor-messages', (type, data) => {
      if (type !== 'baton.visitor.message.v1') return;
      const word = data as Word;
      const mark = word.body.type === 'text' ? markOf(word.body.text) : undefined;
      if (mark && this.talk.hear('in', mark)) this.answer(word, this.talk.mark('back', mark.conversation, nowUs()));
    });
  }

  stop(): Promise<void> {
    return Promise.resolve();
  }

  private answer({ conversationId, botId, channel, address }: Word, mark: Mark): void {
    const deliverySequence = (this.sequences.get(conversationId) ?? 0) + 1;
    this.sequences.set(conversationId, deliverySequence);
    const record = encodeEvent(
      deliveries,
      'delivery.message',
      {
        ...{ conversationId, botId, channel, address, deliverySequence, epoch: 0, messageId: newId(), at: new Date().toISOString() },
        ...{ author: { kind: 'bot' }, body: { type: 'text', text: markedText(mark) }, withdrawable: true },
      },
      { id: newId(), source: 'urn:baton:bench', time: new Date() },
    );
    this.corner.send(record, () => this.talk.refuse('back', mark));
  }
}
