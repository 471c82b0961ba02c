import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '@baton/testing';
import fc from 'fast-check';
import type { Effect, EffectKind } from './effect.js';
import type { Effects } from './effects.js';
import { newId } from './testing/new-id.js';
import { aPlan, openHouse, type House } from './testing/house.js';

let house: House;
beforeEach(async () => {
  house = await openHouse();
  await house.dataSource.query('CREATE TABLE told (id uuid NOT NULL)');
});
afterEach(() => house.close());

/** What may happen to an attempt. */
type Luck = 'well' | 'lost answer' | 'fails before' | 'throws after' | 'slow';

/** The other company: what reached it, in which order, and whether two calls of one lane were ever under way at once. */
class Outside {
  readonly arrived = new Map<string, unknown[]>();
  readonly reached = new Set<string>();
  overlaps = 0;
  repeats = 0;
  private readonly under = new Map<string, AbortSignal>();

  kind(luck: (effect: Effect) => Luck): EffectKind {
    return {
      perform: (effect, signal) => this.alone(effect, signal, () => this.perform(effect, signal, luck(effect))),
      findOut: (effect, signal) =>
        this.alone(effect, signal, async () => (this.reached.has(effect.id) ? { happened: null } : 'did-not-happen')),
      settled: async (manager, { id }) => {
        await manager.query('INSERT INTO told VALUES ($1)', [id]);
      },
    };
  }

  private async alone<T>({ lane }: Effect, signal: AbortSignal, call: () => Promise<T>): Promise<T> {
    const other = this.under.get(lane);
    // A killed process does nothing more: its calls are not under way.
    if (other !== undefined && !other.aborted) this.overlaps += 1;
    this.under.set(lane, signal);
    try {
      return await call();
    } finally {
      if (this.under.get(lane) === signal) this.under.delete(lane);
    }
  }

  private async perform(effect: Effect, signal: AbortSignal, luck: Luck) {
    await pause(luck === 'slow' ? 60 : 1);
    if (signal.aborted) throw new Error('killed before');
    if (luck === 'fails before') return { retry: { reason: 'busy', didNotHappen: true, targetIsWell: true } };
    if (this.reached.has(effect.id)) this.repeats += 1;
    this.reached.add(effect.id);
    this.arrived.set(effect.lane, [...(this.arrived.get(effect.lane) ?? []), effect.payload]);
    await pause(luck === 'slow' ? 60 : 1);
    if (luck === 'lost answer') return { retry: { reason: 'timeout', targetIsWell: true } };
    if (luck === 'throws after' || signal.aborted) throw new Error('after');
    return { done: null };
  }
}

const scenario = fc.record({
  lanes: fc.integer({ min: 1, max: 8 }),
  perLane: fc.integer({ min: 1, max: 6 }),
  /** Milliseconds between the kills of a replica; the next one starts at once. */
  kills: fc.array(fc.integer({ min: 5, max: 150 }), { maxLength: 5 }),
  lucks: fc.array(fc.constantFrom<Luck>('well', 'well', 'well', 'lost answer', 'fails before', 'throws after', 'slow'), {
    minLength: 1,
    maxLength: 12,
  }),
});

describe('with workers killed at any moment, several replicas and every kind of luck', () => {
  it(
    'each effect reaches the outside once, in the order of its lane, alone in it, and its end is told once',
    async () => {
      await fc.assert(
        fc.asyncProperty(scenario, async ({ lanes, perLane, kills, lucks }) => {
          await house.dataSource.query('TRUNCATE effects, effect_lanes, told');
          const outside = new Outside();
          let at = 0;
          // Bad luck ends at the fourth attempt: the back-off rises, and nobody wants to wait for it.
          const luck = ({ attempts }: Effect) => (attempts > 3 ? 'well' : (lucks[(at += 1) % lucks.length] ?? 'well'));
          const kind = outside.kind(luck);
          const start = (): Effects => {
            const effects = house.replica({
              leaseMs: 1_200,
              pollMs: 20,
              random: () => 0.99,
              breaker: { failures: 1_000, halfOpenAfterMs: 10 },
              kinds: { act: kind },
            });
            effects.start();
            return effects;
          };
          const running = [start(), start()];
          const ids: string[] = [];
          const planning = (async () => {
            for (let n = 0; n < perLane; n += 1) {
              const plans = Array.from({ length: lanes }, (_, lane) =>
                aPlan({ id: newId(), lane: `lane-${lane}`, target: `t${lane % 2}`, payload: n }),
              );
              ids.push(...plans.map(({ id }) => String(id)));
              await house.plan(running[n % 2] as Effects, ...plans);
              await pause(10);
            }
          })();
          for (const [n, after] of kills.entries()) {
            await pause(after);
            running[n % 2]?.abandon();
            running[n % 2] = start();
          }
          await planning;
          await eventually(async () => (await house.open()) === 0, { within: 40_000, what: 'the end of all effects' });
          const told: { id: string }[] = await house.dataSource.query('SELECT id FROM told');
          expect(told.map(({ id }) => id).sort()).toEqual([...ids].sort());
          expect(outside.reached).toEqual(new Set(ids));
          for (const [, payloads] of outside.arrived) expect(payloads).toEqual(Array.from({ length: perLane }, (_, n) => n));
          expect([outside.overlaps, outside.repeats]).toEqual([0, 0]);
          await Promise.all(running.map((effects) => effects.stop(0)));
          expect(await house.lanes()).toBe(0);
        }),
        { numRuns: Number(process.env['CHAOS_RUNS'] ?? 12), endOnFailure: true },
      );
    },
    Number(process.env['CHAOS_RUNS'] ?? 12) * 60_000,
  );
});
