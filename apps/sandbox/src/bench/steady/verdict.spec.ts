import { describe, expect, it } from '@jest/globals';
import type { Sample } from './sampler.js';
import { judge, type SoakFacts } from './verdict.js';

const sample = (seconds: number, change: { rssMiB?: number; lag?: number; open?: number } = {}): Sample => ({
  ...{ seconds, arrivedPerSecond: 1_000, open: change.open ?? 20 },
  latencyMs: { in: { p50: 5, p95: 9, p99: 20 }, back: { p50: 5, p95: 9, p99: 20 } },
  services: {
    orchestrator: {
      ...{ cpuPerMessageUs: 300, rssMiB: change.rssMiB ?? 120, heapMiB: 60, externalMiB: 8 },
      ...{ loopP99Ms: 12, outboxRows: 3, outboxAgeSeconds: 0 },
    },
  },
  othersCpuPerMessageUs: { kafka: 90, postgres: 200, load: 120 },
  lag: { 'escalation-orchestrator': change.lag ?? 300 },
  postgres: { connections: 14, sizeMiB: 400 },
});

const facts = (change: Partial<SoakFacts> = {}, at: (seconds: number) => Parameters<typeof sample>[1] = () => ({})): SoakFacts => ({
  samples: Array.from({ length: 60 }, (_, index) => sample(index * 10, at(index * 10))),
  totals: { sent: 600_000, arrived: 600_000, lost: 0, doubled: 0, outOfOrder: 0, refused: 0, strange: 0, dropped: 0 },
  lateness: { worstMs: 40, lateRatio: 0 },
  rate: 1_000,
  carried: 998,
  ...change,
});

const wrong = (given: SoakFacts): string[] => judge(given).flatMap(({ what, state }) => (state === 'good' ? [] : [`${what}: ${state}`]));

describe('a steady run', () => {
  const good = facts();
  it.each([
    ['is good when nothing was lost and nothing grew', good, []],
    ['is bad when one message was lost', facts({ totals: { ...good.totals, arrived: 599_999, lost: 1 } }), ['lost: bad']],
    ['is bad when one came twice', facts({ totals: { ...good.totals, doubled: 1 } }), ['doubled: bad']],
    ['is bad when one was overtaken', facts({ totals: { ...good.totals, outOfOrder: 1 } }), ['out of order: bad']],
    ['is bad when a socket was dropped', facts({ totals: { ...good.totals, dropped: 1 } }), ['refused: bad']],
    ['is bad when the machine carried less than was offered', facts({ carried: 900 }), ['rate: bad']],
    ['is bad when the load itself was late', facts({ lateness: { worstMs: 900, lateRatio: 0.2 } }), ['load on time: bad']],
    ['is bad when memory grows', facts({}, (seconds) => ({ rssMiB: 100 + seconds / 30 })), ['memory of orchestrator: bad']],
    [
      'is bad when memory grows slowly and never falls',
      facts({}, (seconds) => ({ rssMiB: 100 + seconds / 150 })),
      ['memory of orchestrator: bad'],
    ],
    ['is good when memory filled up in the first minutes', facts({}, (seconds) => ({ rssMiB: 200 - 60 * Math.exp(-seconds / 60) })), []],
    [
      'is good when memory that was given back is taken again',
      facts({}, (seconds) => ({ rssMiB: (seconds < 190 ? 139 : 123) + seconds / 80 })),
      [],
    ],
    [
      'is bad when memory goes on beyond what was given back',
      facts({}, (seconds) => ({ rssMiB: seconds < 190 ? 125 : 123 + seconds / 80 })),
      ['memory of orchestrator: bad'],
    ],
    ['is bad when lag grows', facts({}, (seconds) => ({ lag: seconds * 20 })), ['lag of escalation-orchestrator: bad']],
    ['is bad when more and more are on their way', facts({}, (seconds) => ({ open: seconds * 20 })), ['on their way: bad']],
  ])('%s', (_, given, expected) => {
    expect(wrong(given)).toEqual(expected);
  });

  it('of a minute is not told to be flat, and not to grow', () => {
    const short = judge(facts({ samples: good.samples.slice(0, 6) }));
    expect(short.filter(({ state }) => state === 'short').map(({ what }) => what)).toEqual([
      'memory of orchestrator',
      'lag of escalation-orchestrator',
      'on their way',
      'outbox of orchestrator',
    ]);
    expect(short.every(({ state }) => state !== 'bad')).toBe(true);
  });
});
