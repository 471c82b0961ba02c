import { encodeEvent, newId, sourceOf, visitorMessages } from '@baton/contracts';
import type { Channel } from '@baton/contracts';
import type { GatheringProducer } from '@baton/messaging';
import { TypingPace } from '@baton/telemetry';
import type { Address } from '../log/log-line.js';

/** Crisp shows for about six seconds that somebody writes: one sign in four keeps it alight (ms). */
const AGAIN_AFTER_MS = 4_000;
/** A sign that Kafka does not take at once comes too late (ms). */
const PATIENCE_MS = 1_000;

/** Tells the orchestrator that a visitor writes, or stopped. Best effort: in no table, never waited for, and lost when Kafka is away. */
export class TellTyping {
  private readonly pace = new TypingPace(AGAIN_AFTER_MS);

  constructor(
    private readonly producer: Pick<GatheringProducer, 'send'>,
    private readonly now: () => number = Date.now,
  ) {}

  tell({ id: conversationId, botId, channel, address }: Address, typing: boolean): void {
    const at = this.now();
    if (!this.pace.take(conversationId, typing, at)) return;
    const time = new Date(at);
    const data = { conversationId, botId, channel: channel as Channel, address, typing, at: time.toISOString() };
    const record = encodeEvent(visitorMessages, 'visitor.typing', data, { id: newId(), source: sourceOf('dispatcher'), time });
    this.producer.send([record], { deadlineMs: PATIENCE_MS }).catch(() => undefined);
  }
}
