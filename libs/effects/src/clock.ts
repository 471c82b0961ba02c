import type { DataSource } from 'typeorm';
import { timeOfServer } from './store/claim.js';

/**
 * Leases are compared between replicas, so all use the clock of Postgres: this machine's, corrected by the difference last
 * measured. A clock that was given is used as it is.
 */
export class SharedClock {
  private offsetMs = 0;

  constructor(private readonly given: (() => Date) | undefined) {}

  readonly now = (): Date => this.given?.() ?? new Date(Date.now() + this.offsetMs);

  async adjust(dataSource: DataSource): Promise<void> {
    if (this.given !== undefined) return;
    // The first question may have to wait for a connection.
    await timeOfServer(dataSource);
    const asked = Date.now();
    const server = await timeOfServer(dataSource);
    const answered = Date.now();
    this.offsetMs = server.getTime() - (asked + answered) / 2;
  }
}
