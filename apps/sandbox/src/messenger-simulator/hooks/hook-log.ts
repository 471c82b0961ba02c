import type { AnyHookRecord } from '../../simulator-kit/hook-log.js';
import type { HookElement } from '../model.js';

/** One request; its faults are dropped, repeated, reordered, forged. */
export interface HookRecord extends AnyHookRecord {
  readonly app_id: string;
  readonly elements: readonly Omit<HookElement, 'body'>[];
}
