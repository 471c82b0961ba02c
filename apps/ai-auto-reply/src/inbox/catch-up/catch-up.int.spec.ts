import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '@baton/testing';
import { Stage } from '../../testing/stage.js';
import type { InboxVisitor } from '../../testing/inbox-visitor.js';

const SHIPPING = 'How long does shipping take?';
const RETURNS = 'How can I return an order?';
/** A change is let settle for 3 s, a look comes once a second, and this machine may be slow (ms). */
const FOUND_WITHIN = 20_000;

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.build();
  // Two of them, so that they would answer twice if they could.
  await Promise.all([stage.replica({ CATCH_UP_SECONDS: '1' }), stage.replica({ CATCH_UP_SECONDS: '1' })]);
  await eventually(async () => (await stage.dataSource.query<unknown[]>('SELECT FROM catch_ups')).length === 1, {
    what: 'the first look at the website',
  });
}, 120_000);
afterAll(() => stage.close(), 30_000);
beforeEach(() => {
  stage.loses = () => false;
});

/** Every hook is lost from now on. */
function losesAll(): void {
  stage.loses = () => true;
}

/** Waits until the session was looked at as it stands now. */
async function isLookedAt({ sessionId }: InboxVisitor): Promise<void> {
  const shown = await stage.crisp<{ updated_at: number }>('GET', `/conversations/${sessionId}`);
  const query = 'SELECT FROM caught_up_sessions WHERE session_id = $1 AND up_to >= $2';
  await eventually(async () => (await stage.dataSource.query<unknown[]>(query, [sessionId, shown.updated_at])).length === 1, {
    what: `${sessionId} being read`,
    within: FOUND_WITHIN,
  });
}

describe('a visitor whose hook never came', () => {
  it('is found and answered once, also when it comes in the end', async () => {
    losesAll();
    const visitor = await stage.visitor();
    await visitor.writes(SHIPPING);
    expect((await visitor.isAnswered(1, FOUND_WITHIN)).content).toContain('3 to 5 working days');
    await visitor.isQuiet();
    const hooks = await stage.crisp<{ body: string; event: string }[]>('GET', `/hooks?session_id=${visitor.sessionId}`);
    stage.loses = () => false;
    await stage.send(...hooks.filter(({ event }) => event === 'message:send').map(({ body }) => stage.hookRecord(body)));
    await visitor.writes(RETURNS);
    expect((await visitor.isAnswered(2)).content).toContain('30 days');
    await isLookedAt(visitor);
    await visitor.isQuiet();
    expect(await visitor.answers()).toHaveLength(2);
  });

  it('is answered in a conversation that we know', async () => {
    const visitor = await stage.visitor();
    await visitor.writes(SHIPPING);
    await visitor.isAnswered();
    losesAll();
    await visitor.writes(RETURNS);
    expect((await visitor.isAnswered(2, FOUND_WITHIN)).content).toContain('30 days');
  });

  it('is left to the agent whose word never came either', async () => {
    losesAll();
    const visitor = await stage.visitor();
    await visitor.agentWrites('Hello, Mia here');
    await visitor.writes(SHIPPING);
    await visitor.is('human', FOUND_WITHIN);
    await visitor.isQuiet();
    expect(await visitor.answers()).toEqual([]);
  });

  it('is not answered where a handover was made', async () => {
    const visitor = await stage.visitor();
    await stage.tellsOfHandover(visitor.sessionId);
    await visitor.is('handover');
    losesAll();
    await visitor.writes(SHIPPING);
    // A later visitor is found: by then this one was passed over.
    const later = await stage.visitor();
    await later.writes(RETURNS);
    await later.isAnswered(1, FOUND_WITHIN);
    expect(await visitor.answers()).toEqual([]);
  });
});

describe('what was asked while the assistant was off in this inbox', () => {
  it('is not answered when it is switched on', async () => {
    losesAll();
    await stage.publish({ assistant: { inbox: 'off' } });
    await eventually(async () => (await stage.dataSource.query<unknown[]>('SELECT FROM catch_ups')).length === 0, {
      what: 'nobody looking any more',
    });
    const before = await stage.visitor();
    await before.writes(SHIPPING);
    await stage.publish({ assistant: { inbox: 'reply' } });
    await eventually(async () => (await stage.dataSource.query<unknown[]>('SELECT FROM catch_ups')).length === 1, {
      what: 'the website being looked at again',
    });
    const visitor = await stage.visitor();
    await visitor.writes(RETURNS);
    await visitor.isAnswered(1, FOUND_WITHIN);
    expect(await before.answers()).toEqual([]);
  });
});
