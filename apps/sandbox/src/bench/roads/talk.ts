import { nowUs } from '../hook.js';
import { Quantiles } from '../steady/quantiles.js';
import { Sequences } from '../steady/sequences.js';
import type { Mark } from './mark.js';

/** `in`: from outside to whoever answers. `back`: from there to outside. */
export type Direction = 'in' | 'back';

export const DIRECTIONS: readonly Direction[] = ['in', 'back'];

/** The books of everything that is said in all conversations, both ways. */
export class Talk {
  readonly in: Sequences;
  readonly back: Sequences;
  /** Since the last look. */
  private window = { in: new Quantiles(), back: new Quantiles() };
  readonly latency = { in: new Quantiles(), back: new Quantiles() };
  /** Messages that a door or a full queue did not take, aloud. */
  refused = 0;

  constructor(readonly conversations: number) {
    this.in = new Sequences(conversations);
    this.back = new Sequences(conversations);
  }

  /** Gives the next message of a conversation its number. */
  mark(direction: Direction, conversation: number, dueUs: number): Mark {
    return { conversation, number: this[direction].next(conversation), dueUs };
  }

  refuse(direction: Direction, { conversation, number }: Mark): void {
    this[direction].unsaid(conversation, number);
    this.refused += 1;
  }

  /** Whether it came for the first time: then it may be answered. */
  hear(direction: Direction, { conversation, number, dueUs }: Mark): boolean {
    if (!this[direction].heard(conversation, number)) return false;
    const us = nowUs() - dueUs;
    this.window[direction].add(us);
    this.latency[direction].add(us);
    return true;
  }

  get sent(): number {
    return this.in.sent + this.back.sent;
  }

  get arrived(): number {
    return this.in.arrived + this.back.arrived;
  }

  get open(): number {
    return this.in.open + this.back.open;
  }

  /** The times since the last call. */
  look(): Record<Direction, Quantiles> {
    const { window } = this;
    this.window = { in: new Quantiles(), back: new Quantiles() };
    return window;
  }
}
