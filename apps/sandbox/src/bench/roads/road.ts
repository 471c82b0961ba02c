import type { Mark } from './mark.js';

/** Where messages of the load go in, and where what is said back comes out. */
export interface Outside {
  /** Resolves when every conversation can be spoken in. */
  open(): Promise<void>;
  /** Hands a message over without waiting for anything. */
  say(mark: Mark): void;
  close(): Promise<void>;
}

/** Whoever stands at the other end and answers each message with one of its own. */
export interface Answerer {
  /** Resolves when it listens. */
  start(): Promise<void>;
  stop(): Promise<void>;
}
