import { botEvents, botTurns, decodeEvent, encodeEvent, topicOnTheWire } from '@baton/contracts';
import type { EventData, EventInput, EventType, ReceivedEvent } from '@baton/contracts';
import { followTopic } from '@baton/messaging';
import type { Following } from '@baton/messaging';
import { eventually } from '@baton/testing';
import type { Stage } from '../../testing/stage.js';
import { Orchestrated } from './events.js';

type Answer = EventData<typeof botEvents, 'bot.answered'>;

/** What the assistant says as the bot in front, read from Kafka as the orchestrator reads it. */
export class InFront {
  private constructor(
    private readonly stage: Stage,
    private readonly following: Following,
    private readonly told: readonly ReceivedEvent<typeof botEvents>[],
  ) {}

  static async on(stage: Stage): Promise<InFront> {
    const told: ReceivedEvent<typeof botEvents>[] = [];
    const following = await followTopic({
      kafka: stage.kafka,
      topic: topicOnTheWire(botEvents.name, stage.kafka.config.topicPrefix),
      onRecord: (record) => void told.push(decodeEvent(botEvents, record)),
    });
    await eventually(() => following.caughtUp, { what: 'the test reading what bots say', within: 30_000 });
    return new InFront(stage, following, told);
  }

  /** A visitor of webchat; what happens to him is told to the assistant as the orchestrator would. */
  visitor(): Orchestrated {
    return new Orchestrated();
  }

  async happens(...events: readonly ReceivedEvent<typeof botTurns>[]): Promise<void> {
    const records = events.map(({ type, data, id, source }) =>
      encodeEvent(botTurns, type as EventType<typeof botTurns>, data as EventInput<typeof botTurns, EventType<typeof botTurns>>, {
        id,
        source,
        time: new Date(),
      }),
    );
    await this.stage.send(...records);
  }

  /** Its answers in a conversation, the first time each. */
  answers({ conversationId }: Orchestrated): Answer[] {
    const seen = new Set<string>();
    return this.told.flatMap((event) => {
      if (event.type !== 'bot.answered' || event.data.conversation_id !== conversationId || seen.has(event.id)) return [];
      seen.add(event.id);
      return [event.data];
    });
  }

  /** That it was seen writing. */
  signs({ conversationId }: Orchestrated): boolean[] {
    return this.told.flatMap(({ type, data }) => (type === 'bot.typing' && data.conversation_id === conversationId ? [data.typing] : []));
  }

  async hears(visitor: Orchestrated, count = 1, within = 30_000): Promise<Answer> {
    return eventually(() => this.answers(visitor)[count - 1], { what: `answer ${count}`, within });
  }

  /** Asks and waits for the answer. */
  async asks(visitor: Orchestrated, text: string, patch: Parameters<Orchestrated['says']>[1] = {}): Promise<Answer> {
    const before = this.answers(visitor).length;
    await this.happens(visitor.says(text, patch));
    return this.hears(visitor, before + 1);
  }

  /** Everything that was told so far is dealt with. */
  async isQuiet({ conversationId }: Orchestrated): Promise<void> {
    await eventually(
      async () => {
        const rows: { due_at: Date | null }[] = await this.stage.dataSource.query('SELECT due_at FROM talks WHERE conversation_id = $1', [
          conversationId,
        ]);
        return rows[0]?.due_at === null;
      },
      { what: `quiet in ${conversationId}`, within: 20_000 },
    );
  }

  async stop(): Promise<void> {
    await this.following.stop();
  }
}
