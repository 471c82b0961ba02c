import { describe, expect, it } from '@jest/globals';
import { filtersOf, withFilter } from './filters.js';

describe('what of the conversations is looked at', () => {
  it.each([
    ['', {}],
    ['with=waiting&channel=crisp&bot=demo&q=%20ada%20', { standing: 'waiting', channel: 'crisp', bot: 'demo', q: 'ada' }],
    ['with=nobody&channel=fax&q=%20', {}],
  ])('stands in the address: %j', (address, expected) => {
    expect(filtersOf(new URLSearchParams(address))).toEqual(expected);
  });

  it('begins at the newest page when it changes', () => {
    const before = new URLSearchParams('with=bot&before=1.a');
    expect(withFilter(before, 'bot', 'demo').toString()).toBe('with=bot&bot=demo');
    expect(withFilter(before, 'with', null).toString()).toBe('');
  });
});
