import { describe, expect, it } from '@jest/globals';
import { METRICS, registry } from '@baton/telemetry';
import type { HandoverNews } from '../judge/writings.js';
import { CountHandovers } from './count-handovers.js';

const T0 = Date.parse('2026-01-05T10:00:00.000Z');

describe('requests for a human, counted', () => {
  const count = new CountHandovers();
  count.knows('demo');
  const hear = (type: HandoverNews['type'], afterMs: number, reason: string | null = null, requestedAt: number | null = T0) =>
    count.heard({ botId: 'demo', type, reason, requestedAt, at: T0 + afterMs });
  const lines = () => registry.metrics().then((text) => text.split('\n'));

  it('stand there at nought before the first one, so that it looks like a rise', async () => {
    expect(await lines()).toEqual(
      expect.arrayContaining([
        'baton_handovers_total{bot="demo",event="requested"} 0',
        'baton_handover_reasons_total{event="declined",reason="closed"} 0',
        'baton_handover_decision_seconds_count{outcome="declined"} 0',
      ]),
    );
  });

  it('take their times from the request', async () => {
    hear('handover.requested', 0, 'visitor');
    hear('handover.accepted', 1_500);
    hear('handover.connected', 40_000);
    hear('handover.resolved', 600_000);
    expect(await lines()).toEqual(
      expect.arrayContaining([
        'baton_handovers_total{bot="demo",event="resolved"} 1',
        'baton_handover_reasons_total{event="requested",reason="visitor"} 1',
        'baton_handover_decision_seconds_sum{outcome="accepted"} 1.5',
        'baton_handover_first_word_seconds_sum 40',
        'baton_handover_resolve_seconds_sum 600',
      ]),
    );
  });

  it('count an outcome that is told anew as nothing, and an end of which nobody knows the beginning without a time', async () => {
    hear('handover.outcome', 700_000);
    hear('handover.declined', 0, 'quota', null);
    expect(await lines()).toEqual(
      expect.arrayContaining([
        'baton_handover_reasons_total{event="declined",reason="quota"} 1',
        'baton_handover_decision_seconds_count{outcome="declined"} 0',
      ]),
    );
    expect(METRICS.handovers.labels.event).not.toContain('outcome');
  });
});
