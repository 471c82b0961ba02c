import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '@baton/testing';
import { startSlowModel } from '../testing/slow-model.js';
import type { SlowModel } from '../testing/slow-model.js';
import { Stage } from '../testing/stage.js';
import type { InboxVisitor } from '../testing/inbox-visitor.js';

const SHIPPING = 'How long does shipping take?';

let stage: Stage;
let model: SlowModel;
beforeAll(async () => {
  model = await startSlowModel();
  stage = await Stage.build({ assistant: { model: { baseUrl: model.baseUrl, model: 'slow', timeoutMs: 30_000 } } });
  await stage.replica();
}, 120_000);
afterAll(async () => {
  await stage.close();
  await model.close();
}, 30_000);
beforeEach(() => model.think());

/** A visitor whose answer is in the making. */
async function beingAnswered(): Promise<InboxVisitor> {
  const before = model.asked;
  const visitor = await stage.visitor();
  await visitor.writes(SHIPPING);
  await eventually(() => model.asked > before, { what: 'the model being asked' });
  await eventually(async () => (await visitor.shown()).operator_typing?.type === 'start', {
    what: 'the visitor seeing that somebody writes',
  });
  return visitor;
}

describe('an answer in the making', () => {
  it.each<[string, (visitor: InboxVisitor) => Promise<unknown>]>([
    ['an agent speaks', (visitor) => visitor.agentWrites('Let me')],
    ['an agent is assigned', (visitor) => visitor.hooks('session:set_routing', { routing_id: 'mia' })],
    ['an agent switches it off', (visitor) => visitor.agentNotes('!ai off')],
    ['the visitor is blocked', (visitor) => visitor.hooks('session:set_block', { is_blocked: true })],
    ['the conversation is resolved', (visitor) => visitor.does('resolve')],
    ['the conversation is removed', (visitor) => stage.crisp('DELETE', `/conversations/${visitor.sessionId}`)],
  ])('is dropped and counted when %s, and costs nothing', async (_, happens) => {
    const dropped = () => stage.metric('baton_answers_dropped_total{reason="overtaken"}');
    const visitor = await beingAnswered();
    const [before, abandoned] = [await dropped(), model.abandoned];
    await happens(visitor);
    await eventually(() => model.abandoned > abandoned, { what: 'the model being left' });
    await eventually(async () => (await dropped()) === before + 1, { what: 'the dropped answer being counted' });
    const open = `SELECT FROM quota_entries WHERE state <> 'refunded'`;
    await eventually(async () => (await stage.dataSource.query<unknown[]>(open)).length === 0, {
      what: 'its reservation being given back',
    });
    model.speak('Shipping takes 3 to 5 working days [1].');
    const answers = await visitor.answers().catch(() => []);
    expect(answers).toEqual([]);
  });

  it('takes up what the visitor says meanwhile, in one answer', async () => {
    const visitor = await beingAnswered();
    const asked = model.asked;
    await visitor.writes('to Berlin, I mean');
    await eventually(() => model.asked > asked, { what: 'the model being asked anew' });
    model.speak('Shipping takes 3 to 5 working days [1].');
    await visitor.isAnswered();
    await visitor.isQuiet();
    expect(await visitor.answers()).toHaveLength(1);
    expect((await visitor.shown()).operator_typing?.type).not.toBe('start');
  });

  it('is dropped when the bot is disconnected, within five seconds', async () => {
    const visitor = await beingAnswered();
    await stage.publish({ connected: false });
    model.speak('Shipping takes 3 to 5 working days [1].');
    await visitor.isQuiet();
    expect(await visitor.answers()).toEqual([]);
    await stage.publish();
  });

  it('is left to another process by one that stops', async () => {
    const visitor = await beingAnswered();
    const [first] = stage.replicas.filter(({ child }) => child.running);
    await stage.replica();
    await first!.child.kill();
    model.speak('Shipping takes 3 to 5 working days [1].');
    await visitor.isAnswered();
    await visitor.isQuiet();
    expect(await visitor.answers()).toHaveLength(1);
  });
});
