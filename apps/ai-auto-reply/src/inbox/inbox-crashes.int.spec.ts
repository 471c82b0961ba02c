import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@baton/testing';
import { Stage } from '../testing/stage.js';
import type { InboxVisitor } from '../testing/inbox-visitor.js';

const SHIPPING = 'How long does shipping take?';
const CONVERSATIONS = 20;

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.build();
  await stage.replica();
}, 120_000);
afterAll(() => stage.close(), 30_000);

/** Kills every replica as a machine that loses its power does, and starts one again. */
async function crash(): Promise<void> {
  await Promise.all(stage.replicas.filter(({ child }) => child.running).map(({ child }) => child.kill('SIGKILL')));
  await stage.replica();
}

async function killedWhen(isReached: (visitor: InboxVisitor) => Promise<unknown>, what: string): Promise<InboxVisitor> {
  const visitor = await stage.visitor();
  await visitor.writes(SHIPPING);
  await eventually(() => isReached(visitor), { what, every: 1 });
  await crash();
  return visitor;
}

const rows = async (sql: string, visitor: InboxVisitor): Promise<boolean> =>
  (await stage.dataSource.query<unknown[]>(sql, [visitor.sessionId])).length > 0;

describe('a process that is killed', () => {
  it.each<[string, string]>([
    ['with a burst that is not over', 'SELECT FROM inbox_sessions WHERE session_id = $1 AND due_at IS NOT NULL'],
    ['with an answer in the making', 'SELECT FROM inbox_sessions WHERE session_id = $1 AND lease_owner IS NOT NULL'],
    ['with a reserved quota', "SELECT FROM quota_entries, inbox_sessions WHERE session_id = $1 AND quota_entries.state = 'reserved'"],
    ['with an answer planned', 'SELECT FROM effects WHERE lane = $1'],
    ['with an answer on its way', "SELECT FROM effects WHERE lane = $1 AND state = 'in-doubt'"],
  ])('%s says it once all the same', async (_, reached) => {
    const visitor = await killedWhen((one) => rows(reached, one), 'the moment to kill it');
    await visitor.isAnswered(1, 40_000);
    await visitor.isQuiet();
    expect(await visitor.answers()).toHaveLength(1);
  });

  it('right after Crisp took the answer says it no second time, and counts it once', async () => {
    const before = stage.used.length;
    const visitor = await killedWhen(async (one) => (await one.answers()).length > 0, 'the answer in Crisp');
    await visitor.isQuiet();
    expect(await visitor.answers()).toHaveLength(1);
    await eventually(() => stage.used.length > before, { what: 'the use being counted', within: 40_000 });
    expect(new Set(stage.used.map(({ entryId }) => entryId)).size).toBe(stage.used.length);
  });
});

describe('Crisp', () => {
  it('that fails or loses its answers gets every answer at most once', async () => {
    await stage.crisp('PUT', '/faults', {
      rest: {
        failures: [
          { kind: '500', share: 0.4, when: 'either', path: '/message', count: 6 },
          { kind: 'disconnect', share: 0.3, when: 'either', path: '/message', count: 6 },
        ],
      },
    });
    const visitors = await Promise.all(Array.from({ length: 6 }, () => stage.visitor()));
    await Promise.all(visitors.map((visitor) => visitor.writes(SHIPPING)));
    await Promise.all(visitors.map((visitor) => visitor.isQuiet(90_000)));
    await stage.crisp('DELETE', '/faults');
    const counts = await Promise.all(visitors.map(async (visitor) => (await visitor.answers()).length));
    expect(counts.every((count) => count <= 1)).toBe(true);
  });
});

describe('many at once', () => {
  it(`${CONVERSATIONS} visitors are answered within 3 s, their pause included`, async () => {
    await stage.publish({ assistant: { burst: { quietMs: 1_200, longestMs: 8_000 } } });
    const visitors = await Promise.all(Array.from({ length: CONVERSATIONS }, () => stage.visitor()));
    const asked = await Promise.all(
      visitors.map(async (visitor) => {
        const at = Date.now();
        await visitor.writes(SHIPPING);
        return at;
      }),
    );
    const answers = await Promise.all(visitors.map((visitor) => visitor.isAnswered(1, 30_000)));
    const took = answers.map(({ timestamp }, index) => timestamp - asked[index]!).sort((a, b) => a - b);
    const p95 = took[Math.ceil(took.length * 0.95) - 1]!;
    process.stderr.write(`answers of ${CONVERSATIONS} conversations at once: p50 ${took[CONVERSATIONS / 2]} ms, p95 ${p95} ms\n`);
    expect(p95).toBeLessThan(6_000);
  });

  it('are answered once by several replicas', async () => {
    await stage.publish({ assistant: { burst: { quietMs: 200, longestMs: 4_000 } } });
    await stage.replica();
    const visitors = await Promise.all(Array.from({ length: CONVERSATIONS }, () => stage.visitor()));
    await Promise.all(visitors.map((visitor) => visitor.writes(SHIPPING)));
    await Promise.all(visitors.map((visitor) => visitor.isAnswered(1, 30_000)));
    await Promise.all(visitors.map((visitor) => visitor.isQuiet()));
    const counts = await Promise.all(visitors.map(async (visitor) => (await visitor.answers()).length));
    expect(counts).toEqual(visitors.map(() => 1));
  });
});
