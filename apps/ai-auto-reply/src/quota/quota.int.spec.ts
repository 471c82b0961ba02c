import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { decodeEvent, newId, usage } from '@baton/contracts';
import type { OutgoingRecord } from '@baton/contracts';
import { Outbox } from '@baton/messaging';
import { createDataSource, runMigrations } from '@baton/persistence';
import { eventually, freshDatabase } from '@baton/testing';
import type { FreshDatabase } from '@baton/testing';
import fc from 'fast-check';
import type { DataSource, EntityManager } from 'typeorm';
import { migrations, SCHEMA } from '../database/index.js';
import { QuotaKeeper } from './quota-keeper.js';
import type { QuotaWarning } from './quota-keeper.js';
import { Quota, RESERVATION_LEASE_MS } from './quota.js';
import type { Place } from './quota.js';
import { UsageReader } from './usage-reader.js';

let database: FreshDatabase;
/** Two processes of the service. */
let replicas: [DataSource, DataSource];
let outboxes: [Outbox, Outbox];
/** What the keepers told. */
const kept: OutgoingRecord[] = [];
let limit: number | undefined;
let warnAtPercent = 80;
let now: Date;
let late = 0;
const ended: string[] = [];
const unknown: string[] = [];

const plans = {
  workspace: () => ({ answers: { ...(limit === undefined ? {} : { perMonth: limit }), warnAtPercent } }),
};
const quota = new Quota({
  plans,
  now: () => now,
  observer: { onEnd: () => ended.push('end'), onLate: () => (late += 1), onUnknown: (entryId) => unknown.push(entryId) },
});
const NOVEMBER = new Date('2026-11-10T09:00:00.000Z');

beforeAll(async () => {
  database = await freshDatabase(process.env['DATABASE_URL']!, 'quota');
  await runMigrations({ url: database.url, schema: SCHEMA, migrations, applicationName: 'quota-test' });
  const open = () => createDataSource({ url: database.url, schema: SCHEMA, applicationName: 'quota-test', poolSize: 8 }).initialize();
  replicas = [await open(), await open()];
  outboxes = [0, 1].map(
    (n) =>
      new Outbox({
        dataSource: replicas[n]!,
        producer: { send: async (records) => void kept.push(...(records as OutgoingRecord[])) },
        instanceId: `replica-${n}`,
      }),
  ) as [Outbox, Outbox];
});
afterAll(async () => {
  for (const outbox of outboxes) await outbox.stop();
  for (const replica of replicas) await replica.destroy();
  await database.drop();
});
beforeEach(() => {
  limit = undefined;
  warnAtPercent = 80;
  now = NOVEMBER;
  late = 0;
  ended.length = 0;
  unknown.length = 0;
  kept.length = 0;
});

/** A workspace that no other test counts in. */
const aWorkspace = () => `w-${newId()}`;
const reserve = (workspaceId: string, entryId = newId(), at = now, manager: EntityManager = replicas[0].manager) =>
  quota.reserve(manager, { entryId, workspaceId, botId: 'demo', at });
const commit = (entryId: string, place: Place = 'inbox', manager: EntityManager = replicas[0].manager) =>
  quota.commit(manager, entryId, place, now);
const refund = (entryId: string, manager: EntityManager = replicas[0].manager) => quota.refund(manager, entryId, 'not-said');
/** What a keeper on one of the processes does now and then. */
const keeperOf = (replica: 0 | 1) => new QuotaKeeper({ dataSource: replicas[replica], plans, outbox: outboxes[replica], now: () => now });
async function sweep(replica: 0 | 1): Promise<void> {
  const keeper = keeperOf(replica);
  await keeper.giveBack();
  await keeper.count();
}
async function monthOf(workspaceId: string, period = '2026-11') {
  const [row] = await replicas[0].query(
    'SELECT reserved, committed, warned_at FROM quota_periods WHERE workspace_id = $1 AND period = $2',
    [workspaceId, period],
  );
  return row as { reserved: number; committed: number; warned_at: Date | null } | undefined;
}
const told = ([record]: OutgoingRecord[]) =>
  decodeEvent(usage, { ...record!, key: Buffer.from(record!.key), value: Buffer.from(record!.value!) }).data;

describe('one answer', () => {
  it('is reserved, said and counted once, however often each step is repeated', async () => {
    limit = 2;
    const workspaceId = aWorkspace();
    const entryId = newId();
    expect([await reserve(workspaceId, entryId), await reserve(workspaceId, entryId)]).toEqual(['reserved', 'reserved']);
    expect(await monthOf(workspaceId)).toMatchObject({ reserved: 1, committed: 0 });
    const first = await commit(entryId, 'webchat');
    expect(told(first)).toEqual({
      ...{ workspaceId, botId: 'demo', entryId, at: NOVEMBER.toISOString(), period: '2026-11', place: 'webchat', used: 1, limit: 2 },
    });
    expect(await commit(entryId, 'webchat')).toEqual([]);
    await refund(entryId);
    expect(await reserve(workspaceId, entryId)).toBe('reserved');
    expect(await monthOf(workspaceId)).toMatchObject({ reserved: 0, committed: 1 });
  });

  it('that was not said is given back once, and may be tried again', async () => {
    limit = 1;
    const workspaceId = aWorkspace();
    const entryId = newId();
    await reserve(workspaceId, entryId);
    expect(await reserve(workspaceId)).toBe('at-end');
    await refund(entryId);
    await refund(entryId);
    expect(await monthOf(workspaceId)).toMatchObject({ reserved: 0, committed: 0 });
    expect(await reserve(workspaceId, entryId)).toBe('reserved');
    await commit(entryId);
    expect(await reserve(workspaceId)).toBe('at-end');
    expect(ended).toHaveLength(2);
  });

  it('of a transaction that is rolled back leaves nothing behind', async () => {
    const workspaceId = aWorkspace();
    const entryId = newId();
    await replicas[0]
      .transaction(async (manager) => {
        await reserve(workspaceId, entryId, now, manager);
        throw new Error('the process died');
      })
      .catch(() => undefined);
    expect(await monthOf(workspaceId)).toBeUndefined();
    expect(await commit(entryId)).toEqual([]);
    expect(unknown).toEqual([entryId]);
  });

  it('costs two statements', async () => {
    const workspaceId = aWorkspace();
    const entryId = newId();
    await replicas[0].transaction(async (manager) => {
      const client = (await manager.queryRunner!.connect()) as { query: (...given: unknown[]) => unknown };
      const asked = client.query.bind(client);
      let statements = 0;
      client.query = (...given) => {
        statements += 1;
        return asked(...given);
      };
      await reserve(workspaceId, entryId, now, manager);
      await commit(entryId, 'inbox', manager);
      client.query = asked;
      expect(statements).toBe(2);
    });
  });
});

describe('the limit', () => {
  it('of nothing lets nothing pass, none lets everything pass', async () => {
    const workspaceId = aWorkspace();
    limit = 0;
    const refused = newId();
    expect([await reserve(workspaceId, refused), await reserve(workspaceId)]).toEqual(['at-end', 'at-end']);
    limit = undefined;
    const entryId = newId();
    expect(await reserve(workspaceId, entryId)).toBe('reserved');
    expect(told(await commit(entryId))).toMatchObject({ used: 1, limit: null });
  });

  it('that is lowered or raised in the middle of a month holds from then on', async () => {
    const workspaceId = aWorkspace();
    limit = 3;
    const entries = [newId(), newId(), newId()];
    for (const entryId of entries) expect(await reserve(workspaceId, entryId)).toBe('reserved');
    limit = 1;
    for (const entryId of entries) expect(told(await commit(entryId)).limit).toBe(1);
    expect(await reserve(workspaceId)).toBe('at-end');
    limit = 4;
    expect([await reserve(workspaceId), await reserve(workspaceId)]).toEqual(['reserved', 'at-end']);
  });

  it('begins anew with the month, by the clock of UTC; an answer counts where it was reserved', async () => {
    limit = 1;
    const workspaceId = aWorkspace();
    const entryId = newId();
    expect(await reserve(workspaceId, entryId, new Date('2026-11-30T23:59:59.999Z'))).toBe('reserved');
    now = new Date('2026-12-01T00:00:00.000Z');
    expect(await reserve(workspaceId)).toBe('reserved');
    expect(told(await commit(entryId))).toMatchObject({ period: '2026-11', used: 1 });
    expect([await monthOf(workspaceId), await monthOf(workspaceId, '2026-12')]).toMatchObject([
      { reserved: 0, committed: 1 },
      { reserved: 1, committed: 0 },
    ]);
  });
});

describe('a reservation that a dead process left', () => {
  it('is given back when its lease is over, and not before', async () => {
    limit = 1;
    const workspaceId = aWorkspace();
    await reserve(workspaceId);
    now = new Date(NOVEMBER.getTime() + RESERVATION_LEASE_MS);
    await sweep(1);
    expect(await reserve(workspaceId)).toBe('at-end');
    now = new Date(NOVEMBER.getTime() + RESERVATION_LEASE_MS + 1);
    await Promise.all([sweep(1), sweep(0)]);
    expect(await monthOf(workspaceId)).toMatchObject({ reserved: 0, committed: 0 });
    expect(await reserve(workspaceId)).toBe('reserved');
  });

  it('counts all the same when its answer was posted, even above the limit', async () => {
    limit = 1;
    const workspaceId = aWorkspace();
    const posted = newId();
    await reserve(workspaceId, posted);
    now = new Date(NOVEMBER.getTime() + RESERVATION_LEASE_MS + 1);
    await sweep(1);
    const next = newId();
    await reserve(workspaceId, next);
    expect(told(await commit(next)).used).toBe(1);
    expect(await commit(posted)).toEqual([]);
    expect(late).toBe(1);
    await sweep(0);
    await eventually(() => kept.length === 1, { what: 'the event' });
    expect(told(kept)).toMatchObject({ entryId: posted, place: 'inbox', used: 2, limit: 1 });
    expect(await monthOf(workspaceId)).toMatchObject({ reserved: 0, committed: 2 });
    expect(await reserve(workspaceId)).toBe('at-end');
  });
});

/** A month of two: one answer was said, and one given back that nobody has counted yet. */
async function aPlaceGivenBack() {
  limit = 2;
  const [workspaceId, said, givenBack] = [aWorkspace(), newId(), newId()];
  await reserve(workspaceId, said);
  await reserve(workspaceId, givenBack);
  await replicas[0].transaction(async (manager) => {
    await commit(said, 'inbox', manager);
    await refund(givenBack, replicas[1].manager);
  });
  return { workspaceId, givenBack };
}

describe('two transactions that end answers of the same workspaces in another order', () => {
  it('never wait for each other; what they could not count at once is counted and told a moment later', async () => {
    limit = 3;
    const [a, b] = [aWorkspace(), aWorkspace()];
    const ids = { a1: newId(), a2: newId(), a3: newId(), b1: newId(), b2: newId() };
    for (const [name, entryId] of Object.entries(ids)) await reserve(name.startsWith('a') ? a : b, entryId);
    const events: OutgoingRecord[] = [];
    await replicas[0].transaction(async (first) => {
      events.push(...(await commit(ids.a1, 'inbox', first)));
      await replicas[1].transaction(async (second) => {
        events.push(...(await commit(ids.b1, 'inbox', second)));
        expect(await commit(ids.a2, 'webchat', second)).toEqual([]);
        await refund(ids.a3, second);
        expect(await commit(ids.b2, 'inbox', first)).toEqual([]);
      });
    });
    expect(events.map((event) => told([event]).used)).toEqual([1, 1]);
    expect(await monthOf(a)).toMatchObject({ reserved: 2, committed: 1 });
    const reader = new UsageReader(replicas[0], plans, () => now);
    expect((await reader.read(a, 1)).months).toMatchObject([{ reserved: 0, used: 2 }]);
    await Promise.all([sweep(0), sweep(1)]);
    await eventually(() => kept.length === 2, { what: 'the events' });
    expect(
      kept
        .map((event) => told([event]))
        .map(({ entryId, used }) => [entryId, used])
        .sort(),
    ).toEqual(
      [
        [ids.a2, 2],
        [ids.b2, 2],
      ].sort(),
    );
    expect([await monthOf(a), await monthOf(b)]).toMatchObject([
      { reserved: 0, committed: 2 },
      { reserved: 0, committed: 2 },
    ]);
  });

  it('give a place back that the next reservation finds, though nobody counted it yet', async () => {
    const { workspaceId } = await aPlaceGivenBack();
    expect(await monthOf(workspaceId)).toMatchObject({ reserved: 1, committed: 1 });
    expect([await reserve(workspaceId), await reserve(workspaceId)]).toEqual(['reserved', 'at-end']);
    expect(await monthOf(workspaceId)).toMatchObject({ reserved: 1, committed: 1 });
  });

  it('let an entry be reserved again before anybody counted that it was given back', async () => {
    const { workspaceId, givenBack } = await aPlaceGivenBack();
    expect(await reserve(workspaceId, givenBack)).toBe('reserved');
    await sweep(0);
    expect(await monthOf(workspaceId)).toMatchObject({ reserved: 1, committed: 1 });
  });
});

describe('the warning', () => {
  it('comes once for a month and workspace, on one replica, when the part is reached', async () => {
    limit = 5;
    const workspaceId = aWorkspace();
    const warnings: QuotaWarning[] = [];
    const keepers = ([0, 1] as const).map((replica) => {
      const keeper = keeperOf(replica);
      keeper.onWarning((warning) => void (warning.workspaceId === workspaceId && warnings.push(warning)));
      return keeper;
    });
    const keep = () => Promise.all([...keepers, ...keepers].map((keeper) => keeper.keep()));
    const say = async () => {
      const entryId = newId();
      await reserve(workspaceId, entryId);
      await commit(entryId);
    };
    for (let n = 0; n < 3; n += 1) await say();
    await keep();
    expect(warnings).toEqual([]);
    await say();
    await keep();
    await say();
    await keep();
    expect(warnings).toEqual([{ workspaceId, period: '2026-11', used: 4, limit: 5 }]);
    expect((await monthOf(workspaceId))?.warned_at).toEqual(NOVEMBER);
  });
});

describe('what was used', () => {
  it('is told by month, bot and place, with what the end left without an answer', async () => {
    limit = 3;
    const workspaceId = aWorkspace();
    const say = async (botId: string, place: Place, at: Date) => {
      const entryId = newId();
      await quota.reserve(replicas[0].manager, { entryId, workspaceId, botId, at });
      await quota.commit(replicas[0].manager, entryId, place, at);
    };
    await say('demo', 'inbox', new Date('2026-10-31T23:00:00.000Z'));
    await say('demo', 'inbox', now);
    await say('shop', 'messenger', now);
    await reserve(workspaceId);
    await reserve(workspaceId);
    const reader = new UsageReader(replicas[0], plans, () => now);
    expect(await reader.read(workspaceId, 3)).toEqual({
      workspaceId,
      limit: 3,
      warnAt: 80,
      months: [
        {
          period: '2026-11',
          used: 2,
          reserved: 1,
          turnedAway: 1,
          warnedAt: null,
          bots: [
            { botId: 'demo', inbox: 1, webchat: 0, messenger: 0 },
            { botId: 'shop', inbox: 0, webchat: 0, messenger: 1 },
          ],
        },
        {
          period: '2026-10',
          used: 1,
          reserved: 0,
          turnedAway: 0,
          warnedAt: null,
          bots: [{ botId: 'demo', inbox: 1, webchat: 0, messenger: 0 }],
        },
        { period: '2026-09', used: 0, reserved: 0, turnedAway: 0, warnedAt: null, bots: [] },
      ],
    });
  });
});

describe('the entries', () => {
  it('are forgotten after 14 months; what they added up to stays', async () => {
    const workspaceId = aWorkspace();
    for (const at of ['2025-09-30T23:59:59.999Z', '2025-10-01T00:00:00.000Z']) {
      const entryId = newId();
      await reserve(workspaceId, entryId, new Date(at));
      await commit(entryId);
    }
    expect(await keeperOf(0).forget()).toBe(1);
    expect([await monthOf(workspaceId, '2025-09'), await monthOf(workspaceId, '2025-10')]).toMatchObject([
      { committed: 1 },
      { committed: 1 },
    ]);
    const kept = await replicas[0].query('SELECT period FROM quota_entries WHERE workspace_id = $1', [workspaceId]);
    expect(kept).toEqual([{ period: '2025-10' }]);
  });
});

describe('many processes at once', () => {
  it('never go above the limit, and lose and double nothing, whatever dies, is repeated or is swept meanwhile', async () => {
    const actOf = fc.record({
      entry: fc.integer({ min: 0, max: 11 }),
      end: fc.constantFrom('commit', 'commit-twice', 'refund', 'both', 'die', 'die-before-commit', 'left-open'),
      replica: fc.constantFrom(0 as const, 1 as const),
    });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 8 }), fc.array(actOf, { minLength: 1, maxLength: 30 }), async (allowed, acts) => {
        limit = allowed;
        now = NOVEMBER;
        const workspaceId = aWorkspace();
        const ids = Array.from({ length: 12 }, () => newId());
        const spoken = new Set<string>();
        const events: OutgoingRecord[] = [];
        let highest = 0;
        const watch = async () => {
          const month = await monthOf(workspaceId);
          highest = Math.max(highest, (month?.reserved ?? 0) + (month?.committed ?? 0));
        };
        await Promise.all(
          acts.map(async ({ entry, end, replica }) => {
            const entryId = ids[entry]!;
            const { manager } = replicas[replica];
            if ((await reserve(workspaceId, entryId, NOVEMBER, manager)) === 'at-end') return;
            await watch();
            const say = async () => {
              events.push(...(await replicas[replica].transaction((own) => commit(entryId, 'inbox', own))));
              spoken.add(entryId);
            };
            const die = (work: (own: EntityManager) => Promise<unknown>) =>
              replicas[replica]
                .transaction(async (own) => {
                  await work(own);
                  throw new Error('the process died');
                })
                .catch(() => undefined);
            if (end === 'commit') await say();
            if (end === 'commit-twice') await Promise.all([say(), say()]);
            if (end === 'refund') await refund(entryId, manager);
            if (end === 'both') await Promise.all([refund(entryId, manager), say()]);
            if (end === 'die') await die((own) => reserve(workspaceId, entryId, NOVEMBER, own));
            if (end === 'die-before-commit') await die((own) => commit(entryId, 'inbox', own));
            await watch();
          }),
        );
        const lateOnes = late;
        late = 0;
        // What an entry's refund gave back while another one said it, is counted above the limit, and told.
        expect(highest).toBeLessThanOrEqual(allowed + lateOnes);
        now = new Date(NOVEMBER.getTime() + RESERVATION_LEASE_MS + 1);
        await Promise.all([sweep(0), sweep(1)]);
        await sweep(0);
        const month = await monthOf(workspaceId);
        expect([month?.reserved ?? 0, month?.committed ?? 0]).toEqual([0, spoken.size]);
        const used = () => [...events, ...kept].map((event) => told([event])).filter((answer) => answer.workspaceId === workspaceId);
        await eventually(() => used().length >= spoken.size, { what: 'all events' });
        expect(
          used()
            .map((answer) => answer.used)
            .sort((a, b) => a - b),
        ).toEqual(Array.from(spoken, (_, n) => n + 1));
        expect(new Set(used().map(({ entryId }) => entryId))).toEqual(spoken);
        const [{ n }] = await replicas[0].query(
          "SELECT count(*)::integer AS n FROM quota_entries WHERE workspace_id = $1 AND state = 'committed'",
          [workspaceId],
        );
        expect(n).toBe(spoken.size);
      }),
      { numRuns: 40 },
    );
  });

  it('share out a small limit exactly', async () => {
    limit = 25;
    const workspaceId = aWorkspace();
    const answers = await Promise.all(Array.from({ length: 200 }, (_, n) => reserve(workspaceId, newId(), now, replicas[n % 2]!.manager)));
    expect(answers.filter((answer) => answer === 'reserved')).toHaveLength(25);
    expect(await monthOf(workspaceId)).toMatchObject({ reserved: 25, committed: 0 });
  });
});
