import { describe, expect, it } from '@jest/globals';
import { renderMetrics } from './metrics.js';
import { watchOutbox } from './watch-outbox.js';

describe('an outbox that is watched', () => {
  it('is shown as it is at each scrape', async () => {
    const outbox = { waiting: { rows: 0, oldestAgeMs: 0 } };
    watchOutbox(outbox);
    outbox.waiting = { rows: 12, oldestAgeMs: 2_500 };
    const { text } = await renderMetrics();
    expect(text).toMatch(/^baton_outbox_waiting 12$/m);
    expect(text).toMatch(/^baton_outbox_oldest_age_seconds 2\.5$/m);
  });
});
