import { describe, expect, it } from '@jest/globals';
import { registry } from '@baton/telemetry';
import { Alarms } from './alarms.js';

describe('an alarm', () => {
  it('is counted each time, and told once a minute for each conversation and name', async () => {
    const told: unknown[] = [];
    let now = 0;
    const alarms = new Alarms({ warn: (what: unknown) => void told.push(what) } as never, () => now);
    for (const conversationId of ['a', 'a', 'b']) alarms.ring({ conversationId, name: 'bot-loop' });
    alarms.ring({ conversationId: 'a', name: 'handover-loop' });
    now = 60_000;
    alarms.ring({ conversationId: 'a', name: 'bot-loop' });
    expect(told).toEqual([
      { alarm: 'bot-loop', conversationId: 'a' },
      { alarm: 'bot-loop', conversationId: 'b' },
      { alarm: 'handover-loop', conversationId: 'a' },
      { alarm: 'bot-loop', conversationId: 'a' },
    ]);
    expect(await registry.metrics()).toContain('baton_alarms_total{name="bot-loop"} 4');
  });
});
