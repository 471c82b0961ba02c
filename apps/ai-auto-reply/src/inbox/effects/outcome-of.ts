import { CrispError } from '@baton/crisp';
import type { EffectOutcome } from '@baton/effects';

/** What a failed call to Crisp means; anything else that was thrown is a fault of ours and goes up. */
export function outcomeOf(error: unknown): EffectOutcome {
  if (!(error instanceof CrispError)) throw error;
  const { code, retriable, retryAfterMs, mayHaveHappened } = error;
  if (!retriable) return { refused: code };
  return { retry: { reason: code, didNotHappen: !mayHaveHappened, ...(retryAfterMs === undefined ? {} : { afterMs: retryAfterMs }) } };
}
