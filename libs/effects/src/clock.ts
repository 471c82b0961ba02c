import type { DataSource } from 'typeorm';
import { timeOfServer } from './store/claim.js';

const QUESTIONS = 4;

/**
 * Leases are compared between replicas, so all use the clock of Postgres: the time that passed on this machine since Postgres was asked last.
 * Somebody who sets this machine's clock changes nothing. A clock that was given is used as it is.
 */
export class SharedClock {
  private offsetMs = performance.timeOrigin;

  constructor(private readonly given: (() => Date) | undefined) {}

  readonly now = (): Date => this.given?.() ?? new Date(performance.now() + this.offsetMs);

  async adjust(dataSource: DataSource): Promise<void> {
    if (this.given !== undefined) return;
    // The first question may have to wait for a connection; of the others the quickest answer is the least wrong.
    await timeOfServer(dataSource);
    let quickest = Infinity;
    for (let question = 0; question < QUESTIONS; question++) {
      const asked = performance.now();
      const server = await timeOfServer(dataSource);
      const took = performance.now() - asked;
      if (took >= quickest) continue;
      quickest = took;
      this.offsetMs = server.getTime() - (performance.now() - took / 2);
    }
  }
}
