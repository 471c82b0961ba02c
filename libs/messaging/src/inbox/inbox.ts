import type { EntityManager } from 'typeorm';

export class Inbox {
  constructor(private readonly consumer: string) {}
  async admit(manager: EntityManager, ids: readonly string[]): Promise<Set<string>> {
    throw new Error(`not built yet ${this.consumer} ${manager} ${ids.length}`);
  }
  async prune(manager: EntityManager, olderThan: Date, limit: number): Promise<number> {
    throw new Error(`not built yet ${manager} ${olderThan.getTime()} ${limit}`);
  }
}
