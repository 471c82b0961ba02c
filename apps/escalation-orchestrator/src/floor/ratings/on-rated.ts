import type { FactOf } from '../facts.js';
import type { Ruling } from '../ruling.js';

/** The visitor answered Crisp's own question. */
export function onRatedAtDesk(ruling: Ruling, _fact: FactOf<'rated-at-desk'>): void {
  ruling.ignore('rating-of-an-unknown-session');
}

/** He said nothing to the bot for a while: its stretch is over. */
export function onBotSilence(_ruling: Ruling): void {}
