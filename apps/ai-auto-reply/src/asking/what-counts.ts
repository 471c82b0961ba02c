import type { Answered } from '@baton/answering';

/** Whether an answer costs one of the plan's: only what answers a question does; courtesies, "I do not know", a call for a human and trouble are free. */
export function countsAsAnswer(kind: Answered['kind']): boolean {
  return kind === 'answer';
}
