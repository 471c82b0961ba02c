import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '@baton/testing';
import { aKind, aPlan, openHouse, type House } from './testing/house.js';

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.close());

const breaker = { failures: 3, halfOpenAfterMs: 300 };

/** Plans a little for the well target, again and again, and tells how long each took to begin (ms). */
async function waitsOfTheWell(effects: ReturnType<House['replica']>, waits: number[], forMs: number): Promise<number[]> {
  const end = performance.now() + forMs;
  let planned = 0;
  while (performance.now() < end) {
    await house.plan(effects, aPlan({ lane: `well-${(planned += 1)}`, target: 'well', payload: Date.now() }));
    await pause(10);
  }
  await eventually(() => waits.length === planned);
  return [...waits].sort((a, b) => a - b);
}

describe('an outage of one target', () => {
  for (const how of ['hangs', 'fails'] as const) {
    it(`that ${how} is not felt by another, asks the sick one rarely, and ends when it ends`, async () => {
      const waits: number[] = [];
      let isDown = true;
      let calls = 0;
      const effects = house.replica({
        breaker,
        concurrency: 24,
        perTargetConcurrency: 8,
        attemptTimeoutMs: 150,
        random: () => 0.99,
        kinds: {
          act: aKind(async ({ target, payload }, signal) => {
            if (target === 'well') return (waits.push(Date.now() - Number(payload)), { done: null });
            calls += 1;
            if (!isDown) return { done: null };
            if (how === 'hangs') await new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('aborted'))));
            return { retry: { reason: 'crisp.server-error' } };
          }),
        },
      });
      effects.start();
      await house.plan(effects, ...Array.from({ length: 400 }, (_, n) => aPlan({ lane: `sick-${n}`, target: 'sick' })));
      await eventually(() => effects.sickTargets.includes('sick'));
      const callsBefore = calls;
      const sorted = await waitsOfTheWell(effects, waits, 2_000);
      expect(sorted.length).toBeGreaterThan(50);
      expect(sorted[Math.floor(sorted.length * 0.9)]).toBeLessThan(100);
      // One try per 300 ms, and those under way when the breaker opened.
      expect(calls - callsBefore).toBeLessThanOrEqual(2_500 / breaker.halfOpenAfterMs + 8);
      isDown = false;
      await eventually(async () => (await house.open()) === 0, { within: 20_000, what: 'the end of all effects' });
      expect(effects.sickTargets).toEqual([]);
    }, 40_000);
  }

  it('does not hold up deadlines', async () => {
    const effects = house.replica({
      breaker: { failures: 2, halfOpenAfterMs: 60_000 },
      random: () => 0,
      kinds: { act: aKind(async () => ({ retry: { reason: 'down', didNotHappen: true } })) },
    });
    effects.start();
    await house.plan(effects, ...[1, 2, 3].map((n) => aPlan({ lane: `l${n}`, target: 'sick' })));
    await eventually(() => effects.sickTargets.length === 1);
    const deadline = Date.now() + 300;
    await house.plan(effects, aPlan({ lane: 'urgent', target: 'sick', deadline: new Date(deadline) }));
    const urgent = async () => (await house.states()).find(({ lane }) => lane === 'urgent');
    await eventually(async () => (await urgent())?.state === 'refused');
    expect(Date.now() - deadline).toBeLessThan(1_500);
    expect(await urgent()).toMatchObject({ reason: 'effect.deadline' });
  });

  it('a target that answers "not now" for one effect only is not sick', async () => {
    const effects = house.replica({
      breaker,
      random: () => 0.99,
      kinds: {
        act: aKind(async ({ attempts }) =>
          attempts < 3 ? { retry: { reason: 'not-yet', didNotHappen: true, targetIsWell: true } } : { done: null },
        ),
      },
    });
    effects.start();
    await house.plan(effects, ...Array.from({ length: 20 }, (_, n) => aPlan({ lane: `l${n}` })));
    await eventually(() => effects.counters.retried >= 20);
    expect(effects.sickTargets).toEqual([]);
    await eventually(async () => (await house.open()) === 0);
  });
});

describe('an outage of Postgres', () => {
  it('is waited for: what was done meanwhile is written then, and not done again', async () => {
    let performed = 0;
    let letGo = (): void => undefined;
    const held = new Promise<void>((resolve) => (letGo = resolve));
    const errors: unknown[] = [];
    const effects = house.replica({
      onError: (error) => errors.push(error),
      kinds: { act: aKind(async () => ((performed += 1), await held, { done: null }), { settled: async () => undefined }) },
    });
    effects.start();
    await house.plan(effects, ...Array.from({ length: 5 }, (_, n) => aPlan({ lane: `l${n}` })));
    await eventually(() => performed === 5);
    // Every connection is cut, over and over, for a while.
    const cut = async () =>
      house.dataSource
        .query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`)
        .catch(() => undefined);
    letGo();
    for (let n = 0; n < 20; n += 1) await cut();
    await eventually(async () => (await house.open().catch(() => 1)) === 0, { within: 20_000 });
    expect(performed).toBe(5);
  }, 30_000);
});
