import type { FloorPolicy } from '../../floor/policy.js';
import { digestOf } from './canonical.js';

/** A policy as it was when something was judged by it; noted once a day, so that it is kept as long as what was judged by it. */
export interface PolicyNote {
  readonly id: string;
  /** UTC, `2026-01-05`. */
  readonly day: string;
  readonly policy: FloorPolicy;
}

/** Which policies this replica has noted already. */
export class KnownPolicies {
  private readonly ids = new WeakMap<FloorPolicy, string>();
  private noted = new Set<string>();
  private day = '';

  idOf(policy: FloorPolicy): string {
    let id = this.ids.get(policy);
    if (id === undefined) this.ids.set(policy, (id = digestOf(policy)));
    return id;
  }

  /** Those of a batch that nobody here noted on that day. @param now ms */
  newOf(policies: ReadonlyMap<string, FloorPolicy>, now: number): PolicyNote[] {
    const day = new Date(now).toISOString().slice(0, 10);
    if (day !== this.day) [this.day, this.noted] = [day, new Set()];
    const unknown = [...policies].filter(([id]) => !this.noted.has(id)).sort(([a], [b]) => (a < b ? -1 : 1));
    return unknown.map(([id, policy]) => ({ id, day, policy }));
  }

  /** To be called when the notes are committed. */
  remember(notes: readonly PolicyNote[]): void {
    for (const { id, day } of notes) if (day === this.day) this.noted.add(id);
  }
}
