import type { DeliveryFailure } from '@baton/contracts';

/**
 * What is to be done about a failed call. `retry`: the same again later, a few times. `slow-down`: nothing more for this page until
 * `retryAfterMs`, then the same. `send-as-text`: the part's `fallbackText` instead. `stop-page`: keep everything, call no more until somebody
 * acts. `refuse`: it will never be taken.
 */
export type MessengerAct = 'retry' | 'slow-down' | 'send-as-text' | 'stop-page' | 'refuse';

export interface MessengerErrorClass {
  /** A code such as `messenger.window-closed`. */
  readonly reason: `messenger.${string}`;
  readonly failure: DeliveryFailure;
  readonly act: MessengerAct;
  /** Somebody who runs Baton or the Meta app has to look at it. */
  readonly alert: boolean;
  /** The least wait, where the kind of failure implies one. */
  readonly waitMs?: number;
}
