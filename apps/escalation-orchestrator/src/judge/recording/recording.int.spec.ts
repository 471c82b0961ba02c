import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ReplayAnswer, ReplayEntry, ReplayLine } from '@baton/contracts';
import { REPLAY_FORMAT } from '@baton/contracts';
import { handoverIdOf } from '../../floor/handover.js';
import { SESSION, START } from '../../floor/conversation.builder.js';
import { JudgeLines } from '../../replay/judge-lines.js';
import { readJudged } from '../../replay/read-judged.js';
import type { Wanted } from '../../replay/read-judged.js';
import { Visitor } from '../../testing/cases.js';
import { judgeKit } from '../../testing/judge-kit.js';
import type { JudgeKit, JudgeOnTheBench } from '../../testing/judge-kit.js';
import { Prune } from '../../pruning/prune.js';
import type { Case } from '../case.js';

let kit: JudgeKit;
beforeAll(async () => {
  kit = await judgeKit();
}, 60_000);
afterAll(() => kit.close());

/** Nothing here was brought by a record, so no Kafka is asked. */
const NO_KAFKA = { brokers: ['127.0.0.1:1'], clientId: 'test', topicPrefix: 'none' };

async function judgedAgain(wanted: Partial<Wanted>): Promise<{ entry: ReplayEntry; answer: ReplayAnswer }[]> {
  const lines = new JudgeLines();
  lines.take({ type: 'options', format: REPLAY_FORMAT, set: {}, explain: false, words: false });
  const runner = kit.dataSource.createQueryRunner();
  const all: { entry: ReplayEntry; answer: ReplayAnswer }[] = [];
  try {
    for await (const line of readJudged(runner, NO_KAFKA, { limit: 100_000, words: false, ...wanted }, 'test')) {
      // As it comes from another process.
      const answer = lines.take(JSON.parse(JSON.stringify(line)) as ReplayLine);
      if (line.type === 'entry') all.push({ entry: line, answer: answer as ReplayAnswer });
    }
  } finally {
    await runner.release();
  }
  return all;
}

interface Row {
  readonly starts: boolean;
  readonly decided: readonly { readonly kind: string; readonly passedOver?: string }[];
}

async function rowsOf({ conversationId }: Visitor): Promise<Row[]> {
  return kit.dataSource.query(
    'SELECT state_before IS NOT NULL AS starts, decided FROM judged_facts WHERE conversation_id = $1 ORDER BY position',
    [conversationId],
  );
}

const startsOf = async (visitor: Visitor) => (await rowsOf(visitor)).map(({ starts }) => starts);

/** The statements that one batch runs, by the name under which Postgres has parsed them. */
async function statementsOf(batch: readonly Case[], by: JudgeOnTheBench = kit): Promise<string[]> {
  const runner = by.dataSource.createQueryRunner();
  const client = Object.getPrototypeOf(await runner.connect()) as { query: (...args: unknown[]) => unknown };
  await runner.release();
  const { query } = client;
  const names: string[] = [];
  client.query = function (this: unknown, ...args: unknown[]) {
    const [statement] = args as [string | { name?: string; text?: string }];
    names.push(typeof statement === 'string' ? statement.split(/\s/)[0]! : (statement.name ?? statement.text!.split(/\s/)[0]!));
    return query.apply(this, args);
  };
  try {
    await by.judge.judge(batch);
  } finally {
    client.query = query;
  }
  return names.filter((name) => !name.includes('outbox'));
}

describe('what is judged is noted', () => {
  it('without a statement more than the judge needs anyway', async () => {
    const visitor = new Visitor();
    await kit.judge.judge([visitor.says('hello')]);
    const statements = await statementsOf([visitor.says('more')]);
    expect(statements.filter((name) => name === 'write-noted-decisions')).toHaveLength(1);
    expect(statements.filter((name) => /judged|polic/.test(name))).toEqual([]);
    expect(await rowsOf(visitor)).toHaveLength(2);
  });

  it('and what leaves no trace is not: it would be the only reason to write', async () => {
    const visitor = new Visitor();
    await kit.judge.judge([visitor.says('hello')]);
    const known = visitor.happens({ kind: 'visitor-known', name: 'Ada', locale: null });
    await kit.judge.judge([known]);
    const before = (await rowsOf(visitor)).length;
    expect(await statementsOf([visitor.happens({ kind: 'visitor-known', name: 'Ada', locale: null })])).not.toContainEqual(
      expect.stringMatching('decisions'),
    );
    expect(await rowsOf(visitor)).toHaveLength(before);
  });

  it('once, however often it comes', async () => {
    const visitor = new Visitor();
    const word = visitor.says('once');
    await Promise.all([1, 2, 3].map(() => kit.judge.judge([word, word])));
    expect(await rowsOf(visitor)).toHaveLength(1);
  });

  it('not at all when the batch is not committed', async () => {
    const visitor = new Visitor();
    const unknown = new Visitor('v_of_no_bot', 'no-such-bot');
    await expect(kit.judge.judge([visitor.says('hello'), unknown.says('hello')])).rejects.toThrow('no bot');
    expect(await rowsOf(visitor)).toHaveLength(0);
  });
});

describe('with JUDGED_DAYS=0', () => {
  it('nothing is noted, and nothing of it is asked of Postgres', async () => {
    const silent = await kit.another({ isNoted: false });
    const visitor = new Visitor();
    await silent.judge.judge([visitor.says('hello')]);
    expect(await statementsOf([visitor.says('more')], silent)).toContain('write-decisions');
    expect(await rowsOf(visitor)).toEqual([]);
    const sql = 'SELECT judged_by FROM conversations WHERE id = $1';
    expect(await kit.dataSource.query(sql, [visitor.conversationId])).toEqual([{ judged_by: null }]);
  });

  it('at one replica, another one that notes begins anew after each of its judgements, and all of it is judged again as it was', async () => {
    const silent = await kit.another({ isNoted: false });
    const visitor = new Visitor();
    await kit.judge.judge([visitor.says('one')]);
    await kit.judge.judge([visitor.says('two')]);
    await silent.judge.judge([visitor.says('three')]);
    await kit.judge.judge([visitor.says('four')]);
    expect(await startsOf(visitor)).toEqual([true, false, true]);
    const again = await judgedAgain({ conversation: visitor.conversationId });
    expect(again.map(({ answer }) => answer.decided)).toEqual(again.map(({ entry }) => entry.decided));
  });
});

describe('the state before is kept', () => {
  it('with the first of a batch that begins it, and not with what follows', async () => {
    const visitor = new Visitor();
    await kit.judge.judge([visitor.says('one'), visitor.says('two')]);
    await kit.judge.judge([visitor.says('three')]);
    expect(await startsOf(visitor)).toEqual([true, false, false]);
  });

  it.each([
    ['a version that notes nothing has written it', `UPDATE conversations SET state = state || '{"locale": "de"}' WHERE id = $1`],
    [
      'it is another day',
      `UPDATE conversations SET updated_at = now() - interval '1 day', judged_by = pg_current_xact_id()::xid WHERE id = $1`,
    ],
  ])('again where %s', async (_, sql) => {
    const visitor = new Visitor();
    await kit.judge.judge([visitor.says('one')]);
    await kit.dataSource.query(sql, [visitor.conversationId]);
    await kit.judge.judge([visitor.says('two')]);
    await kit.judge.judge([visitor.says('three')]);
    expect(await startsOf(visitor)).toEqual([true, true, false]);
    const again = await judgedAgain({ conversation: visitor.conversationId });
    expect(again.map(({ answer }) => answer.decided)).toEqual(again.map(({ entry }) => entry.decided));
    expect(again.map(({ answer }) => answer.resumed ?? false)).toEqual([false, sql.includes('locale'), false]);
  });
});

describe('two hundred conversations at once, by two replicas', () => {
  it('are decided as they were', async () => {
    const other = await kit.another();
    const from = (kit.now = START + 3_600_000);
    other.now = from;
    const visitors = Array.from({ length: 200 }, () => new Visitor());
    const rounds = visitors.map((visitor, nth) => {
      const handoverId = handoverIdOf(visitor.conversationId, 1);
      const sessionId = `${SESSION}-${nth}`;
      const fingerprint = String(176_100_000_000_000 + nth);
      return [
        visitor.says('hello'),
        visitor.botSays({ needHelp: true, muted: true, category: 'billing' }),
        visitor.says('is anybody there?'),
        visitor.happens({ kind: 'availability-known', handoverId, answer: nth % 5 === 0 ? 'nobody-online' : 'yes' }),
        visitor.happens({ kind: 'desk-opened', handoverId, sessionId }),
        visitor.happens({ kind: 'first-message-posted', handoverId }),
        visitor.agentSays('Hello', fingerprint, { sessionId }),
        visitor.agentSays('Hello', fingerprint, { sessionId }),
        visitor.says('thank you'),
        visitor.happens({ kind: 'time-passed' }),
      ];
    });
    for (let round = 0; round < 10; round++) {
      const batch = rounds.map((cases) => cases[round]!);
      await Promise.all([kit.judge.judge(batch.slice(0, 100)), other.judge.judge(batch.slice(100))]);
      kit.now = other.now = from + round * 1_000;
    }
    const again = await judgedAgain({ from, to: from + 3_600_000, bot: 'demo' });
    expect(new Set(again.map(({ entry }) => entry.conversationId)).size).toBe(200);
    expect(again.length).toBeGreaterThan(1_500);
    expect(again.map(({ answer }) => answer.decided)).toEqual(again.map(({ entry }) => entry.decided));
    expect(again.some(({ answer }) => answer.unsure !== undefined || answer.failed !== undefined || answer.resumed || answer.rang)).toBe(
      false,
    );
  }, 60_000);

  it('are more than a limit allows, which is said', async () => {
    await expect(judgedAgain({ limit: 1_000 })).rejects.toThrow(/^\d+ facts are more than 1000/);
  });

  it('are more than a limit allows with what leads up to the time that was asked for', async () => {
    const visitor = new Visitor();
    const from = (kit.now += 60_000);
    for (const word of ['one', 'two', 'three', 'four']) {
      await kit.judge.judge([visitor.says(word)]);
      kit.now += 1_000;
    }
    const lastTwo = { conversation: visitor.conversationId, from: from + 2_000 };
    await expect(judgedAgain({ ...lastTwo, limit: 3 })).rejects.toThrow('2 facts, and 2 before them that lead up to them, are more than 3');
    expect((await judgedAgain({ ...lastTwo, limit: 4 })).map(({ entry }) => entry.leadsUp ?? false)).toEqual([true, true, false, false]);
  });
});

// Last: it takes the notes of the others away, which were judged long ago.
describe('notes are forgotten', () => {
  const noteOf = (days: number) =>
    kit.dataSource.query(
      `WITH note AS (INSERT INTO judged_policies (id, day, policy) VALUES ($1, (now() AT TIME ZONE 'UTC')::date - $2::integer, '{}'))
       INSERT INTO judged_facts (conversation_id, at, policy, decided)
       VALUES ($3, (date_trunc('day', now() AT TIME ZONE 'UTC') - make_interval(days => $2)) AT TIME ZONE 'UTC', $1, '[]')`,
      [`of ${days}`, days, OLD],
    );
  const OLD = '00000000-0000-4000-8000-000000000001';

  it.each(['judged_facts', 'decisions', 'inbox'])(
    'in the order of time: the age of %s has a sorted index, which no emptied page blunts',
    async (table) => {
      const [index] = (await kit.dataSource.query('SELECT indexdef FROM pg_indexes WHERE indexname = $1', [`${table}_at`])) as {
        indexdef: string;
      }[];
      expect(index!.indexdef).toContain('USING btree (at)');
    },
  );

  it.each([
    [7, [0, 1, 7]],
    [1, [0, 1]],
    [0, [0]],
  ])('after %d whole days, and the policies that they name no earlier', async (judgedDays, left) => {
    await kit.dataSource.query('DELETE FROM judged_facts WHERE conversation_id = $1', [OLD]);
    await kit.dataSource.query("DELETE FROM judged_policies WHERE id LIKE 'of %'");
    for (const days of [0, 1, 7, 8, 9]) await noteOf(days);
    const parts = { dataSource: kit.dataSource, inbox: kit.inbox, effects: { prune: async () => 0 }, eraseOld: async () => 0 };
    await new Prune({ ...parts, judgedDays, log: undefined as never, now: Date.now }).run();
    const facts: { policy: string }[] = await kit.dataSource.query(
      'SELECT policy FROM judged_facts WHERE conversation_id = $1 ORDER BY position',
      [OLD],
    );
    expect(facts.map(({ policy }) => policy)).toEqual(left.map((days) => `of ${days}`));
    const policies: { id: string }[] = await kit.dataSource.query("SELECT id FROM judged_policies WHERE id LIKE 'of %'");
    expect(policies.map(({ id }) => id)).toEqual(expect.arrayContaining(facts.map(({ policy }) => policy)));
    expect(policies.map(({ id }) => id)).not.toContain(`of ${judgedDays + 2}`);
  });
});
