import { describe, expect, it } from '@jest/globals';
import { renderMetrics } from '@baton/telemetry';
import type { Snapshot, TokenState } from '../alarms/snapshot.js';
import { KNOWN_FOR, ShowGauges } from './show-gauges.js';

const NOW = Date.parse('2026-03-01T12:00:00.000Z');
const at = new Date(NOW).toISOString();

const STATES: Readonly<Record<TokenState, string | undefined>> = {
  taken: '1',
  refused: '0',
  'not-bound': '0',
  unreadable: '0',
  'no-answer': undefined,
  limited: undefined,
};

const snapshot: Snapshot = {
  ...{ at, notPublished: null, unownedDeadLetters: 3, workspaces: [] },
  services: [
    { name: 'ai', state: 'ready', problems: {}, version: null, startedAt: null, outboxAge: null, outboxWaiting: null },
    { name: 'ingress', state: 'unknown', problems: {}, version: null, startedAt: null, outboxAge: null, outboxWaiting: null },
  ],
  lag: [
    { group: 'channel-dispatcher', topic: 'deliveries', isOurs: true, lag: 40, lagSeconds: 2.5, stuckMs: 0 },
    { group: 'ai-auto-reply', topic: 'bot-turns', isOurs: true, lag: 7, stuckMs: 0 },
    { group: 'bot.demo', topic: 'bot-turns', isOurs: false, lag: 9, lagSeconds: 9, stuckMs: 0 },
  ],
  tokens: (Object.keys(STATES) as TokenState[]).map((state) => ({
    ...{ workspaceId: 'acme', botId: state, websiteId: 'w', at, since: at },
    state,
  })),
};

describe('the last look as metrics', () => {
  let now = NOW;
  let last: Snapshot | undefined;
  const gauges = new ShowGauges({ last: async () => last }, { open: async () => [] }, () => now);
  const lines = async (name: string) => (await renderMetrics()).text.split('\n').filter((line) => line.startsWith(name));
  const show = (seen: Snapshot | undefined) => ((last = seen), gauges.show());

  it('before the first one nothing is shown but alarms, and since when nobody looked', async () => {
    now = NOW + 30_000;
    await show(undefined);
    expect(await lines('baton_look_age_seconds')).toEqual(['baton_look_age_seconds 30']);
    expect(await lines('baton_service_ready{')).toEqual([]);
    expect((await lines('baton_alarm{')).length).toBeGreaterThan(15);
    await show(snapshot);
    expect(await lines('baton_look_age_seconds')).toEqual(['baton_look_age_seconds 30']);
    expect(await lines('baton_service_ready{')).toEqual(['baton_service_ready{service="ai"} 1']);
  });

  it.each(Object.entries(STATES))('a token that is %s is shown as %s', async (bot, shown) => {
    await show(snapshot);
    const expected = shown === undefined ? [] : [`baton_crisp_token_taken{bot="${bot}"} ${shown}`];
    expect(await lines(`baton_crisp_token_taken{bot="${bot}"}`)).toEqual(expected);
  });

  it('lag is shown of our own groups, in time where a pace is known', async () => {
    await show(snapshot);
    expect(await lines('baton_consumer_lag{')).toEqual([
      'baton_consumer_lag{group="channel-dispatcher",topic="deliveries"} 40',
      'baton_consumer_lag{group="ai-auto-reply",topic="bot-turns"} 7',
    ]);
    expect(await lines('baton_consumer_lag_seconds{')).toEqual([
      'baton_consumer_lag_seconds{group="channel-dispatcher",topic="deliveries"} 2.5',
    ]);
  });

  it('is not shown any more when nobody looked for two minutes: its age alone is, and it all comes back with the next look', async () => {
    await show(snapshot);
    const OF_LOOKS = ['baton_alarm{', 'baton_service_ready{', 'baton_consumer_lag', 'baton_dead_letters_open{', 'baton_crisp_token_taken{'];
    const shown = async () => (await Promise.all(OF_LOOKS.map(lines))).map((found) => found.length > 0);
    now = NOW + KNOWN_FOR;
    expect(await shown()).toEqual(OF_LOOKS.map(() => true));
    now = NOW + KNOWN_FOR + 1_000;
    expect(await shown()).toEqual(OF_LOOKS.map(() => false));
    expect(await lines('baton_look_age_seconds')).toEqual(['baton_look_age_seconds 121']);
    await show({ ...snapshot, at: new Date(now).toISOString() });
    expect(await shown()).toEqual(OF_LOOKS.map(() => true));
    expect(await lines('baton_look_age_seconds')).toEqual(['baton_look_age_seconds 0']);
  });
});
