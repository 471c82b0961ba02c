import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '@baton/testing';
import type { EntityManager } from 'typeorm';
import type { Effect, EffectEnd } from './effect.js';
import { aKind, aPlan, openHouse, type House } from './testing/house.js';

let house: House;
beforeEach(async () => {
  house = await openHouse();
  await house.dataSource.query('CREATE TABLE told (lane text NOT NULL, what text NOT NULL)');
});
afterEach(() => house.close());

/** What a replica survived, where that is expected. */
const survived = () => {
  const reasons: string[] = [];
  return { reasons, onError: (error: unknown) => void reasons.push(error instanceof Error ? error.message : String(error)) };
};
const allDone = () => eventually(async () => (await house.open()) === 0, { what: 'the end of all effects' });
const told = async (): Promise<string[]> =>
  (await house.dataSource.query('SELECT what FROM told ORDER BY what')).map(({ what }: { what: string }) => what);
const tell = async (manager: EntityManager, { lane, payload }: Effect, end: EffectEnd): Promise<void> => {
  await manager.query('INSERT INTO told VALUES ($1, $2)', [lane, `${String(payload)} ${'done' in end ? 'done' : end.refused}`]);
};

describe('the end of an effect', () => {
  it('is told once, with what it came to, and what is to be done after the commit is done after it', async () => {
    const after: number[] = [];
    const effects = house.replica({
      kinds: {
        act: aKind(async ({ payload }) => (payload === 2 ? { refused: 'no' } : { done: null }), {
          settled: async (manager, effect, end) => {
            await tell(manager, effect, end);
            return () => void told().then((rows) => after.push(rows.length));
          },
        }),
      },
    });
    effects.start();
    await house.plan(effects, ...[1, 2, 3].map((payload) => aPlan({ payload, lane: `l${payload}` })));
    await allDone();
    expect(await told()).toEqual(['1 done', '2 no', '3 done']);
    await eventually(() => after.length === 3);
    expect(Math.min(...after)).toBeGreaterThan(0);
  });

  it('may plan what comes next, which goes on in the lane at once', async () => {
    const seen: unknown[] = [];
    const effects = house.replica({
      pollMs: 60_000,
      kinds: {
        act: aKind(async ({ payload }) => (seen.push(payload), { done: null }), {
          settled: async (manager, { payload }) => {
            if (Number(payload) < 10) await effects.plan(manager, [aPlan({ payload: Number(payload) + 1 })]);
          },
        }),
      },
    });
    effects.start();
    await house.plan(effects, aPlan({ payload: 1 }));
    await eventually(() => seen.length === 10);
    await allDone();
    expect(seen).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  it('whose telling fails is told again, the act is not repeated, and those told beside it are not harmed', async () => {
    let failures = 3;
    let performed = 0;
    const { reasons, onError } = survived();
    const effects = house.replica({
      onError,
      kinds: {
        act: aKind(async () => ((performed += 1), { done: null }), {
          settled: async (manager, effect, end) => {
            await tell(manager, effect, end);
            if (effect.payload === 0 && failures-- > 0) throw new Error('cannot');
          },
        }),
      },
    });
    effects.start();
    await house.plan(effects, ...Array.from({ length: 30 }, (_, payload) => aPlan({ payload, lane: `l${payload}` })));
    await allDone();
    expect(performed).toBe(30);
    expect(await told()).toEqual(Array.from({ length: 30 }, (_, n) => `${n} done`).sort());
    expect(new Set(reasons)).toEqual(new Set(['cannot']));
  });

  it('that cannot be told for long is put aside with what it came to, and told later without being repeated', async () => {
    let performed = 0;
    let looked = 0;
    let isBroken = true;
    const kind = aKind(async () => ((performed += 1), { done: 'm1' }), {
      findOut: async () => ((looked += 1), 'did-not-happen'),
      settled: async (manager, effect, end) => {
        await tell(manager, effect, end);
        if (isBroken) throw new Error('cannot');
      },
    });
    const { reasons, onError } = survived();
    const effects = house.replica({ kinds: { act: kind }, random: () => 0.99, onError });
    effects.start();
    await house.plan(effects, aPlan({ payload: 1 }));
    const aside = async () => (await house.dataSource.query('SELECT outcome FROM effects WHERE outcome IS NOT NULL'))[0];
    expect(await eventually(aside, { within: 15_000 })).toEqual({ outcome: { done: 'm1' } });
    isBroken = false;
    await allDone();
    expect([performed, looked]).toEqual([1, 0]);
    expect(await told()).toEqual(['1 done']);
    expect(new Set(reasons)).toEqual(new Set(['cannot']));
  }, 30_000);
});
