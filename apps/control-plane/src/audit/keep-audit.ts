import { Jobs } from '@baton/telemetry';
import type { Logger } from '@baton/telemetry';
import type { Audit } from './audit.js';

const EVERY_MS = 3_600_000;
const DAY_MS = 86_400_000;

/** Forgets what stood in the audit log for so many days. Any replica may; twice does no harm. */
export class KeepAudit {
  private readonly jobs: Jobs;

  constructor(
    private readonly audit: Audit,
    private readonly keptDays: number,
    logger: Logger,
  ) {
    this.jobs = new Jobs(logger);
  }

  start(): void {
    const run = async (): Promise<void> => void (await this.audit.forget(new Date(Date.now() - this.keptDays * DAY_MS)));
    this.jobs.start([{ what: 'forget what is old in the audit log', everyMs: EVERY_MS, run }]);
  }

  stop(): Promise<void> {
    return this.jobs.stop();
  }
}
