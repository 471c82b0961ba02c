import type { DataSource } from 'typeorm';
import type { Effects } from '@baton/effects';
import type { Inbox } from '@baton/messaging';
import { FORGET_EVERY_MS, forgetPortion, LIMITS, pastMoment } from '@baton/persistence/retention';
import type { Logger } from '@baton/telemetry';

const AT_ONCE = 5_000;
const MAX_ROUNDS = 200;

/** What is forgotten beside inbox and effects. Conversations and their lines are kept until they are erased. */
const { inbox: INBOX, effects: EFFECTS, ...REST } = LIMITS.orchestrator;

/** Forgets, in small portions, what can not be asked for any more. */
export class Prune {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private stopped = false;

  constructor(
    private readonly parts: {
      readonly dataSource: DataSource;
      readonly inbox: Inbox;
      readonly effects: Pick<Effects, 'prune'>;
      /** Erases conversations that are older than their workspace keeps them; returns how many, fewer than it could at once when none is left. */
      readonly eraseOld: () => Promise<number>;
      /** Whole days for which notes of what was judged are kept, today aside. */
      readonly judgedDays: number;
      readonly log: Logger;
      /** ms */
      readonly now: () => number;
    },
  ) {}

  start(): void {
    this.timer = setInterval(() => {
      // A run that takes longer than the time between two is not joined by another.
      this.running ??= this.run()
        .catch((error: unknown) =>
          this.parts.log.warn({ reason: error instanceof Error ? error.name : 'unknown' }, 'pruning failed and is tried again'),
        )
        .finally(() => (this.running = undefined));
    }, FORGET_EVERY_MS);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearInterval(this.timer);
    await this.running;
  }

  async run(): Promise<void> {
    const { dataSource, inbox, effects, eraseOld, judgedDays, now } = this.parts;
    for (let round = 0; round < MAX_ROUNDS && !this.stopped && (await eraseOld()) > 0; round++);
    const at = new Date(now());
    const inboxBefore = pastMoment(INBOX, at);
    const effectsBefore = pastMoment(EFFECTS, at);
    await this.repeat(() => inbox.prune(dataSource.manager, inboxBefore, AT_ONCE));
    await this.repeat(() => effects.prune(dataSource.manager, effectsBefore, AT_ONCE));
    for (const limit of Object.values(REST)) {
      const before = pastMoment(limit, at, { JUDGED_DAYS: judgedDays });
      await this.repeat(() => forgetPortion(dataSource, limit, before, AT_ONCE));
    }
  }

  private async repeat(portion: () => Promise<number>): Promise<void> {
    for (let round = 0; round < MAX_ROUNDS && !this.stopped; round++) {
      if ((await portion()) < AT_ONCE) return;
    }
  }
}
