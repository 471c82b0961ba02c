import type { Logger } from '../logger.js';

export interface Job {
  /** What it does, for the log: "renew the lease". */
  readonly what: string;
  readonly everyMs: number;
  readonly run: () => Promise<void>;
}

/** Does things again and again; one job never overlaps itself, and its failure is tried again at its next turn. */
export class Jobs {
  private readonly timers: NodeJS.Timeout[] = [];
  private readonly running = new Set<Promise<void>>();

  constructor(private readonly logger: Logger) {}

  start(jobs: readonly Job[]): void {
    for (const job of jobs) {
      let isRunning = false;
      const turn = async (): Promise<void> => {
        if (isRunning) return;
        isRunning = true;
        try {
          await job.run();
        } catch (error) {
          this.logger.warn({ err: error, job: job.what }, 'a job failed and is tried again');
        } finally {
          isRunning = false;
        }
      };
      const timer = setInterval(() => {
        const done: Promise<void> = turn().finally(() => this.running.delete(done));
        this.running.add(done);
      }, job.everyMs);
      this.timers.push(timer);
    }
  }

  /** Resolves when none is running any more. */
  async stop(): Promise<void> {
    for (const timer of this.timers) clearInterval(timer);
    await Promise.all(this.running);
  }
}
