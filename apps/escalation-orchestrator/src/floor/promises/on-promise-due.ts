import type { Ruling } from '../ruling.js';
import { wakeForPromises } from './ledger.js';

/** A promise is nearly due, or due. */
export function onPromiseDue(ruling: Ruling): void {
  wakeForPromises(ruling);
}
