import { describe, expect, it } from '@jest/globals';
import { MAX_USER_DATA } from '@baton/contracts';
import { learnUserData } from './learn-user-data.js';

const many = (prefix: string) => Object.fromEntries(Array.from({ length: 1_500 }, (_, i) => [`${prefix}_${i}`, 'v']));

describe('what is known of a visitor', () => {
  it('grows with what the bot learns, and the newer word wins', () => {
    expect(learnUserData({ name: 'Ada', plan: 'basic' }, { plan: 'pro', open: true })).toEqual({ name: 'Ada', plan: 'pro', open: true });
  });

  it('never grows beyond what a bot may say at once, whatever it says how often', () => {
    let known = learnUserData({}, { name: 'Ada', email: 'ada@example.test', first: 1 });
    for (let round = 0; round < 20; round++) known = learnUserData(known, many(`round${round}`));
    expect(JSON.stringify(known).length).toBeLessThanOrEqual(MAX_USER_DATA);
    expect(known).toMatchObject({ name: 'Ada', email: 'ada@example.test', round19_0: 'v', round19_1499: 'v' });
    expect(known).not.toHaveProperty('first');
  });
});
