import type { AnyHookRecord } from '../../simulator-kit/hook-log.js';

/** One hook; its faults are dropped, repeated, reordered, forged, stale, its body the compact JSON of the envelope. */
export interface HookRecord extends AnyHookRecord {
  readonly kind: 'website' | 'plugin';
  readonly url: string;
  readonly event: string;
  readonly website_id: string;
  readonly session_id: string | undefined;
}

export interface HookCounts {
  made: number;
  delivered: number;
  failed: number;
  attempts: number;
  dropped: number;
  repeated: number;
  reordered: number;
  forged: number;
  stale: number;
  /** Not yet delivered, dropped or given up. */
  pending: number;
}

export const noCounts = (): HookCounts => ({
  made: 0,
  delivered: 0,
  failed: 0,
  attempts: 0,
  dropped: 0,
  repeated: 0,
  reordered: 0,
  forged: 0,
  stale: 0,
  pending: 0,
});
