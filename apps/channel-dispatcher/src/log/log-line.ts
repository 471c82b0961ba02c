import type { Author, Floor, LogFrame } from '@baton/contracts';
import type { Range } from './ranges.js';

export interface AgentOnScreen {
  readonly name: string;
  readonly avatar?: string | undefined;
}

/** Who the visitor is: these four are the same for the conversation's whole life. */
export interface Address {
  readonly id: string;
  readonly botId: string;
  readonly channel: string;
  /** Who it is in that channel. */
  readonly address: string;
}

/** What the log needs to know of a conversation before a line can be appended; read under the row's lock. */
export interface Conversation extends Address {
  /** The `seq` of the next line, from 1. */
  readonly nextSeq: number;
  /** The first `deliverySequence` that has not had its turn, from 1. */
  readonly nextDeliverySequence: number;
  /** The highest epoch that ever arrived, also with a delivery that is still held back. */
  readonly epoch: number;
  readonly floor: Floor;
  readonly agent: AgentOnScreen | null;
  /** Deliveries that were waited for in vain; should one come after all, it is still shown. */
  readonly missing: readonly Range[];
}

/** A conversation of which nothing was ever written. */
export function unwritten(address: Address): Conversation {
  return { ...address, nextSeq: 1, nextDeliverySequence: 1, epoch: 0, floor: 'bot', agent: null, missing: [] };
}

/** One line of the visitor's log. */
export interface LogLine {
  readonly seq: number;
  readonly kind: LogFrame['t'];
  /** The message it shows, replaces or takes back. */
  readonly messageId: string | null;
  readonly author: Author['kind'] | null;
  /** Chosen by the visitor's browser; only on his own messages. */
  readonly clientId: string | null;
  readonly at: string;
  /** What the browser gets, word for word. */
  readonly frame: LogFrame;
}
