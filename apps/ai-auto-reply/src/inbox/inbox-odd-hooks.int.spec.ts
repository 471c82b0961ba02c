import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Inbox } from '@baton/messaging';
import { Receipts } from '../receipts/receipts.js';
import { InboxJudge } from './inbox-judge.js';
import { WEBSITE } from '../testing/inbox-visitor.js';
import { Stage } from '../testing/stage.js';
import type { InboxVisitor } from '../testing/inbox-visitor.js';

const SHIPPING = 'How long does shipping take?';
const RETURNS = 'How can I return an order?';

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.build();
  await stage.replica();
}, 120_000);
afterAll(() => stage.close(), 30_000);

/** A hook that tells of a visitor's line at that time (ms). */
async function hears(visitor: InboxVisitor, content: string, at: number): Promise<void> {
  const line = { type: 'text', from: 'user', origin: 'chat', content, fingerprint: at * 100, timestamp: at };
  const data = { website_id: WEBSITE, session_id: visitor.sessionId, ...line };
  await stage.send(stage.hookRecord(JSON.stringify({ website_id: WEBSITE, event: 'message:send', timestamp: at, data })));
}

/** A judge of what changes sessions and says nothing. */
function aJudge(): InboxJudge {
  const never = () => Promise.reject(new Error('nothing is to be said'));
  const nothing = () => undefined;
  return new InboxJudge({
    dataSource: stage.dataSource,
    inbox: new Inbox('crisp-inbox'),
    outbox: { add: never, send: nothing },
    effects: { plan: never, wake: nothing },
    receipts: new Receipts(stage.dataSource),
    botOf: nothing,
    now: Date.now,
    observe: { judged: nothing, stateMoved: nothing, overtaken: nothing, due: nothing },
  });
}

async function whyNot(visitor: InboxVisitor): Promise<(string | undefined)[]> {
  const rows = await stage.dataSource.query<{ lines: { answer?: string }[] }[]>(
    "SELECT session->'lines' AS lines FROM inbox_sessions WHERE session_id = $1",
    [visitor.sessionId],
  );
  return rows[0]!.lines.map(({ answer }) => answer);
}

describe('a hook', () => {
  it('of hours ago begins no answer: who asked has left', async () => {
    const visitor = await stage.visitor();
    await hears(visitor, SHIPPING, Date.now() - 3 * 3_600_000);
    await visitor.is('open');
    await visitor.isQuiet();
    expect([await visitor.answers(), await whyNot(visitor)]).toEqual([[], ['too-late']]);
    await visitor.writes(RETURNS);
    expect((await visitor.isAnswered()).content).toContain('30 days');
  });

  it('with signs that no database stores is answered all the same', async () => {
    const visitor = await stage.visitor();
    await hears(visitor, `\0${SHIPPING}\ud83d`, Date.now());
    expect((await visitor.isAnswered()).content).toContain('3 to 5 working days');
  });

  it('of one website says nothing of the sessions of another', async () => {
    const visitor = await stage.visitor();
    await visitor.writes(SHIPPING);
    await visitor.isAnswered();
    const { sessionId } = visitor;
    const judge = aJudge();
    const websiteId = '11111111-2222-4333-8444-666666666666';
    await judge.judge([{ sessionId, websiteId, facts: [{ kind: 'command', at: Date.now(), says: 'off' }], id: null }]);
    expect(await visitor.state()).toBe('open');
    await judge.judge([{ sessionId, websiteId: WEBSITE, facts: [{ kind: 'command', at: Date.now(), says: 'off' }], id: null }]);
    expect(await visitor.state()).toBe('off');
  });
});

describe('a session that was forgotten', () => {
  it('begins anew: its answers are others than those of before, and cost what answers cost', async () => {
    const visitor = await stage.visitor();
    await visitor.writes(SHIPPING);
    await visitor.isAnswered();
    await visitor.isQuiet();
    await stage.dataSource.query('DELETE FROM inbox_sessions WHERE session_id = $1', [visitor.sessionId]);
    await visitor.writes(RETURNS);
    expect((await visitor.isAnswered(2)).content).toContain('30 days');
    await visitor.isQuiet();
    const { body } = await stage.http<{ answers: { state: string; quotaEntryId: string }[] }>(
      'GET',
      `/v1/bots/demo/answers?session=${visitor.sessionId}`,
    );
    expect(body.answers.map(({ state }) => state)).toEqual(['posted', 'posted']);
    expect(new Set(body.answers.map(({ quotaEntryId }) => quotaEntryId)).size).toBe(2);
  });
});
