import type { EffectOutcome } from '@baton/effects';
import { CrispError } from '@baton/crisp';

/** A token that does not work works again only when somebody changes it; nobody waits for that at full speed (ms). */
const UNAUTHORIZED_RETRY = 30_000;

/** What a failed call to Crisp means for the effect; anything else that was thrown is a fault of ours and goes up. */
export function outcomeOf(error: unknown, isUrgent: boolean): EffectOutcome {
  if (!(error instanceof CrispError)) throw error;
  const { code, retriable, retryAfterMs, mayHaveHappened } = error;
  if (retriable)
    return { retry: { reason: code, didNotHappen: !mayHaveHappened, ...(retryAfterMs === undefined ? {} : { afterMs: retryAfterMs }) } };
  if (code === 'crisp.unauthorized' && !isUrgent) return { retry: { reason: code, didNotHappen: true, afterMs: UNAUTHORIZED_RETRY } };
  return { refused: code };
}
