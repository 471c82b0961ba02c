import { ratingTap } from '@baton/contracts';
import type { QuickReply, RatedStretch } from '@baton/contracts';

const STARS = [5, 4, 3, 2, 1] as const;

/** One tap for each number of stars, the best first; a title is a number that can be read aloud. */
export function ratingTaps(handoverId: string | null): QuickReply[] {
  return STARS.map((stars) => ({ title: `${stars} ★`, payload: ratingTap({ handoverId, stars }) }));
}

/** The stars of a text that is nothing else: `4 ★`, `★★★★`. */
export function starsIn(text: string): RatedStretch['stars'] | undefined {
  const said = text.replace(/[\s\uFE0F]/g, '');
  const count = /^([1-5])[★⭐]$/u.exec(said)?.[1] ?? (/^[★⭐]{1,5}$/u.test(said) ? [...said].length : undefined);
  return count === undefined ? undefined : (Number(count) as RatedStretch['stars']);
}
