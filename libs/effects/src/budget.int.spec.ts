import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '@baton/testing';
import { aKind, aPlan, openHouse, type House } from './testing/house.js';

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.close());

describe("a target's budget", () => {
  it('is shared by all replicas, and holds over seconds', async () => {
    const at: number[] = [];
    const budgets = (target: string) => (target === 'free' ? undefined : { perSecond: 40, burst: 10 });
    const replicas = [1, 2, 3].map(() =>
      house.replica({ budgets, kinds: { act: aKind(async () => (at.push(Date.now()), { done: null })) } }),
    );
    const [first] = replicas;
    if (first === undefined) throw new Error('no replica');
    await house.plan(first, ...Array.from({ length: 110 }, (_, n) => aPlan({ lane: `l${n}` })));
    for (const replica of replicas) replica.start();
    await eventually(async () => (await house.open()) === 0, { within: 20_000 });
    const tookSeconds = (Math.max(...at) - Math.min(...at)) / 1_000;
    // 10 at once, then 100 at 40 a second.
    expect(tookSeconds).toBeGreaterThan(2.2);
    expect(at).toHaveLength(110);
    expect(replicas.reduce((sum, replica) => sum + replica.counters.done, 0)).toBe(110);
  }, 30_000);

  it('that is short is spent on human words first', async () => {
    const order: string[] = [];
    const effects = house.replica({
      budgets: () => ({ perSecond: 20, burst: 1 }),
      kinds: { act: aKind(async ({ budget }) => (order.push(budget ?? ''), { done: null })) },
    });
    await house.plan(effects, ...Array.from({ length: 10 }, (_, n) => aPlan({ lane: `low-${n}`, budget: 'low' as const })));
    await house.plan(effects, ...Array.from({ length: 10 }, (_, n) => aPlan({ lane: `high-${n}` })));
    effects.start();
    await eventually(async () => (await house.open()) === 0, { within: 20_000 });
    expect(order).toEqual([...Array.from({ length: 10 }, () => 'high'), ...Array.from({ length: 10 }, () => 'low')]);
  }, 30_000);

  it('that is short delays no other target, and costs few statements', async () => {
    const done: string[] = [];
    const effects = house.replica({
      budgets: (target) => (target === 'tight' ? { perSecond: 2, burst: 1 } : { perSecond: 5_000 }),
      kinds: { act: aKind(async ({ target }) => (done.push(target), { done: null })) },
    });
    effects.start();
    await house.plan(effects, ...Array.from({ length: 500 }, (_, n) => aPlan({ lane: `tight-${n}`, target: 'tight' })));
    await house.plan(effects, ...Array.from({ length: 500 }, (_, n) => aPlan({ lane: `wide-${n}`, target: 'wide' })));
    await eventually(() => done.filter((target) => target === 'wide').length === 500);
    expect(done.filter((target) => target === 'tight').length).toBeLessThan(15);
    expect(effects.counters.statements).toBeLessThan(500);
  });
});
