import { newId } from '@baton/contracts';
import type { Capsule, EventData, ReceivedEvent, botTurns } from '@baton/contracts';

export const START = Date.parse('2026-01-05T10:00:00.000Z');

type Heard = ReceivedEvent<typeof botTurns>;
type Of<T extends Heard['type']> = Extract<Heard, { type: T }>;

let said = 0;

/** One conversation as the orchestrator tells of it: events in the order they happen. */
export class Orchestrated {
  epoch = 0;
  turn = 0;

  constructor(
    readonly conversationId: string = newId(),
    readonly botId = 'demo',
    private readonly now: () => number = Date.now,
  ) {}

  says(text: string, patch: Partial<EventData<typeof botTurns, 'bot.turn'>> & { payload?: string } = {}): Of<'bot.turn'> {
    const { payload, ...rest } = patch;
    this.turn += 1;
    const at = new Date(START + ++said).toISOString();
    const message = { id: newId(), text, at, ...(payload === undefined ? {} : { payload }) };
    return this.event('bot.turn', { ...this.about, turn: this.turn, messages: [message], ...rest });
  }

  mutes(reason: 'handover-requested' | 'agent-took-over' = 'agent-took-over'): Of<'bot.muted'> {
    this.epoch += 1;
    return this.event('bot.muted', { ...this.about, reason });
  }

  unmutes(
    reason: EventData<typeof botTurns, 'bot.unmuted'>['reason'] = 'resolved',
    stretch: readonly [from: 'visitor' | 'agent', text: string][] = [],
    capsule?: Capsule,
  ): Of<'bot.unmuted'> {
    this.epoch += 1;
    const human_stretch = stretch.map(([from, text]) => ({ from, text, at: new Date(START + ++said).toISOString() }));
    return this.event('bot.unmuted', { ...this.about, reason, human_stretch, ...(capsule ? { capsule } : {}) });
  }

  rejects(answerId: string): Of<'bot.answer-rejected'> {
    return this.event('bot.answer-rejected', { ...this.about, answer_id: answerId, reason: 'stale-epoch' });
  }

  private get about() {
    return {
      conversation_id: this.conversationId,
      bot_id: this.botId,
      channel: 'webchat' as const,
      epoch: this.epoch,
      at: new Date(this.now()).toISOString(),
    };
  }

  private event<T extends Heard['type']>(type: T, data: Of<T>['data']): Of<T> {
    const of = {
      id: newId(),
      key: this.conversationId,
      source: 'urn:baton:test',
      time: new Date(),
      traceparent: undefined,
      extensions: {},
    };
    return { ...of, type, version: 1, data } as unknown as Of<T>;
  }
}
