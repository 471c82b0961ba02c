import type { DecidedOutline } from '@baton/contracts';
import type { Case, Matter } from '../case.js';
import type { KnownMessage, StateSetByUs } from '../desk-events.js';

/** What was known of a message or session in Crisp when something of it was judged. */
export interface Knew {
  readonly known?: KnownMessage | undefined;
  readonly setByUs?: StateSetByUs | undefined;
}

/**
 * Something that was judged: enough to judge it again. What a record of a topic brought is not repeated here, only where the record lies;
 * what people wrote stands there, and here only where no record has it.
 */
export interface Judged {
  readonly conversationId: string;
  /** The time that the rule was given (ms). */
  readonly at: number;
  readonly from: Case['from'];
  /** Null where a record has it. */
  readonly matter: Matter | null;
  readonly knew: Knew | null;
  /** Null where no fact came of it. */
  readonly policyId: string | null;
  readonly decided: readonly DecidedOutline[];
}
