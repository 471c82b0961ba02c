import { setTimeout as pause } from 'node:timers/promises';
import { CrispError } from '@baton/crisp';
import type { AvailabilityAnswer } from '../floor/facts.js';

const PAUSE_BETWEEN_TRIES = 250;

/**
 * Whether agents of a website are there. Answers are shared for a few seconds and so is a question under way: a rush of
 * escalations asks Crisp once.
 */
export class Availability {
  private readonly answers = new Map<string, { at: number; online: boolean }>();
  private readonly asking = new Map<string, Promise<boolean>>();

  /**
   * @param now ms
   * @param answerLives an answer this young is good for others who ask (ms)
   */
  constructor(
    private readonly now: () => number,
    private readonly answerLives = 5_000,
  ) {}

  /**
   * Asks until there is an answer or `deadline` (ms) has come; a passing failure is tried again meanwhile.
   * @param call asks Crisp once, for at most the given ms
   */
  async ask(
    websiteId: string,
    deadline: number,
    call: (timeoutMs: number) => Promise<boolean>,
    signal: AbortSignal,
  ): Promise<AvailabilityAnswer> {
    let failure: AvailabilityAnswer = 'crisp-unreachable';
    for (let left = deadline - this.now(); left > 0 && !signal.aborted; left = deadline - this.now()) {
      try {
        return (await this.answer(websiteId, () => call(left))) ? 'yes' : 'nobody-online';
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

  private async answer(websiteId: string, call: () => Promise<boolean>): Promise<boolean> {
    const known = this.answers.get(websiteId);
    if (known && this.now() - known.at < this.answerLives) return known.online;
    const underWay = this.asking.get(websiteId);
    if (underWay) return underWay;
    const question = call().finally(() => this.asking.delete(websiteId));
    this.asking.set(websiteId, question);
    const online = await question;
    this.answers.set(websiteId, { at: this.now(), online });
    return online;
  }
}

function meaningOf(error: unknown): AvailabilityAnswer {
  return error instanceof CrispError && error.code === 'crisp.rate-limited' ? 'quota' : 'crisp-unreachable';
}
