import { ApiProblem } from '@baton/control-api';
import type { Problem } from '@baton/control-api';

/** The problem with which something is refused. @throws when it is not */
export async function refused(call: Promise<unknown>): Promise<Problem> {
  const outcome = await call.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (outcome instanceof ApiProblem) return outcome.problem;
  throw outcome instanceof Error ? outcome : new Error('it was not refused');
}
