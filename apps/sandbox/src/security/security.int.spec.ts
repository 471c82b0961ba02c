import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TARGETS } from '../fuzz/targets.js';
import { seededRandom } from '../simulator-kit/random.js';
import { tellsOneTrace } from '../tracing/one-trace.js';
import { tellsBrowsersWhatTheyMay } from './browser-headers.js';
import { hearsOnceWhatWasCaptured } from './captured-hooks.js';
import { keepsSecretsAndWords } from './secrets-and-words.js';
import { WatchedPlatform } from './watched-platform.js';

/** One platform for all of it, for its start takes longer than most of its tests: each group leaves to the next what was said and done. */
describe('a platform that people talk over', () => {
  const watched = new WatchedPlatform();
  beforeAll(() => watched.start(), 120_000);
  afterAll(() => watched.stop(), 30_000);

  tellsOneTrace(watched);
  hearsOnceWhatWasCaptured(watched);
  tellsBrowsersWhatTheyMay(watched);

  describe('who is rude to its public doors', () => {
    it.each(['ingress', 'frames', 'api'])(
      'breaks nothing: %s',
      async (name) => {
        const report = await TARGETS[name]!(watched.platform, seededRandom(20_260_105), name === 'ingress' ? 4_000 : 2_000);
        expect(report.tried).toBeGreaterThan(20);
        expect(report.findings).toEqual([]);
      },
      40_000,
    );
  });

  keepsSecretsAndWords(watched);
});
