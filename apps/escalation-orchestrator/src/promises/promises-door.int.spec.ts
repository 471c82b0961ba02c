import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@baton/testing';
import { BOT_KEY, Stage } from '../testing/stage.js';
import type { Replica } from '../testing/stage.js';
import type { ListedPromise } from './list-promises.js';

let stage: Stage;
let replica: Replica;
beforeAll(async () => {
  stage = await Stage.build({ timers: { noFirstAnswerSeconds: 4 } });
  replica = await stage.replica();
}, 90_000);
afterAll(() => stage.close(), 30_000);

async function ask(query: string, key = BOT_KEY): Promise<{ status: number; body: { promises: ListedPromise[]; error?: object } }> {
  const response = await fetch(`${replica.url}/v1/promises${query}`, { headers: { authorization: `Bearer ${key}` } });
  return { status: response.status, body: (await response.json()) as { promises: ListedPromise[] } };
}

describe('the list of promises', () => {
  it('shows the bot what its visitor was promised, and how it ended though the service was away meanwhile', async () => {
    const visitor = stage.visitor('promised');
    await visitor.getsToAgents();
    const query = `?conversation_id=${visitor.conversationId}`;
    const open = await eventually(async () => {
      const { body } = await ask(`${query}&state=open`);
      return body.promises.length > 0 ? body.promises : null;
    });
    expect(open).toMatchObject([{ kind: 'answer', conversation_id: visitor.conversationId, ended: null, broken: false }]);
    await replica.child.kill();
    replica = await stage.replica();
    await visitor.isShown('Sorry, nobody could answer in time. You are back with the assistant.', 30_000);
    const { status, body } = await ask(query);
    expect(status).toBe(200);
    expect(body.promises.map(({ kind, ended }) => [kind, ended])).toEqual([
      ['answer', 'apologised'],
      ['look', 'kept'],
    ]);
    const metrics = await (await fetch(`${replica.url}/metrics`)).text();
    expect(metrics).toContain('baton_promises_ended_total{kind="answer",end="apologised"} 1');
    expect(metrics).toContain('baton_promises_open');
  }, 60_000);

  it('is shown to nobody else, and says which part of a question is wrong', async () => {
    expect(await ask('', 'another-key-that-is-none')).toMatchObject({ status: 401, body: { error: { code: 'unauthorized' } } });
    expect(await ask('?state=late')).toMatchObject({ status: 400, body: { error: { code: 'invalid-request', field: 'state' } } });
    expect(await ask('?before=x')).toMatchObject({ status: 400, body: { error: { field: 'before' } } });
    expect(await ask('?sort=due')).toMatchObject({ status: 400, body: { error: { field: 'sort' } } });
  });
});
