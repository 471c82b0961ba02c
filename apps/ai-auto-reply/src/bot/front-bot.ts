import type { Inbox } from '@baton/messaging';
import { LIMITS, pastMoment } from '@baton/persistence/retention';
import type { Job } from '@baton/telemetry';
import type { DataSource } from 'typeorm';
import type { AnswerWorker } from './answer-worker.js';
import type { HearTurns } from './hear-turns.js';
import type { SettleAnswers } from './settle-answers.js';
import type { TalkStore } from './talk-store.js';

const PRUNED_AT_ONCE = 1_000;

/** The assistant as the bot in front: its ear, its worker and its clocks. */
export class FrontBot {
  readonly turns: HearTurns;

  constructor(
    private readonly parts: {
      readonly turns: HearTurns;
      readonly worker: AnswerWorker;
      readonly settling: SettleAnswers;
      readonly inbox: Inbox;
      readonly store: TalkStore;
      readonly dataSource: DataSource;
      readonly talkDays: number;
      readonly now: () => Date;
    },
  ) {
    this.turns = parts.turns;
  }

  /** Begins to answer; settings must have been read. */
  start(): void {
    this.parts.worker.start();
  }

  /** Leaves what is in the making to others, at once. */
  stop(): Promise<void> {
    return this.parts.worker.stop();
  }

  get jobs(): Job[] {
    const { settling, inbox, store, dataSource, talkDays, now } = this.parts;
    return [
      { what: "settle the bots' answers", everyMs: 1_000, run: async () => void (await settling.settle()) },
      {
        what: 'forget old talks',
        everyMs: 60_000,
        run: async () => {
          await inbox.prune(dataSource.manager, pastMoment(LIMITS.ai_auto_reply.inbox, now()), PRUNED_AT_ONCE);
          await store.prune(pastMoment(LIMITS.ai_auto_reply.talks, now(), { SESSION_DAYS: talkDays }), PRUNED_AT_ONCE);
        },
      },
    ];
  }
}
