import type { AnyHookRecord, HookCounts } from '../../simulator-kit/hook-log.js';

/** One hook; its faults are dropped, repeated, reordered, forged, stale, its body the compact JSON of the envelope. */
export interface HookRecord extends AnyHookRecord {
  readonly kind: 'website' | 'plugin';
  readonly url: string;
  readonly event: string;
  readonly website_id: string;
  readonly session_id: string | undefined;
}

export interface CrispHookCounts extends HookCounts {
  stale: number;
}
