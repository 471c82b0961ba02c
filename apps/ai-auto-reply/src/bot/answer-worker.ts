import type { Logger } from '@baton/telemetry';
import type { AnswerTurn, Outcome } from './answer-turn.js';
import type { Talk } from './talk.js';
import type { Taken, TalkStore } from './talk-store.js';
import type { TypingSigns } from './typing-signs.js';

export interface AnswerWorkerParts {
  readonly store: Pick<TalkStore, 'claim' | 'renew' | 'release'>;
  readonly answers: Pick<AnswerTurn, 'answer'>;
  readonly signs: Pick<TypingSigns, 'show'>;
  /** Another one for each process at a time. */
  readonly instanceId: string;
  readonly now: () => Date;
  readonly log: Pick<Logger, 'warn'>;
  readonly ended: (outcome: Outcome) => void;
}

/** Answers in the making at once. */
const AT_ONCE = 20;
/** What a process that died had in hand is taken up by another after so long. */
const LEASE_SECONDS = 8;
const RENEW_MS = 2_500;
const LOOK_MS = 250;
/** A sign that somebody writes is seen for twenty seconds in every channel. */
const SIGN_MS = 8_000;
/** What failed is tried again after so long, longer each time. */
const AGAIN_MS = 500;
const LATER_MS = 1_000;

interface Work {
  readonly talk: Talk;
  readonly overtaken: AbortController;
  readonly done: Promise<void>;
}

/** Takes talks whose answer is due, many at once, each by one process at a time, and has them answered. */
export class AnswerWorker {
  private readonly works = new Set<Work>();
  private readonly timers: NodeJS.Timeout[] = [];
  private readonly wakes = new Set<NodeJS.Timeout>();
  private looking: Promise<void> | undefined;
  private lookAgain = false;
  private stopping = false;

  constructor(private readonly parts: AnswerWorkerParts) {}

  start(): void {
    if (this.timers.length > 0) return;
    this.timers.push(
      setInterval(() => this.look(), LOOK_MS),
      setInterval(() => void this.renew(), RENEW_MS),
      setInterval(() => this.parts.signs.show(this.talks(), true), SIGN_MS),
    );
    this.look();
  }

  /** Leaves what is in the making to others, at once. */
  async stop(): Promise<void> {
    this.stopping = true;
    for (const timer of [...this.timers, ...this.wakes]) clearTimeout(timer);
    await this.looking;
    for (const { overtaken } of this.works) overtaken.abort();
    await Promise.all([...this.works].map(({ done }) => done));
  }

  /** What this talk waits for, or whether it waits, has changed. */
  heard(after: Talk): void {
    for (const { talk, overtaken } of this.works) {
      if (talk.conversationId === after.conversationId && talk.generation !== after.generation) overtaken.abort();
    }
    if (after.dueAt === null || this.stopping) return;
    const timer = setTimeout(
      () => {
        this.wakes.delete(timer);
        this.look();
      },
      Math.max(0, after.dueAt - this.parts.now().getTime()),
    );
    this.wakes.add(timer);
  }

  private look(): void {
    this.lookAgain = true;
    if (this.stopping) return;
    this.looking ??= this.takeDue().finally(() => (this.looking = undefined));
  }

  private async takeDue(): Promise<void> {
    const { store, instanceId, now, log } = this.parts;
    while (this.lookAgain && !this.stopping && this.works.size < AT_ONCE) {
      this.lookAgain = false;
      try {
        const taken = await store.claim(instanceId, now(), LEASE_SECONDS, AT_ONCE - this.works.size);
        for (const one of taken) this.begin(one);
      } catch (err) {
        log.warn({ err }, 'due answers could not be looked for');
      }
    }
  }

  private begin(taken: Taken): void {
    const overtaken = new AbortController();
    const work: Work = {
      talk: taken.talk,
      overtaken,
      done: this.answer(taken, overtaken.signal).finally(() => {
        this.works.delete(work);
        this.look();
      }),
    };
    this.works.add(work);
  }

  private async answer(taken: Taken, overtaken: AbortSignal): Promise<void> {
    const { answers, ended, log, now, signs } = this.parts;
    const { talk, attempts } = taken;
    try {
      const outcome = await answers.answer(taken, overtaken);
      // A process that stops has not been overtaken: the next one answers.
      if (outcome === 'later' || (outcome === 'overtaken' && this.stopping)) {
        await this.release(talk, new Date(now().getTime() + (outcome === 'later' ? LATER_MS : 0)));
      } else {
        ended(outcome);
        if (outcome === 'silent' || outcome === 'forbidden') signs.show([talk], false);
      }
    } catch (err) {
      log.warn({ err, conversationId: talk.conversationId }, 'a turn could not be answered and is tried again');
      await this.release(talk, new Date(now().getTime() + AGAIN_MS * 2 ** attempts)).catch(() => undefined);
    }
  }

  private release(talk: Talk, dueAt: Date): Promise<void> {
    return this.parts.store.release(this.parts.instanceId, talk.conversationId, dueAt);
  }

  private async renew(): Promise<void> {
    const { store, instanceId, log } = this.parts;
    const ids = this.talks().map(({ conversationId }) => conversationId);
    if (ids.length === 0) return;
    await store.renew(instanceId, ids, LEASE_SECONDS).catch((err: unknown) => log.warn({ err }, 'a lease could not be renewed'));
  }

  private talks(): Talk[] {
    return [...this.works].filter(({ overtaken }) => !overtaken.signal.aborted).map(({ talk }) => talk);
  }
}
