import type { DataSource } from 'typeorm';
import type { Effects } from '@baton/effects';
import { counter, gauge, METRICS } from '@baton/telemetry';
import type { Alarms } from './alarms.js';
import type { PromiseChange } from './floor/actions.js';
import type { JudgeObserver } from './judge/judge.js';
import { CountPromises } from './promises/count-promises.js';

/** How often Postgres is asked how old the oldest waiting effect is, at most (ms). */
const AGE_EVERY = 10_000;

/** What the service counts. */
export class Observations implements JudgeObserver {
  private readonly facts = counter(METRICS.factsJudged);
  private readonly passedOver = counter(METRICS.factsIgnored);
  private readonly floors = counter(METRICS.floorChanges);
  private readonly found = counter(METRICS.missedWebhooks);

  private readonly promises = new CountPromises();

  constructor(private readonly alarms: Alarms) {}

  decided(kind: string): void {
    this.facts.inc({ kind });
  }

  ignored(reason: string): void {
    this.passedOver.inc({ reason });
  }

  floorMoved(from: string, to: string): void {
    this.floors.inc({ from, to });
  }

  promised(change: PromiseChange, at: number): void {
    this.promises.changed(change, at);
  }

  alarmed(alarm: Parameters<Alarms['ring']>[0]): void {
    this.alarms.ring(alarm);
  }

  foundMissed(kind: string): void {
    this.found.inc({ kind });
  }

  /** Shows whose Crisp is sick, and how long the oldest effect of all has been waiting. */
  watch(effects: Effects, dataSource: DataSource): void {
    gauge(METRICS.breakersOpen, (of) => of.set(effects.sickTargets.length));
    let age = 0;
    let askedAt = -Infinity;
    gauge(METRICS.effectAge, (of) => {
      of.set(age);
      if (performance.now() - askedAt < AGE_EVERY) return;
      askedAt = performance.now();
      dataSource
        .query('SELECT coalesce(extract(epoch FROM now() - min(planned_at)), 0) AS age FROM effects WHERE ended_at IS NULL')
        .then((rows: { age: string }[]) => (age = Number(rows[0]?.age ?? 0)))
        .catch(() => undefined);
    });
  }
}
