import { Controller } from '@nestjs/common';
import type { ReceivedEvent } from '@baton/contracts';
import { OnEvents, placeOf } from '@baton/messaging';
import type { Case } from '../judge/case.js';
import { Judge } from '../judge/judge.js';
import { botAnswers } from './read-answers.js';
import { ShowTyping } from './show-typing.js';
import { botFactId, flagsOf, priorLinesOf } from './floor-flags.js';

type Answered = Extract<ReceivedEvent<typeof botAnswers>, { type: 'bot.answered' }>;

@Controller()
export class OnBotEvents {
  constructor(
    private readonly judge: Judge,
    private readonly typing: ShowTyping,
  ) {}

  @OnEvents(botAnswers)
  async handle(events: readonly ReceivedEvent<typeof botAnswers>[]): Promise<void> {
    await this.judge.judge(
      events.filter((event) => event.type === 'bot.answered').map((event) => ({ ...caseOf(event), from: placeOf(event) })),
    );
    // Afterwards, so that nobody is seen writing at what he has answered.
    await this.typing.show(events.filter((event) => event.type === 'bot.typing'));
  }
}

/** The bot's answer. The id is the bot's own word, so its name in the inbox holds bot and conversation, too. */
export function caseOf({ id: answerId, data, traceparent }: Answered): Case {
  const { conversation_id: conversationId, bot_id: botId } = data;
  const id = botFactId(botId, conversationId, answerId);
  return {
    conversationId,
    inboxId: id,
    traceparent,
    matter: {
      about: 'bot-answer',
      botId,
      history: priorLinesOf(data.history),
      fact: {
        id,
        kind: 'bot-answered',
        answerId: answerId.slice(0, 255),
        requestedBy: 'bot',
        turn: data.turn ?? null,
        epoch: data.epoch ?? null,
        messages: data.messages,
        ...flagsOf(data),
        userDataLeftOut: data.userDataLeftOut,
      },
    },
  };
}
