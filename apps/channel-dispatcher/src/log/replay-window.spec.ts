import { describe, expect, it } from '@jest/globals';
import { replayFrom } from './replay-window.js';

describe('what a browser is shown again', () => {
  it.each([
    ['a new browser of a new visitor gets nothing', 0, 0, 1],
    ['a new browser gets all of a short talk', 0, 12, 1],
    ['a new browser gets the last 50 of a long talk', 0, 120, 71],
    ['a browser that missed nothing gets nothing', 120, 120, 121],
    ['a browser gets exactly what it missed', 100, 120, 101],
    ['a browser that was away for long gets the newest 500', 100, 5_100, 4_601],
    ['a browser that holds more than there is starts anew', 900, 120, 71],
  ])('%s', (_what, lastSeq, head, first) => {
    expect(replayFrom(lastSeq, head)).toBe(first);
  });
});
