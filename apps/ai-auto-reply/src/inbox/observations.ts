import { counter, gauge, histogram, METRICS } from '@baton/telemetry';
import type { DataSource } from 'typeorm';
import type { InboxFact } from './session-rules.js';

/** How often Postgres is asked how many sessions are in which state, at most (ms). */
const LOOK_EVERY = 15_000;

/** What is counted of the inbox. */
export class Observations {
  private readonly facts = counter(METRICS.inboxFacts);
  private readonly passedOver = counter(METRICS.inboxIgnored);
  private readonly missed = counter(METRICS.inboxMissed);
  private readonly states = counter(METRICS.inboxStateChanges);
  private readonly answers = counter(METRICS.answers);
  private readonly drops = counter(METRICS.answersDropped);
  private readonly took = histogram(METRICS.answerSeconds);

  judged(kind: InboxFact['kind']): void {
    this.facts.inc({ kind });
  }

  ignored(reason: string): void {
    this.passedOver.inc({ reason });
  }

  foundMissed(kind: InboxFact['kind']): void {
    this.missed.inc({ kind });
  }

  stateMoved(from: string, to: string): void {
    this.states.inc({ from, to });
  }

  /** An answer of the inbox ended: `posted`, `shadow`, `suggested`, `dropped` or `failed`. */
  ended(kind: string, outcome: string): void {
    this.answers.inc({ place: 'inbox', kind, outcome });
  }

  dropped(reason: string): void {
    this.drops.inc({ reason });
  }

  posted(sinceLastMessageMs: number): void {
    this.took.observe({ place: 'inbox' }, Math.max(0, sinceLastMessageMs) / 1_000);
  }

  /** Shows how many answers are in the making, and how many sessions are in which state. */
  watch(inFlight: () => number, dataSource: DataSource): void {
    gauge(METRICS.answersInFlight, (of) => of.set(inFlight()));
    let askedAt = -Infinity;
    let counts: { state: string; n: string }[] = [];
    gauge(METRICS.inboxSessions, (of) => {
      of.reset();
      for (const { state, n } of counts) of.set({ state }, Number(n));
      if (performance.now() - askedAt < LOOK_EVERY) return;
      askedAt = performance.now();
      dataSource
        .query<typeof counts>('SELECT state, count(*) AS n FROM inbox_sessions GROUP BY state')
        .then((rows) => (counts = rows))
        .catch(() => undefined);
    });
  }
}
