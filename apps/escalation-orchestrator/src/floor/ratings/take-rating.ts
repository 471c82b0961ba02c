import { ratedBy } from '@baton/contracts';
import type { RatedStretch } from '@baton/contracts';
import type { HeldWord } from '../conversation.js';
import { openTaps } from '../coming-back/open-taps.js';
import type { Ruling } from '../ruling.js';
import { rate } from './rated-stretches.js';
import { starsIn } from './rating-taps.js';

/** A tap counts for so long after the question (ms). */
export const TAP_COUNTS_FOR = 86_400_000;

/** A tap on the question how it was, or the same in writing; any other word skips it. Nobody else hears of the tap. */
export function takeRating(ruling: Ruling, word: HeldWord): boolean {
  const rated = ratedIn(ruling, word);
  if (!rated) {
    skip(ruling);
    return false;
  }
  const stretch = rated.handoverId === null ? ('bot' as const) : ('human' as const);
  const asked = ruling.state.ratings.findLast((one) => one.stretch === stretch && one.handoverId === rated.handoverId);
  if (!asked?.asked || ruling.now - asked.at > TAP_COUNTS_FOR) {
    ruling.ignore('rating-of-nothing-asked');
    return true;
  }
  const { rating } = ruling.state;
  if (rating?.stretch === stretch && rating.handoverId === rated.handoverId) ruling.change({ rating: null });
  if (rate(ruling, asked, { stars: rated.stars, comment: null, via: 'channel' })) {
    ruling.deliverSystemLine(ruling.wording.say('ratingThanks'), false, openTaps(ruling));
  } else ruling.ignore('rated-already');
  return true;
}

function ratedIn({ state }: Ruling, word: HeldWord): RatedStretch | undefined {
  if (word.payload !== undefined) return ratedBy(word.payload);
  if (state.rating === null || word.file) return undefined;
  const stars = starsIn(word.text);
  return stars === undefined ? undefined : { handoverId: state.rating.handoverId, stars };
}

/** He goes on with something else: what he could tap is of the past. */
function skip(ruling: Ruling): void {
  const { rating, lastHandover } = ruling.state;
  if (rating !== null) ruling.change({ rating: null });
  if (lastHandover?.asksOn) ruling.change({ lastHandover: { ...lastHandover, asksOn: undefined } });
}
