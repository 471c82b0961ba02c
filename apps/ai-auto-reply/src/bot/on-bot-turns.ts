import { botTurns } from '@baton/contracts';
import type { ReceivedEvent } from '@baton/contracts';
import { OnEvents } from '@baton/messaging';
import { Controller } from '@nestjs/common';
import { HearTurns } from './hear-turns.js';

/** What bots are told, from Kafka. */
@Controller()
export class OnBotTurns {
  constructor(private readonly turns: HearTurns) {}

  @OnEvents(botTurns)
  async hear(events: readonly ReceivedEvent<typeof botTurns>[]): Promise<void> {
    await this.turns.hear(events);
  }
}
