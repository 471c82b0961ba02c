import type { Answered } from '@baton/answering';

/** Whether an answer costs one of the plan's. What failed of ours costs nobody one. */
export function countsAsAnswer(kind: Answered['kind']): boolean {
  return kind !== 'trouble';
}
