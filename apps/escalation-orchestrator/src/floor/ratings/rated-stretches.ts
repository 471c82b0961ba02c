import { MAX_RATED } from '../conversation.js';
import type { AskedRating, RatedOnce } from '../conversation.js';
import { postNote } from '../desk-work.js';
import type { Ruling } from '../ruling.js';

interface Given {
  readonly stars: number;
  readonly comment: string | null;
  readonly via: 'channel' | 'crisp';
}

/** A stretch that is remembered for its rating. */
export function findStretch(ruling: Ruling, of: Pick<RatedOnce, 'stretch' | 'handoverId'>): RatedOnce | undefined {
  return ruling.state.ratings.findLast(({ stretch, handoverId }) => stretch === of.stretch && handoverId === of.handoverId);
}

/** From now on the visitor's tap rates this stretch. */
export function beginQuestion(ruling: Ruling, of: Omit<AskedRating, 'askedAt'>, number: number): void {
  remember(ruling, { ...of, number, at: ruling.now, asked: true, given: findStretch(ruling, of)?.given ?? [] });
  ruling.change({ rating: { ...of, askedAt: ruling.now } });
}

/** Counts once by each way, the first time; whether it did. */
export function rate(ruling: Ruling, of: RatedOnce, { stars, comment, via }: Given): boolean {
  if (of.given.includes(via)) return false;
  remember(ruling, { ...of, given: [...of.given, via] });
  const { stretch, handoverId, number } = of;
  ruling.push({ do: 'rate', rating: { stretch, handoverId, number, stars, comment, via } });
  if (via === 'channel') tellAgents(ruling, handoverId, stars);
  return true;
}

function remember(ruling: Ruling, one: RatedOnce): void {
  const others = ruling.state.ratings.filter(
    ({ stretch, handoverId, number }) => stretch !== one.stretch || handoverId !== one.handoverId || number !== one.number,
  );
  ruling.change({ ratings: [...others, one].slice(-MAX_RATED) });
}

/** What he thinks of an agent stands where the agent reads it, as long as that conversation is the last one. */
function tellAgents(ruling: Ruling, handoverId: string | null, stars: number): void {
  const { handover, lastHandover } = ruling.state;
  const of = [handover, lastHandover].find((one) => one !== null && one.id === handoverId);
  if (of) postNote(ruling, of, `The visitor rated this ${stars} of 5.`);
}
