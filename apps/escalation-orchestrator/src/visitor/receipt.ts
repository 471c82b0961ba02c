import type { DeliveryFailure, DeliveryStatus } from '@baton/contracts';

/** What a channel says of one message of ours. */
export interface Receipt {
  readonly conversationId: string;
  readonly messageId: string;
  readonly status: DeliveryStatus;
  readonly failure?: DeliveryFailure | undefined;
  readonly reason?: string | undefined;
}

/** What is known of a line: what its channel said of it, or that the channel cannot take it until somebody connects it again. */
export type LineStatus = DeliveryStatus | 'waiting';

/** A failure of a channel that only says `failed`. */
const UNNAMED: DeliveryFailure = 'permanent';

export function failureOf({ failure }: Receipt): DeliveryFailure {
  return failure ?? UNNAMED;
}

/** It is the taking back that failed: the line itself is where it was. */
export function isAboutRemoval({ status, reason }: Receipt): boolean {
  return status === 'failed' && reason !== undefined && reason.endsWith('.cannot-remove');
}

/** It was tried until nobody could wait any longer. */
function isTooLate({ reason }: Receipt): boolean {
  return reason !== undefined && reason.endsWith('.too-late');
}

/** What the line is after this receipt, if nothing better is known of it. With a dead token nothing is lost until the time to send it is over. */
export function lineStatusOf(receipt: Receipt): LineStatus {
  const isWaiting = receipt.status === 'failed' && receipt.failure === 'token-dead' && !isTooLate(receipt);
  return isWaiting ? 'waiting' : receipt.status;
}
