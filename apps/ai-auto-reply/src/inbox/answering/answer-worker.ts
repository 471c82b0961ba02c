import type { Logger } from '@baton/telemetry';
import type { DataSource } from 'typeorm';
import { DueWork } from '../../asking/due-work.js';
import { claimDue, nextDue, renewClaims } from '../session-store.js';
import type { Claimed } from '../session-store.js';
import type { AnswerSession } from './answer-session.js';

export interface AnswerWorkerOptions {
  readonly dataSource: DataSource;
  readonly answers: Pick<AnswerSession, 'answer'>;
  readonly log: Logger;
  /** The name under which sessions are claimed. */
  readonly owner: string;
  /** Answers in the making at once in this process. */
  readonly concurrency: number;
  /** ms */
  readonly now: () => number;
}

/** Takes up sessions whose visitor is to be answered. */
export function answerWorker({ dataSource, answers, log, owner, concurrency, now }: AnswerWorkerOptions): DueWork<Claimed> {
  return new DueWork({
    store: {
      claim: (at, until, room) => claimDue(dataSource, owner, at, until, room),
      renew: (until, claimed) => {
        const claims = claimed.map(({ session: { sessionId, epoch } }) => ({ sessionId, epoch }));
        return renewClaims(dataSource, owner, until, claims);
      },
      nextDue: (at) => nextDue(dataSource, at),
    },
    keyOf: ({ session }) => session.sessionId,
    work: (claimed, stopped) => answers.answer(claimed, stopped),
    log,
    concurrency,
    now,
  });
}
