import { LIMITS, pastMoment } from '@baton/persistence/retention';
import { Jobs } from '@baton/telemetry';
import type { Logger } from '@baton/telemetry';
import type { Audit } from './audit.js';

const LIMIT = LIMITS.control_plane.audit;

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
    const run = async (): Promise<void> => void (await this.audit.forget(pastMoment(LIMIT, new Date(), { AUDIT_DAYS: this.keptDays })));
    this.jobs.start([{ what: 'forget what is old in the audit log', everyMs: LIMIT.everyMs, run }]);
  }

  stop(): Promise<void> {
    return this.jobs.stop();
  }
}
