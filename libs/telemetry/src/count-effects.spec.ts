import { describe, expect, it } from '@jest/globals';
import { countEffects } from './count-effects.js';
import { renderMetrics } from './metrics.js';

describe('the effects of a service', () => {
  it('are counted by kind and outcome, from nothing on', async () => {
    const effects = countEffects(['words', 'state']);
    effects.settled('words', 'done');
    effects.settled('words', 'done');
    effects.settled('words', 'retry');
    effects.inDoubt('words');
    const { text } = await renderMetrics();
    expect(text.split('\n').filter((line) => /^baton_(effects|in_doubt)_total/.test(line))).toEqual([
      'baton_effects_total{kind="words",outcome="done"} 2',
      'baton_effects_total{kind="words",outcome="retry"} 1',
      'baton_effects_total{kind="words",outcome="refused"} 0',
      'baton_effects_total{kind="state",outcome="done"} 0',
      'baton_effects_total{kind="state",outcome="retry"} 0',
      'baton_effects_total{kind="state",outcome="refused"} 0',
      'baton_in_doubt_total{kind="words"} 1',
      'baton_in_doubt_total{kind="state"} 0',
    ]);
    expect(text).toContain('# TYPE baton_effects_total counter');
  });
});
