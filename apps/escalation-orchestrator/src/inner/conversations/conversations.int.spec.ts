import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { writePass } from '@baton/passes';
import type { Errand } from '@baton/passes';
import { eventually } from '@baton/testing';
import { Stage } from '../../testing/stage.js';
import type { ListedConversation } from './list-conversations.js';
import type { ConversationHead } from './read-head.js';
import type { TimelineFact, TimelinePart } from './read-timeline.js';

const PASS_KEY = randomBytes(32).toString('base64');

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.build();
  await stage.replica({ PASS_KEY });
}, 90_000);
afterAll(() => stage.close(), 30_000);

async function ask<T>(path: string, workspaceId = 'acme', errand: Errand = 'conversations'): Promise<{ status: number; body: T }> {
  const authorization = writePass(PASS_KEY, { workspaceId, errand, may: 'read', by: 'ada' }, new Date());
  const response = await fetch(`${stage.replicas[0]!.url}/inner/v1/conversations${path}`, { headers: { authorization } });
  return { status: response.status, body: (await response.json()) as T };
}

const list = async (query = '', workspaceId?: string) => (await ask<{ items: ListedConversation[] }>(query, workspaceId)).body.items;
const timeline = async (id: string, query = '') => (await ask<TimelinePart & { head: ConversationHead }>(`/${id}/timeline${query}`)).body;
const did = (facts: readonly TimelineFact[]) =>
  facts.flatMap((fact) => (fact.kind === 'decision' ? fact.detail.did.map(({ what }) => what) : []));

describe('conversations at the inner door', () => {
  it('tell the whole handover: who asked and why, each step in Crisp, each decision, and how it ended', async () => {
    const visitor = stage.visitor('whole');
    const session = await visitor.getsToAgents();
    await visitor.isHelped(session, 'Here I am.');
    const { conversationId } = visitor;
    const { head, facts, from } = await eventually(
      async () => {
        const part = await timeline(conversationId);
        return part.facts.every((fact) => fact.kind !== 'effect' || fact.endedAt !== null) && did(part.facts).includes('resolved') && part;
      },
      { what: 'the end of all work', within: 15_000 },
    );
    expect(from).toBeNull();
    expect(did(facts)).toEqual(
      expect.arrayContaining(['requested', 'checked', 'session-opened', 'accepted', 'connected', 'resolved', 'unmuted']),
    );
    expect(head).toMatchObject({
      id: conversationId,
      botId: 'demo',
      floor: 'bot',
      handovers: [{ number: 1, outcome: 'resolved', sessionId: session }],
    });
    const kinds = new Set(facts.map(({ kind }) => kind));
    expect([...kinds].sort()).toEqual(['decision', 'effect', 'line', 'promise']);
    const effects = facts.flatMap((fact) => (fact.kind === 'effect' ? [fact] : []));
    expect(effects.map(({ work }) => work)).toEqual(
      expect.arrayContaining(['ask-availability', 'open-session', 'post-first-message', 'set-state']),
    );
    const planned = new Set(facts.flatMap((fact) => (fact.kind === 'decision' ? (fact.detail.effects ?? []) : [])));
    expect(effects.filter(({ id }) => planned.has(id)).length).toBeGreaterThan(3);
    // Reasons and names only: what people said stands in the lines.
    const decisions = JSON.stringify(facts.filter(({ kind }) => kind === 'decision'));
    expect(decisions).not.toContain('Here I am.');
    expect(JSON.stringify(facts)).toContain('Here I am.');
  }, 60_000);

  it('are read back part by part without a gap and without a double', async () => {
    const { conversationId } = stage.visitor('whole');
    const all = await timeline(conversationId);
    const seen = new Set<string>();
    let until: number | null = null;
    do {
      const part: TimelinePart = await timeline(conversationId, `?limit=6${until === null ? '' : `&until=${until}`}`);
      for (const { kind, id } of part.facts) seen.add(`${kind} ${id}`);
      until = part.from === until ? null : part.from;
    } while (until !== null);
    expect([...seen].sort()).toEqual(all.facts.map(({ kind, id }) => `${kind} ${id}`).sort());
  });

  it('leave a plain word and its answer without a decision', async () => {
    const visitor = stage.visitor('plain');
    await visitor.says('Hello');
    const turn = await visitor.hears('bot.turn');
    await visitor.botSays({ turn: turn.data['turn'], epoch: turn.data['epoch'], messages: [{ text: 'Hi' }] });
    await visitor.isShown('Hi');
    const { facts } = await timeline(visitor.conversationId);
    expect(facts.map(({ kind }) => kind)).toEqual(['line', 'line']);
  }, 30_000);

  it('say why an answer of the bot was not shown', async () => {
    const visitor = stage.visitor('rejected');
    await visitor.getsToAgents();
    await visitor.botSays({ messages: [{ text: 'Me again' }] });
    const found = await eventually(async () => {
      const { facts } = await timeline(visitor.conversationId);
      return facts.find((fact) => fact.kind === 'decision' && fact.detail.did.some(({ what }) => what === 'rejected'));
    });
    expect(found).toMatchObject({ fact: 'bot-answered', detail: { did: [{ what: 'rejected', reason: 'not-your-floor' }] } });
  }, 60_000);

  it('are listed newest first, page by page, by who has them, and found by id and by the session of Crisp', async () => {
    const all = await list();
    expect(all.length).toBeGreaterThanOrEqual(3);
    expect(all.map(({ lastActivityAt }) => lastActivityAt)).toEqual(all.map(({ lastActivityAt }) => lastActivityAt).sort((a, b) => b - a));
    const last = all[0]!;
    const behind = await list(`?beforeAt=${last.lastActivityAt}&beforeId=${last.id}`);
    expect(behind.map(({ id }) => id)).toEqual(all.slice(1).map(({ id }) => id));
    const waiting = await list('?floor=waiting');
    expect(waiting.map(({ id, waitingSince }) => [id, typeof waitingSince])).toEqual([
      [stage.visitor('rejected').conversationId, 'number'],
    ]);
    const { conversationId } = stage.visitor('whole');
    const { head } = await timeline(conversationId);
    for (const q of [conversationId, head.handovers[0]!.sessionId!])
      expect((await list(`?q=${q}`)).map(({ id }) => id)).toEqual([conversationId]);
    expect(await list('?q=nobody%25')).toEqual([]);
    expect(JSON.stringify(all)).not.toContain('Hello');
  });

  it('give the link that agents have', async () => {
    const { body } = await ask<{ url: string }>(`/${stage.visitor('whole').conversationId}/history-link`);
    expect((await fetch(body.url)).status).toBe(200);
  });

  it('are nothing for another workspace, another errand, or without a pass', async () => {
    const { conversationId } = stage.visitor('whole');
    expect(await list('', 'rival')).toEqual([]);
    for (const path of ['', '/timeline', '/history-link']) {
      expect((await ask(`/${conversationId}${path}`, 'rival')).status).toBe(404);
      expect((await ask(`/${conversationId}${path}`, 'acme', 'knowledge')).status).toBe(403);
      expect((await fetch(`${stage.replicas[0]!.url}/inner/v1/conversations/${conversationId}${path}`)).status).toBe(401);
    }
    expect((await ask('/not-an-id')).status).toBe(404);
    expect((await ask('?floor=nobody')).status).toBe(400);
  });
});
