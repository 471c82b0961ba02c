import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '@baton/testing';
import { newId } from './testing/new-id.js';
import { aKind, aPlan, openHouse, type House } from './testing/house.js';

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.close());

const allDone = () => eventually(async () => (await house.open()) === 0, { what: 'the end of all effects' });

describe('what is planned', () => {
  it('is due at once also by a clock that is a little behind that of Postgres, and no sooner than it may be', async () => {
    const planner = house.replica({ kinds: { act: aKind(async () => ({ done: null })) } });
    const notBefore = new Date(Date.now() + 60_000);
    await house.plan(planner, aPlan({ lane: 'now' }), aPlan({ lane: 'later', notBefore }));
    const due = await house.dataSource.query(
      `SELECT lane, (next_at < planned_at - interval '10 milliseconds') AS early FROM effect_lanes JOIN effects USING (lane) ORDER BY lane`,
    );
    expect(due).toEqual([
      { lane: 'later', early: false },
      { lane: 'now', early: true },
    ]);
  });
});

describe('an effect', () => {
  it('is carried out right after the commit, and its lane is gone', async () => {
    const seen: unknown[] = [];
    const effects = house.replica({
      pollMs: 60_000,
      kinds: { act: aKind(async ({ payload, attempts, inDoubt }) => (seen.push({ payload, attempts, inDoubt }), { done: null })) },
    });
    effects.start();
    await house.plan(effects, aPlan({ payload: { text: 'Hé 👋' } }));
    await allDone();
    expect(seen).toEqual([{ payload: { text: 'Hé 👋' }, attempts: 1, inDoubt: false }]);
    expect(await house.lanes()).toBe(0);
  });

  it('of a transaction that was rolled back never happens', async () => {
    let calls = 0;
    const effects = house.replica({ kinds: { act: aKind(async () => ((calls += 1), { done: null })) } });
    effects.start();
    const rolledBack = house.dataSource.transaction(async (manager) => {
      await effects.plan(manager, [aPlan({ lane: 'ghost' })]);
      throw new Error('no');
    });
    await expect(rolledBack).rejects.toThrow('no');
    await house.plan(effects, aPlan());
    await allDone();
    expect(calls).toBe(1);
  });

  it('that was planned by somebody else is found without a wake', async () => {
    const seen: string[] = [];
    const effects = house.replica({ kinds: { act: aKind(async ({ lane }) => (seen.push(lane), { done: null })) } });
    effects.start();
    const planner = house.replica({ kinds: {} });
    await house.dataSource.transaction((manager) => planner.plan(manager, [aPlan()]));
    await allDone();
    expect(seen).toEqual(['lane']);
  });

  it('planned twice under one id happens once, even when it is over', async () => {
    let calls = 0;
    const effects = house.replica({ kinds: { act: aKind(async () => ((calls += 1), { done: null })) } });
    effects.start();
    const id = newId();
    await house.plan(effects, aPlan({ id }), aPlan({ id }));
    await allDone();
    await house.plan(effects, aPlan({ id }));
    await eventually(async () => (await house.lanes()) === 0);
    expect(calls).toBe(1);
    expect(await house.states()).toHaveLength(1);
  });

  it('that threw is done again, in doubt, with the code as its reason meanwhile', async () => {
    const doubts: boolean[] = [];
    const effects = house.replica({
      random: () => 0.99,
      kinds: {
        act: aKind(async ({ attempts, inDoubt }) => {
          doubts.push(inDoubt);
          if (attempts === 1) throw Object.assign(new Error('down'), { code: 'crisp.timeout' });
          return { done: null };
        }),
      },
    });
    effects.start();
    await house.plan(effects, aPlan());
    await eventually(async () => (await house.states())[0]?.reason === 'crisp.timeout');
    await allDone();
    expect(doubts).toEqual([false, true]);
    expect(effects.counters).toMatchObject({ attempts: 2, done: 1, retried: 1, inDoubtTotal: 1 });
  });

  it('that surely did not happen is done again without a doubt', async () => {
    const doubts: boolean[] = [];
    const effects = house.replica({
      random: () => 0.99,
      kinds: {
        act: aKind(async ({ attempts, inDoubt }) => {
          doubts.push(inDoubt);
          return attempts === 1 ? { retry: { reason: 'crisp.rate-limited', didNotHappen: true } } : { done: null };
        }),
      },
    });
    effects.start();
    await house.plan(effects, aPlan({ onDoubt: 'drop' }));
    await allDone();
    expect(doubts).toEqual([false, false]);
    expect(effects.counters.inDoubtTotal).toBe(0);
  });

  it('is not begun before its time, nor after its deadline', async () => {
    const begun: number[] = [];
    const effects = house.replica({ kinds: { act: aKind(async () => (begun.push(Date.now()), { done: null })) } });
    effects.start();
    const notBefore = new Date(Date.now() + 300);
    await house.plan(effects, aPlan({ lane: 'later', notBefore }), aPlan({ lane: 'late', deadline: new Date(Date.now() - 1) }));
    await allDone();
    expect(begun).toHaveLength(1);
    expect(begun[0]).toBeGreaterThanOrEqual(notBefore.getTime() - 50);
    expect(await house.states()).toMatchObject([{ state: 'done' }, { state: 'refused', reason: 'effect.deadline' }]);
  });

  it('of a kind that nobody here knows waits for a program that does', async () => {
    const effects = house.replica({ kinds: {} });
    effects.start();
    await house.plan(effects, aPlan({ kind: 'constructor' }));
    await eventually(async () => (await house.states())[0]?.reason === 'effect.unknown-kind');
    expect(await house.states()).toMatchObject([{ state: 'planned' }]);
    expect(effects.sickTargets).toEqual([]);
  });

  it('that ended is kept until it is pruned', async () => {
    const effects = house.replica({
      kinds: { act: aKind(async () => ({ done: null })), no: aKind(async () => ({ refused: 'crisp.refused' })) },
    });
    effects.start();
    await house.plan(effects, aPlan(), aPlan({ kind: 'no' }));
    await allDone();
    expect(await house.states()).toMatchObject([{ state: 'done' }, { state: 'refused', reason: 'crisp.refused' }]);
    expect(await effects.prune(house.dataSource.manager, new Date(Date.now() - 60_000))).toBe(0);
    expect(await effects.prune(house.dataSource.manager, new Date(Date.now() + 60_000))).toBe(2);
    expect(await house.states()).toEqual([]);
  });
});

describe('a lane', () => {
  it('keeps its order, also over attempts and over other targets', async () => {
    const seen: unknown[] = [];
    const effects = house.replica({
      random: () => 0.99,
      kinds: {
        act: aKind(async ({ payload, attempts }) => {
          if (payload === 2 && attempts === 1) return { retry: { reason: 'busy', didNotHappen: true } };
          seen.push(payload);
          return { done: null };
        }),
      },
    });
    effects.start();
    await house.plan(
      effects,
      ...[1, 2, 3, 4, 5, 6].map((payload) => aPlan({ payload, target: `t${payload % 2}`, budget: payload % 3 === 0 ? 'low' : 'high' })),
    );
    await allDone();
    expect(seen).toEqual([1, 2, 3, 4, 5, 6]);
    expect(await house.lanes()).toBe(0);
  });

  it('that is slow delays no other', async () => {
    const seen: string[] = [];
    let letGo = (): void => undefined;
    const held = new Promise<void>((resolve) => (letGo = resolve));
    const effects = house.replica({
      kinds: {
        act: aKind(async ({ lane }) => {
          if (lane === 'slow') await held;
          seen.push(lane);
          return { done: null };
        }),
      },
    });
    effects.start();
    await house.plan(
      effects,
      aPlan({ lane: 'slow' }),
      aPlan({ lane: 'slow' }),
      ...Array.from({ length: 20 }, (_, n) => aPlan({ lane: `quick-${n}` })),
    );
    await eventually(() => seen.length === 20);
    letGo();
    await allDone();
    expect(seen.slice(20)).toEqual(['slow', 'slow']);
  });

  it('takes more work while somebody plans for it in an open transaction', async () => {
    const seen: unknown[] = [];
    const effects = house.replica({ kinds: { act: aKind(async ({ payload }) => (seen.push(payload), { done: null })) } });
    effects.start();
    let began = (): void => undefined;
    const isPlanned = new Promise<void>((resolve) => (began = resolve));
    const open = house.dataSource.transaction(async (manager) => {
      await effects.plan(manager, [aPlan({ payload: 1 })]);
      began();
      await pause(100);
    });
    await isPlanned;
    await house.plan(effects, aPlan({ lane: 'other', payload: 'other' }));
    await eventually(() => seen.includes('other'), { within: 90 });
    await open;
    await house.plan(effects, aPlan({ payload: 2 }));
    await allDone();
    expect(seen.filter((payload) => payload !== 'other')).toEqual([1, 2]);
  });

  it('loses nothing that is planned at the moment it runs empty', async () => {
    let calls = 0;
    const effects = house.replica({ pollMs: 60_000, kinds: { act: aKind(async () => ((calls += 1), { done: null })) } });
    effects.start();
    const planner = async () => {
      for (let n = 0; n < 150; n += 1) await house.plan(effects, aPlan({ lane: `lane-${n % 2}` }));
    };
    await Promise.all([planner(), planner(), planner(), planner()]);
    await allDone();
    expect(calls).toBe(600);
  });
});

describe('cancelling', () => {
  it('takes back what was not begun, and lets what is under way end', async () => {
    const seen: unknown[] = [];
    let letGo = (): void => undefined;
    const held = new Promise<void>((resolve) => (letGo = resolve));
    const effects = house.replica({
      kinds: {
        act: aKind(async ({ payload }) => {
          seen.push(payload);
          if (payload === 1) await held;
          return { done: null };
        }),
      },
    });
    effects.start();
    const last = newId();
    await house.plan(
      effects,
      aPlan({ payload: 1 }),
      aPlan({ payload: 2 }),
      aPlan({ payload: 3, kind: 'other' }),
      aPlan({ payload: 4, id: last }),
    );
    await eventually(() => seen.length === 1);
    const cancel = (which: { kinds?: string[]; ids?: string[] }) =>
      house.dataSource.transaction((manager) => effects.cancel(manager, 'lane', which));
    expect(await cancel({ kinds: ['other'] })).toBe(1);
    expect(await cancel({ ids: [last, newId()] })).toBe(1);
    expect(await cancel({ ids: [] })).toBe(0);
    letGo();
    await allDone();
    expect(seen).toEqual([1, 2]);
    expect(await cancel({})).toBe(0);
  });

  it('what waits behind a cancelled one goes on at once', async () => {
    const seen: unknown[] = [];
    const effects = house.replica({ kinds: { act: aKind(async ({ payload }) => (seen.push(payload), { done: null })) } });
    effects.start();
    const far = newId();
    await house.plan(effects, aPlan({ id: far, payload: 'far', notBefore: new Date(Date.now() + 3_600_000) }), aPlan({ payload: 'near' }));
    await house.dataSource.transaction((manager) => effects.cancel(manager, 'lane', { ids: [far] }));
    effects.wake(['lane']);
    await allDone();
    expect(seen).toEqual(['near']);
  });
});
