import type { Logger } from '@baton/telemetry';
import { DueWork } from '../asking/due-work.js';
import type { AnswerTurn } from './answer-turn.js';
import type { FrontObservations } from './observations.js';
import type { Talk } from './talk.js';
import type { Taken, TalkStore } from './talk-store.js';
import type { TypingSigns } from './typing-signs.js';

export interface AnswerWorkerParts {
  readonly store: Pick<TalkStore, 'claim' | 'nextDue' | 'renew' | 'release'>;
  readonly answers: Pick<AnswerTurn, 'answer'>;
  readonly signs: Pick<TypingSigns, 'show'>;
  /** Another one for each process at a time. */
  readonly instanceId: string;
  /** Answers in the making at once. */
  readonly concurrency: number;
  readonly now: () => Date;
  readonly log: Pick<Logger, 'warn'>;
  readonly observations: Pick<FrontObservations, 'ended'>;
}

/** A sign that somebody writes is seen for twenty seconds in every channel. */
const SIGN_MS = 8_000;
/** What failed is tried again after so long, longer each time. */
const AGAIN_MS = 500;
const LATER_MS = 1_000;

/** Has talks answered whose answer is due, and shows meanwhile that it is being written. */
export class AnswerWorker {
  private readonly due: DueWork<Taken>;
  private signing: NodeJS.Timeout | undefined;

  constructor(private readonly parts: AnswerWorkerParts) {
    const { store, instanceId, concurrency, now, log } = parts;
    this.due = new DueWork({
      store: {
        claim: (at, until, room) => store.claim(instanceId, at, until, room),
        renew: (until, taken) =>
          store.renew(
            instanceId,
            until,
            taken.map(({ talk }) => talk.conversationId),
          ),
        nextDue: (at) => store.nextDue(at),
      },
      keyOf: ({ talk }) => talk.conversationId,
      work: (taken, overtaken) => this.answer(taken, overtaken),
      log,
      concurrency,
      now: () => now().getTime(),
    });
  }

  start(): void {
    this.signing = setInterval(() => {
      this.parts.signs.show(
        this.due.pieces.map(({ talk }) => talk),
        true,
      );
    }, SIGN_MS);
    this.due.start();
  }

  /** Leaves what is in the making to others, at once. */
  async stop(): Promise<void> {
    clearInterval(this.signing);
    await this.due.stop();
  }

  /** What this talk waits for, or whether it waits, has changed. */
  heard({ conversationId, generation, dueAt }: Talk): void {
    this.due.overtake(conversationId, ({ talk }) => talk.generation !== generation);
    if (dueAt !== null) this.due.wake(dueAt);
  }

  private async answer(taken: Taken, overtaken: AbortSignal): Promise<void> {
    const { answers, observations, log, now, signs } = this.parts;
    const { talk, attempts } = taken;
    try {
      const ended = await answers.answer(taken, overtaken);
      const isOvertaken = ended.as === 'dropped' && ended.why === 'overtaken';
      // A process that stops has not been overtaken: the next one answers.
      if (ended.as === 'later' || (isOvertaken && this.due.isStopped)) {
        await this.release(talk, new Date(now().getTime() + (ended.as === 'later' ? LATER_MS : 0)));
        return;
      }
      observations.ended(talk.channel, ended, now().getTime() - (talk.lines.findLast(({ turn }) => turn === talk.turn)?.at ?? 0));
      if (ended.as === 'dropped' && !isOvertaken) signs.show([talk], false);
    } catch (err) {
      log.warn({ err, conversationId: talk.conversationId }, 'a turn could not be answered and is tried again');
      await this.release(talk, new Date(now().getTime() + AGAIN_MS * 2 ** attempts));
    }
  }

  private release(talk: Talk, dueAt: Date): Promise<void> {
    return this.parts.store.release(this.parts.instanceId, talk.conversationId, dueAt);
  }
}
