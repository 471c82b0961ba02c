import { ApiProblem } from '@baton/control-api';

export const isSignedOut = (error: unknown): boolean => error instanceof ApiProblem && error.problem.code === 'not-signed-in';
/** What somebody is told who is signed out, has another role, or is no member any more. */
export const mayHaveLostAccess = (error: unknown): boolean =>
  error instanceof ApiProblem && ['not-signed-in', 'not-allowed', 'not-found'].includes(error.problem.code);
export const isChangedMeanwhile = (error: unknown): boolean => error instanceof ApiProblem && error.problem.code === 'changed-meanwhile';

/** What went wrong, in words for a person. */
export function wordsOf(error: unknown): { readonly title: string; readonly detail: string } {
  if (error instanceof ApiProblem) return { title: error.problem.title, detail: error.problem.detail };
  return { title: 'That did not work', detail: error instanceof Error ? error.message : 'Try again in a moment.' };
}

/** The problem of one field of the request's body, by its JSON pointer. */
export function fieldProblem(error: unknown, pointer: string): string | undefined {
  return error instanceof ApiProblem ? error.problem.errors?.find((one) => one.pointer === pointer)?.message : undefined;
}
