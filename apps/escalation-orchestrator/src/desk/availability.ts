import { setTimeout as pause } from 'node:timers/promises';
import { CrispError } from '@baton/crisp';
import type { CrispClient } from '@baton/crisp';
import type { AvailabilityAnswer } from '../floor/facts.js';
import { SharedAnswers } from './shared-answers.js';

const PAUSE_BETWEEN_TRIES = 250;

export interface AvailabilityQuestion {
  readonly websiteId: string;
  /** Of these one must be online; undefined: anybody. */
  readonly operatorIds?: readonly string[] | undefined;
  /** ms */
  readonly deadline: number;
}

/**
 * Whether agents of a website are there. One call tells about anybody, another who it is: that one is made only where certain operators
 * answer. Answers to either are shared for a few seconds.
 */
export class Availability {
  private readonly anybody: SharedAnswers<boolean>;
  private readonly operators: SharedAnswers<readonly string[]>;

  /**
   * @param now ms
   * @param answerLives an answer this young is good for others who ask (ms)
   */
  constructor(
    private readonly now: () => number,
    answerLives = 5_000,
  ) {
    this.anybody = new SharedAnswers(now, answerLives);
    this.operators = new SharedAnswers(now, answerLives);
  }

  /** Asks until there is an answer or the deadline has come; a passing failure is tried again meanwhile. */
  async ask(
    question: AvailabilityQuestion,
    crisp: Pick<CrispClient, 'availability' | 'onlineOperators'>,
    signal: AbortSignal,
  ): Promise<AvailabilityAnswer> {
    const { deadline } = question;
    let failure: AvailabilityAnswer = 'crisp-unreachable';
    for (let left = deadline - this.now(); left > 0 && !signal.aborted; left = deadline - this.now()) {
      try {
        return await this.askOnce(question, crisp, { timeoutMs: left, signal });
      } catch (error) {
        failure = meaningOf(error);
        if (!(error instanceof CrispError) || !error.retriable) return failure;
        const wait = Math.max(PAUSE_BETWEEN_TRIES, error.retryAfterMs ?? 0);
        if (wait >= deadline - this.now()) return failure;
        await pause(wait, undefined, { signal }).catch(() => undefined);
      }
    }
    return failure;
  }

  private async askOnce(
    { websiteId, operatorIds }: AvailabilityQuestion,
    crisp: Pick<CrispClient, 'availability' | 'onlineOperators'>,
    o: { timeoutMs: number; signal: AbortSignal },
  ): Promise<AvailabilityAnswer> {
    if (operatorIds === undefined) {
      const online = await this.anybody.of(websiteId, async () => (await crisp.availability(websiteId, o)).online);
      return online ? 'yes' : 'nobody-online';
    }
    const online = await this.operators.of(websiteId, () => crisp.onlineOperators(websiteId, o));
    if (online.length === 0) return 'nobody-online';
    return operatorIds.some((id) => online.includes(id)) ? 'yes' : 'nobody-for-category';
  }
}

function meaningOf(error: unknown): AvailabilityAnswer {
  return error instanceof CrispError && error.code === 'crisp.rate-limited' ? 'quota' : 'crisp-unreachable';
}
