import type { OutgoingRecord } from '@baton/contracts';
import type { EntityManager } from 'typeorm';
import type { Arrival } from '../log/append-deliveries.js';
import type { Conversation, LogLine } from '../log/log-line.js';

/** What was just appended to one conversation's log. */
export interface OutwardPage {
  readonly conversation: Conversation;
  readonly lines: readonly LogLine[];
  /** The deliveries that the lines are made of, among others. */
  readonly arrivals: readonly Arrival[];
}

/** A channel whose visitor has no socket here: what is appended to his log is to be sent to him. */
export interface Outward {
  /**
   * Plans it in the transaction that appends the lines; the conversations' rows are locked.
   * @returns what there is to tell at once, and what is to be done after the commit
   */
  plan(
    manager: EntityManager,
    pages: readonly OutwardPage[],
    now: Date,
  ): Promise<{ readonly records: readonly OutgoingRecord[]; readonly committed: () => void }>;
}

/** By the name of the channel; a channel that is not here is served by sockets. */
export type OutwardChannels = ReadonlyMap<string, Outward>;
