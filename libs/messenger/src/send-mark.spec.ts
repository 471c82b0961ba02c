import { describe, expect, it } from '@jest/globals';
import { readMetadata, toMetadata } from './send-mark.js';

const mark = { messageId: '019b8d6e-7d10-7000-8000-000000000042', part: 3 };

describe('the mark of a send', () => {
  it('comes back as it went', () => {
    expect(readMetadata(toMetadata(mark))).toEqual(mark);
  });
  it.each([[undefined], [''], ['baton:'], ['somebody else’s'], [`${toMetadata(mark)}0000`], [`x${toMetadata(mark)}`]])(
    'is not in %j',
    (metadata) => {
      expect(readMetadata(metadata)).toBeUndefined();
    },
  );
});
