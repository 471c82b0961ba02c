import type { FactOf } from '../facts.js';
import type { Ruling } from '../ruling.js';
import { findStretch, rate } from './rated-stretches.js';

/** The visitor answered Crisp's own question: it is about the last handover of that session. */
export function onRatedAtDesk(ruling: Ruling, fact: FactOf<'rated-at-desk'>): void {
  const { handover, lastHandover } = ruling.state;
  const of = [handover, lastHandover].find((one) => one?.sessionId === fact.sessionId);
  if (!of) return ruling.ignore('rating-of-an-unknown-session');
  const stretch = { stretch: 'human', handoverId: of.id } as const;
  const known = findStretch(ruling, stretch) ?? { ...stretch, number: of.number, at: ruling.now, asked: false, given: [] };
  if (!rate(ruling, known, { stars: fact.stars, comment: fact.comment, via: 'crisp' })) ruling.ignore('rated-already');
}
