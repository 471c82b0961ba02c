import { FORGET_EVERY_MS } from '@baton/persistence/retention';
import { Jobs } from '@baton/telemetry';
import type { Logger } from '@baton/telemetry';

/** What has ended and may be forgotten: sessions, links, invitations. */
export interface Ending {
  prune(now: Date): Promise<void>;
}

/** Forgets what has ended, again and again. Nothing depends on it: what has ended opens nothing, forgotten or not. */
export class ForgetEnded {
  private readonly jobs: Jobs;

  constructor(
    private readonly endings: readonly Ending[],
    logger: Logger,
  ) {
    this.jobs = new Jobs(logger);
  }

  start(): void {
    this.jobs.start([{ what: 'forget ended sessions, links and invitations', everyMs: FORGET_EVERY_MS, run: () => this.run(new Date()) }]);
  }

  async run(now: Date): Promise<void> {
    for (const ending of this.endings) await ending.prune(now);
  }

  stop(): Promise<void> {
    return this.jobs.stop();
  }
}
