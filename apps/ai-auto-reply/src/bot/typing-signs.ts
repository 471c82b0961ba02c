import { botEvents, encodeEvent, newId, sourceOf } from '@baton/contracts';
import type { GatheringProducer } from '@baton/messaging';
import type { Talk } from './talk.js';

/** A sign that Kafka does not take at once comes too late (ms). */
const PATIENCE = 1_000;

/** Shows visitors that an answer is being written; best effort, nobody waits for it. */
export class TypingSigns {
  constructor(
    private readonly producer: Pick<GatheringProducer, 'send'>,
    private readonly now: () => Date,
  ) {}

  show(talks: readonly Pick<Talk, 'conversationId' | 'botId' | 'turn' | 'epoch'>[], typing: boolean): void {
    if (talks.length === 0) return;
    const time = this.now();
    const records = talks.map(({ conversationId, botId, turn, epoch }) =>
      encodeEvent(
        botEvents,
        'bot.typing',
        { conversation_id: conversationId, bot_id: botId, turn, epoch, typing },
        { id: newId(), source: sourceOf('ai-auto-reply'), time },
      ),
    );
    this.producer.send(records, { deadlineMs: PATIENCE }).catch(() => undefined);
  }
}
