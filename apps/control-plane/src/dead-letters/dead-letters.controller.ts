import { Controller } from '@nestjs/common';
import { dismissDeadLetter, getDeadLetter, listDeadLetters, replayDeadLetter, replayDeadLetters } from '@baton/control-api';
import type { ReplayOutcome } from '@baton/control-api';
import { Call } from '../api/call.js';
import type { CallOf } from '../api/call.js';
import type { Caller } from '../api/caller.js';
import { ApiRefusal } from '../api/problem.js';
import { Serves } from '../api/serves.js';
import { DeadLetters } from './dead-letters.js';
import type { Viewer } from './letters.store.js';

/** Records that a service could not understand. */
@Controller()
export class DeadLettersController {
  constructor(private readonly letters: DeadLetters) {}

  @Serves(listDeadLetters)
  list(@Call() { params, query, caller }: CallOf<typeof listDeadLetters>) {
    return this.letters.list(viewerOf(params, caller), query);
  }

  @Serves(getDeadLetter)
  get(@Call() { params, caller }: CallOf<typeof getDeadLetter>) {
    return this.letters.get(viewerOf(params, caller), params.letterId, caller.author);
  }

  @Serves(replayDeadLetters)
  async replayMany(@Call() { params, body, caller }: CallOf<typeof replayDeadLetters>) {
    return { items: await this.letters.replayAll(viewerOf(params, caller), body.letterIds, caller.author) };
  }

  @Serves(replayDeadLetter)
  async replay(@Call() { params, body, caller }: CallOf<typeof replayDeadLetter>) {
    const outcome = await this.letters.replay(viewerOf(params, caller), params.letterId, { by: caller.author, again: body.again });
    const refusal = REFUSALS[outcome.outcome];
    if (refusal) throw refusal();
    return outcome;
  }

  @Serves(dismissDeadLetter)
  dismiss(@Call() { params, caller }: CallOf<typeof dismissDeadLetter>) {
    return this.letters.dismiss(viewerOf(params, caller), params.letterId, caller.author);
  }
}

function viewerOf({ workspaceId }: { readonly workspaceId: string }, { administrator }: Caller): Viewer {
  return { workspaceId, seesUnowned: administrator };
}

const REFUSALS: Readonly<Partial<Record<ReplayOutcome['outcome'], () => ApiRefusal>>> = {
  gone: () => new ApiRefusal('not-found', 'There is no such dead letter. It may be older than they are kept.'),
  incomplete: () => new ApiRefusal('conflict', 'This record was too large to be kept whole, so it cannot be sent again.'),
  refused: () => new ApiRefusal('conflict', 'Kafka does not take this record: it is too large, or its topic is gone.'),
  unavailable: () => new ApiRefusal('service-away', 'Kafka does not answer. Nothing is lost; try again in a moment.', { retryAfter: 5 }),
};
