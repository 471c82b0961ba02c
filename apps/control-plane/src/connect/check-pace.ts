import { ApiRefusal } from '../api/problem.js';

/** A check makes about a dozen calls of a token's daily ones, and could be used to guess tokens: so many in a minute for a workspace. */
const MOST_A_MINUTE = 20;
const MINUTE_MS = 60_000;

/** Holds checks of connections to a pace, on each replica. */
export class CheckPace {
  private readonly lately = new Map<string, number[]>();

  constructor(private readonly now: () => number = Date.now) {}

  /** @throws ApiRefusal when this workspace checked too often */
  take(workspaceId: string): void {
    const now = this.now();
    for (const [name, times] of this.lately) if (times.at(-1)! <= now - MINUTE_MS) this.lately.delete(name);
    const times = (this.lately.get(workspaceId) ?? []).filter((at) => at > now - MINUTE_MS);
    if (times.length >= MOST_A_MINUTE)
      throw new ApiRefusal('too-many-requests', 'Connections were checked very often just now. Try again in a minute.', {
        retryAfter: Math.ceil((times[0]! + MINUTE_MS - now) / 1_000),
      });
    this.lately.set(workspaceId, [...times, now]);
  }
}
