import { describe, expect, it } from '@jest/globals';
import { placeText, readPlace } from './place.js';

describe('a place in a list', () => {
  it('comes back as it was given out', () => {
    const place = { at: new Date('2026-01-05T10:00:00.123Z'), id: '00000000-0000-4000-8000-000000000001' };
    expect(readPlace(placeText(place))).toEqual(place);
  });

  it.each(['', 'x', '12', '12_', "1_00000000-0000-4000-8000-00000000000'", '1_00000000-0000-4000-8000-000000000001_'])(
    'is refused as %j',
    (text) => {
      expect(() => readPlace(text)).toThrow(RangeError);
    },
  );
});
