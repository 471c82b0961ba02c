import { Controller } from '@nestjs/common';
import { getAnswer, listAnswers, tryOutBot } from '@baton/control-api';
import { Call } from '../api/call.js';
import type { CallOf } from '../api/call.js';
import { Serves } from '../api/serves.js';
import { Playground } from './playground.js';

/** What bots answer, and why. */
@Controller()
export class PlaygroundController {
  constructor(private readonly playground: Playground) {}

  @Serves(tryOutBot)
  async tryOut(@Call() call: CallOf<typeof tryOutBot>) {
    const gone = new AbortController();
    const onClose = (): void => gone.abort();
    call.reply.raw.once('close', onClose);
    try {
      return await this.playground.ask(askedBy(call), call.body, gone.signal);
    } finally {
      call.reply.raw.off('close', onClose);
    }
  }

  @Serves(listAnswers)
  list(@Call() call: CallOf<typeof listAnswers>) {
    return this.playground.answers(askedBy(call), call.query);
  }

  @Serves(getAnswer)
  one(@Call() call: CallOf<typeof getAnswer>) {
    return this.playground.answer(askedBy(call), call.params.answerId);
  }
}

function askedBy({ params, caller }: CallOf<typeof listAnswers> | CallOf<typeof getAnswer> | CallOf<typeof tryOutBot>) {
  return { workspaceId: params.workspaceId, botId: params.botId, by: caller.author };
}
