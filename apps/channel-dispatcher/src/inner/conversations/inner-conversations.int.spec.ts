import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { writePass } from '@baton/passes';
import { eventually } from '@baton/testing';
import { agentLine, floorOf, House } from '../../testing/house.js';
import type { Replica, Visitor } from '../../testing/house.js';
import { Tab } from '../../testing/visitor.js';
import type { ChannelHead, DeliveryFact } from './read-deliveries.js';

const PASS_KEY = randomBytes(32).toString('base64');

describe('what reached a visitor, at the inner door', () => {
  let house: House;
  let replica: Replica;
  let visitor: Visitor;
  let workspaceId: string;

  beforeAll(async () => {
    house = await House.build();
    replica = await house.replica('one', { PASS_KEY });
    visitor = await house.visitor(replica);
    workspaceId = 'acme';
  }, 60_000);
  afterAll(() => house.demolish(), 30_000);

  async function ask(of = workspaceId, query = '') {
    const authorization = writePass(PASS_KEY, { workspaceId: of, errand: 'conversations', may: 'read', by: 'ada' }, new Date());
    const url = `${replica.url}/inner/v1/conversations/${visitor.conversationId}/timeline${query}`;
    const response = await fetch(url, { headers: { authorization } });
    return { status: response.status, body: (await response.json()) as { head: ChannelHead; facts: DeliveryFact[]; from: number | null } };
  }

  it('is each line with its place, and how far it came', async () => {
    await house.deliver(visitor, agentLine(1, 'Hello'), floorOf(2, 'agent'));
    const before = await eventually(async () => {
      const { body } = await ask();
      return body.facts?.length === 2 && body;
    });
    expect(before.facts.map(({ seq, line, reached, floor }) => [seq, line, reached, floor])).toEqual([
      [2, 'mode', 'log', 'agent'],
      [1, 'message', 'log', null],
    ]);
    const tab = await Tab.open(replica.url, visitor.token);
    await tab.reads(1);
    const after = await eventually(async () => {
      const { body } = await ask();
      return body.head.deliveredUpTo > 0 && body;
    });
    expect(after.facts.find(({ seq }) => seq === 1)).toMatchObject({ reached: 'delivered', parts: [] });
    expect(after.head).toMatchObject({ botId: 'demo', channel: 'webchat', present: true });
    expect(JSON.stringify(after)).not.toContain('Hello');
    tab.cut();
  });

  it('is told part by part', async () => {
    const first = (await ask(workspaceId, '?limit=1')).body;
    expect([first.facts.map(({ seq }) => seq), typeof first.from]).toEqual([[2], 'number']);
  });

  it('is nothing for another workspace, or without a pass', async () => {
    expect((await ask('rival')).status).toBe(404);
    const bare = await fetch(`${replica.url}/inner/v1/conversations/${visitor.conversationId}/timeline`);
    expect(bare.status).toBe(401);
  });
});
