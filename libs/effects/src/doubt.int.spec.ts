import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '@baton/testing';
import type { EffectKind } from './effect.js';
import type { Effects } from './effects.js';
import { aKind, aPlan, openHouse, type House } from './testing/house.js';

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.close());

const allDone = () => eventually(async () => (await house.open()) === 0, { what: 'the end of all effects' });
const never = new Promise<never>(() => undefined);

/** A worker that dies after the effect was begun and before its result was written. */
async function crashInTheMiddle(onDoubt: 'repeat' | 'drop'): Promise<void> {
  let began = false;
  const dying = house.replica({ leaseMs: 200, kinds: { act: aKind(() => ((began = true), never)) } });
  dying.start();
  await house.plan(dying, aPlan({ onDoubt }));
  await eventually(() => began);
  dying.abandon();
}

function successor(findOut: EffectKind['findOut']): { effects: Effects; performed: () => number } {
  let performed = 0;
  const kind = aKind(async () => ((performed += 1), { done: null }), findOut === undefined ? {} : { findOut });
  const effects = house.replica({ kinds: { act: kind } });
  effects.start();
  return { effects, performed: () => performed };
}

describe('after a crash between the call and its result', () => {
  it('what happened is done and not repeated', async () => {
    await crashInTheMiddle('repeat');
    const { effects, performed } = successor(async () => ({ happened: 'm1' }));
    await allDone();
    expect(performed()).toBe(0);
    expect(effects.counters).toMatchObject({ done: 1, inDoubtTotal: 0 });
  });

  it('what did not happen is done, also when doubts are to be dropped', async () => {
    await crashInTheMiddle('drop');
    const { effects, performed } = successor(async () => 'did-not-happen');
    await allDone();
    expect(performed()).toBe(1);
    expect(effects.counters).toMatchObject({ done: 1, inDoubtTotal: 0 });
  });

  for (const findOut of [undefined, async () => 'unknown' as const]) {
    const how = findOut === undefined ? 'nobody can look' : 'looking does not tell';
    it(`human words are said again when ${how}, and counted`, async () => {
      await crashInTheMiddle('repeat');
      const { effects, performed } = successor(findOut);
      await allDone();
      expect(performed()).toBe(1);
      expect(effects.counters).toMatchObject({ done: 1, inDoubtTotal: 1 });
    });

    it(`a bot's line is not when ${how}, and counted, too`, async () => {
      await crashInTheMiddle('drop');
      const { effects, performed } = successor(findOut);
      await allDone();
      expect(performed()).toBe(0);
      expect(effects.counters).toMatchObject({ refused: 1, inDoubtTotal: 1 });
      expect(await house.states()).toMatchObject([{ state: 'refused', reason: 'effect.in-doubt' }]);
    });
  }

  it('whoever observes is told of the doubt and of the end, by kind', async () => {
    await crashInTheMiddle('repeat');
    const seen: string[] = [];
    const kinds = { act: aKind(async () => ({ done: null })), other: aKind(async () => ({ refused: 'no' })) };
    const observer = {
      settled: (kind: string, outcome: string) => void seen.push(`${kind} ${outcome}`),
      inDoubt: (kind: string) => void seen.push(`${kind} in doubt`),
    };
    const effects = house.replica({ kinds, observer });
    effects.start();
    await house.plan(effects, aPlan({ kind: 'other' }));
    await allDone();
    await eventually(() => seen.length === 3);
    expect(seen).toEqual(['act in doubt', 'act done', 'other refused']);
  });

  it('a look that fails is taken again, and nothing is done before one succeeds', async () => {
    await crashInTheMiddle('repeat');
    let looks = 0;
    const { performed } = successor(async () => {
      looks += 1;
      if (looks < 3) throw new Error('down');
      expect(performed()).toBe(0);
      return 'did-not-happen';
    });
    await allDone();
    expect([looks, performed()]).toEqual([3, 1]);
  });

  it('it is not cancelled, it has to be settled', async () => {
    await crashInTheMiddle('repeat');
    const planner = house.replica({ kinds: {} });
    expect(await house.dataSource.transaction((manager) => planner.cancel(manager, 'lane'))).toBe(0);
    const { performed } = successor(async () => ({ happened: null }));
    await allDone();
    expect(performed()).toBe(0);
    expect(await house.states()).toMatchObject([{ state: 'done' }]);
  });
});

describe('a lease', () => {
  it('is renewed while a call takes long, so that nobody else begins', async () => {
    let performed = 0;
    let letGo = (): void => undefined;
    const held = new Promise<void>((resolve) => (letGo = resolve));
    const kinds = { act: aKind(async () => ((performed += 1), await held, { done: null })) };
    const [first, second] = [house.replica({ leaseMs: 2_400, kinds }), house.replica({ leaseMs: 2_400, kinds })];
    first.start();
    second.start();
    await house.plan(first, aPlan());
    await eventually(() => performed === 1);
    const begun = Date.now();
    await eventually(() => Date.now() - begun > 3_000);
    letGo();
    await allDone();
    expect(performed).toBe(1);
  });

  it('that was lost makes the late result count for nothing', async () => {
    const told: string[] = [];
    const gate = () => {
      let open = (): void => undefined;
      const passed = new Promise<void>((resolve) => (open = resolve));
      return { open, passed };
    };
    const [late, inTime] = [gate(), gate()];
    const kindOf = (name: string, { passed }: { passed: Promise<void> }) =>
      aKind(async () => (await passed, { done: null }), { settled: async () => () => void told.push(name) });
    // The first looks at what it is woken for only: it must not take its own lane again.
    const first = house.replica({ leaseMs: 60_000, pollMs: 60_000, kinds: { act: kindOf('first', late) } });
    first.start();
    await house.plan(first, aPlan());
    await eventually(() => first.counters.attempts === 1);
    await house.dataSource.query(`UPDATE effect_lanes SET next_at = now() - interval '1 second'`);
    const second = house.replica({ kinds: { act: kindOf('second', inTime) } });
    second.start();
    await eventually(() => second.counters.attempts === 1);
    late.open();
    await eventually(() => first.counters.leasesLost === 1);
    expect(await house.states()).toMatchObject([{ state: 'in-doubt', attempts: 2 }]);
    inTime.open();
    await allDone();
    await eventually(() => told.length > 0);
    expect(told).toEqual(['second']);
  });

  it('that was lost takes nothing from what is known: whoever looks meanwhile need not do it again', async () => {
    let finish = (): void => undefined;
    const call = new Promise<void>((resolve) => (finish = resolve));
    const first = house.replica({ leaseMs: 60_000, pollMs: 60_000, kinds: { act: aKind(async () => (await call, { done: 'm1' })) } });
    first.start();
    await house.plan(first, aPlan());
    await eventually(() => first.counters.attempts === 1);
    await house.dataSource.query(`UPDATE effect_lanes SET next_at = now() - interval '1 second'`);
    let performed = 0;
    let looks = 0;
    const ends: unknown[] = [];
    const looking = aKind(async () => ((performed += 1), { done: 'm2' }), {
      findOut: async () => {
        looks += 1;
        throw new Error('nobody can say yet');
      },
      settled: async (_manager, _effect, end) => void ends.push(end),
    });
    const second = house.replica({ kinds: { act: looking } });
    second.start();
    await eventually(() => looks === 2, { what: 'the second look' });
    finish();
    await allDone();
    expect([performed, ends]).toEqual([0, [{ done: 'm1' }]]);
  });

  it('is given back by a clean stop, so that another replica goes on at once', async () => {
    const kinds = {
      act: aKind(
        (_effect, signal) =>
          new Promise<{ done: null }>((_, reject) => signal.addEventListener('abort', () => reject(new Error('stopped')))),
      ),
    };
    const first = house.replica({ leaseMs: 60_000, kinds });
    first.start();
    await house.plan(first, aPlan());
    await eventually(() => first.counters.attempts === 1);
    await first.stop(50);
    const second = house.replica({ leaseMs: 60_000, random: () => 0.99, kinds: { act: aKind(async () => ({ done: null })) } });
    second.start();
    await allDone();
    expect(second.counters.done).toBe(1);
  });

  it('that was taken in vain is given back, also while somebody plans for the lane', async () => {
    const effects = house.replica({ leaseMs: 60_000, pollMs: 10, kinds: { act: aKind(async () => ({ done: null })) } });
    await house.plan(effects, aPlan());
    const { dataSource } = house;
    // Somebody holds the first effect, so that nobody can begin it; others go on planning behind it, slowly.
    await dataSource.transaction(async (holder) => {
      await holder.query('SELECT 1 FROM effects FOR UPDATE');
      effects.start();
      for (let n = 0; n < 30; n += 1) {
        await dataSource.transaction(async (planner) => {
          await effects.plan(planner, [aPlan()]);
          await pause(25);
        });
      }
    });
    await eventually(async () => (await house.open()) === 0, { within: 3_000, what: 'the end of all effects' });
  });

  it('a stop that cannot write what was done, because somebody plans for the lane all the time, leaves it to others and ends', async () => {
    let letGo = (): void => undefined;
    const held = new Promise<void>((resolve) => (letGo = resolve));
    const first = house.replica({ leaseMs: 3_000, kinds: { act: aKind(async () => (await held, { done: null })) } });
    first.start();
    await house.plan(first, aPlan());
    await eventually(() => first.counters.attempts === 1);
    await house.dataSource.transaction(async (planner) => {
      await first.plan(planner, [aPlan({ kind: 'next' })]);
      letGo();
      await first.stop(0);
      const { statements } = first.counters;
      await pause(100);
      expect(first.counters.statements).toBe(statements);
    });
    const kinds = {
      act: aKind(async () => ({ refused: 'twice' }), { findOut: async () => ({ happened: null }) }),
      next: aKind(async () => ({ done: null })),
    };
    const second = house.replica({ kinds });
    second.start();
    await allDone();
    expect(await house.states()).toMatchObject([{ state: 'done' }, { state: 'done' }]);
  });

  it('a stop waits for what is under way, and takes no time when there is nothing', async () => {
    const effects = house.replica({
      kinds: { act: aKind(() => new Promise((resolve) => setTimeout(() => resolve({ done: null }), 200))) },
    });
    effects.start();
    await house.plan(effects, aPlan(), aPlan());
    await eventually(() => effects.counters.attempts === 1);
    await effects.stop();
    expect(await house.states()).toMatchObject([{ state: 'done' }, { state: 'planned', attempts: 0 }]);
    const idle = house.replica({ kinds: {} });
    idle.start();
    const begun = performance.now();
    await idle.stop();
    expect(performance.now() - begun).toBeLessThan(300);
  });
});
