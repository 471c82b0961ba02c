import type { AnyHookRecord } from '../../simulator-kit/hook-log.js';
import type { HookElement } from '../model.js';

/** One request; its faults are dropped, repeated, reordered, forged. */
export interface HookRecord extends AnyHookRecord {
  readonly app_id: string;
  readonly elements: readonly Omit<HookElement, 'body'>[];
}

export interface HookCounts {
  /** Requests. */
  made: number;
  delivered: number;
  failed: number;
  attempts: number;
  dropped: number;
  repeated: number;
  reordered: number;
  forged: number;
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
  pending: 0,
});
