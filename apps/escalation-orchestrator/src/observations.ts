import { METRICS, counter } from '@baton/telemetry';
import type { JudgeObserver } from './judge/judge.js';

/** What the service counts. */
export class Observations implements JudgeObserver {
  private readonly facts = counter('baton_facts_judged_total', 'Facts that were judged', ['kind']);
  private readonly passedOver = counter('baton_facts_ignored_total', 'What came and moved nothing, by the reason', ['reason']);
  private readonly floors = counter(METRICS.floorChanges, 'Changes of the floor', ['from', 'to']);
  private readonly found = counter('baton_missed_webhooks_total', 'What a web hook should have told and a reading of Crisp found', ['kind']);

  decided(kind: string): void {
    this.facts.inc({ kind });
  }

  ignored(reason: string): void {
    this.passedOver.inc({ reason });
  }

  floorMoved(from: string, to: string): void {
    this.floors.inc({ from, to });
  }

  foundMissed(kind: string): void {
    this.found.inc({ kind });
  }
}
