import { LIMITS, pastMoment } from '@baton/persistence/retention';
import { Jobs } from '@baton/telemetry';
import type { Logger } from '@baton/telemetry';
import type { DataSource } from 'typeorm';
import type { AlarmsStore } from '../alarms/alarms.store.js';
import { paceOf } from '../alarms/catalog.js';
import { step } from '../alarms/hysteresis.js';
import { findingsOf, isUnknown } from '../alarms/rules.js';
import type { Snapshot } from '../alarms/snapshot.js';
import type { LooksStore } from './looks.store.js';

const EVERY_MS = 15_000;
/** A look of another replica so short ago stands for ours (ms). */
const SPARED_MS = 12_000;
/** The lock of whoever looks: any number that nobody else uses. */
const LOCK = 1_790_000_500;

export interface LookOutParts {
  readonly dataSource: DataSource;
  readonly alarms: AlarmsStore;
  readonly looks: LooksStore;
  readonly collect: (now: Date) => Promise<Snapshot>;
  /** Told after each turn, of this replica or another one. */
  readonly onTurn: () => Promise<void>;
  readonly logger: Logger;
  readonly now?: () => Date;
}

/** Looks at everything every quarter of a minute and judges what is wrong: one replica at a time, whichever comes first. */
export class LookOut {
  private readonly jobs: Jobs;
  private started = false;

  constructor(private readonly parts: LookOutParts) {
    this.jobs = new Jobs(parts.logger);
  }

  /** The database must be there. */
  start(): void {
    if (this.started) return;
    this.started = true;
    const look = { what: 'look what is wrong', everyMs: EVERY_MS, run: () => this.turn() };
    this.jobs.start([look]);
    void this.turn().catch((err: unknown) => this.parts.logger.warn({ err }, 'the first look at what is wrong failed and is tried again'));
  }

  async stop(): Promise<void> {
    await this.jobs.stop();
  }

  /** Looks, unless somebody else does now or did a moment ago. */
  async turn(): Promise<void> {
    const runner = this.parts.dataSource.createQueryRunner();
    try {
      await runner.connect();
      const [row] = (await runner.query('SELECT pg_try_advisory_lock($1) AS mine', [LOCK])) as { mine: boolean }[];
      if (row?.mine) {
        try {
          await this.look();
        } finally {
          await runner.query('SELECT pg_advisory_unlock($1)', [LOCK]);
        }
      }
    } finally {
      await runner.release();
    }
    await this.parts.onTurn();
  }

  private async look(): Promise<void> {
    const { alarms, looks, collect, logger } = this.parts;
    const now = this.parts.now?.() ?? new Date();
    if (now.getTime() - (await looks.lastAt()) < SPARED_MS) return;
    const snapshot = await collect(now);
    const steps = step(await alarms.tracked(), {
      findings: findingsOf(snapshot),
      isUnknown: isUnknown(snapshot),
      now: now.getTime(),
      paceOf,
    });
    await alarms.write(steps, now.getTime());
    await looks.add(snapshot);
    await alarms.prune(pastMoment(LIMITS.control_plane.alarms, now));
    for (const { code, about, workspaceId } of steps.opened) logger.warn({ alarm: code, about, workspaceId }, 'an alarm opened');
    for (const { code, about, workspaceId } of steps.closed) logger.info({ alarm: code, about, workspaceId }, 'an alarm is over');
  }
}
