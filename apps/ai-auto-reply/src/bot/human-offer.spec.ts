import { describe, expect, it } from '@jest/globals';
import { humanWanted } from '@baton/language';
import { humanOffer, offeredIn, WANTS_HUMAN } from './human-offer.js';

describe('the offer of a human', () => {
  it.each(offeredIn)('fits into a quick reply of Messenger and is a wish for a human when it is said, in "%s"', (language) => {
    const { title } = humanOffer(language);
    expect(title.length).toBeLessThanOrEqual(20);
    expect(humanWanted(title)).toBe(true);
  });

  it('is in English for those whose language we do not have', () => {
    for (const language of [null, 'fi']) expect(humanOffer(language)).toMatchObject({ title: 'Talk to a human', payload: WANTS_HUMAN });
  });
});
