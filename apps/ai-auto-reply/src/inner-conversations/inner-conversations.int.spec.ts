import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { writePass } from '@baton/passes';
import { eventually } from '@baton/testing';
import { Stage } from '../testing/stage.js';
import type { InboxSessionHead } from './list-inbox-sessions.js';
import type { AnswerFact, SendFact } from './read-answers.js';
import type { SessionLine, SessionTurn } from './session-facts.js';

const PASS_KEY = randomBytes(32).toString('base64');
type Fact = AnswerFact | SendFact | SessionLine | SessionTurn;

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.build();
  await stage.replica({ PASS_KEY });
}, 120_000);
afterAll(() => stage.close(), 30_000);

async function ask<T>(path: string, workspaceId = stage.workspaceId): Promise<{ status: number; body: T }> {
  const authorization = writePass(PASS_KEY, { workspaceId, errand: 'conversations', may: 'read', by: 'ada' }, new Date());
  const response = await fetch(`${stage.replicas[0]!.url}/inner/v1/conversations${path}`, { headers: { authorization } });
  return { status: response.status, body: (await response.json()) as T };
}
const timeline = async (id: string, workspaceId?: string) =>
  (await ask<{ head: InboxSessionHead | null; facts: Fact[] }>(`/${id}/timeline`, workspaceId)).body;

describe('a conversation of Crisp’s inbox at the inner door', () => {
  it('tells the question, the answer with passages and scores, what it cost, how it was written, and why the next got none', async () => {
    const visitor = await stage.visitor();
    await visitor.writes('How long does shipping take?');
    await visitor.isAnswered();
    await visitor.agentWrites('I take over.');
    await visitor.is('human');
    await visitor.writes('Thank you');
    const { head, facts } = await eventually(
      async () => {
        const told = await timeline(visitor.sessionId);
        const answer = told.facts.find((fact) => fact.kind === 'answer');
        return answer?.state === 'posted' && told.facts.some((fact) => fact.kind === 'line' && fact.text === 'Thank you') && told;
      },
      { what: 'the talk at the door', within: 20_000 },
    );
    expect(head).toMatchObject({ id: visitor.sessionId, botId: 'demo', state: 'human' });
    const answer = facts.find((fact) => fact.kind === 'answer')!;
    expect(answer).toMatchObject({ place: 'inbox', answer: 'answer', quota: { state: 'committed' } });
    expect(answer.trace!.passages[0]!.scores.fused).toBeGreaterThan(0);
    expect(facts).toContainEqual(expect.objectContaining({ kind: 'effect', work: 'say', state: 'done', answerId: answer.id }));
    const asked = facts.flatMap((fact) =>
      fact.kind === 'line' && fact.from === 'visitor' ? [[fact.text, fact.answerId, fact.silence]] : [],
    );
    expect(asked).toEqual([
      ['How long does shipping take?', answer.id, null],
      ['Thank you', null, 'human'],
    ]);
    expect(facts).toContainEqual(expect.objectContaining({ kind: 'turn', what: 'human-wrote' }));
  }, 60_000);

  it('is listed for its workspace and found by its id; of another workspace nothing is told', async () => {
    const { body } = await ask<{ items: InboxSessionHead[] }>('');
    const [session] = body.items;
    expect(body.items).toHaveLength(1);
    expect((await ask<{ items: unknown[] }>(`?q=${session!.id}&state=human`)).body.items).toHaveLength(1);
    expect((await ask<{ items: unknown[] }>('?state=open')).body.items).toEqual([]);
    expect((await ask<{ items: unknown[] }>('', 'rival')).body.items).toEqual([]);
    expect(await timeline(session!.id, 'rival')).toEqual({ head: null, facts: [], from: null });
    expect((await fetch(`${stage.replicas[0]!.url}/inner/v1/conversations`)).status).toBe(401);
  });

  it('is left out where a handover opened it: then it belongs to a conversation of ours', async () => {
    const visitor = await stage.visitor();
    await visitor.writes('Hello');
    await stage.tellsOfHandover(visitor.sessionId);
    await visitor.is('handover');
    const { body } = await ask<{ items: InboxSessionHead[] }>('');
    expect(body.items.map(({ id }) => id)).not.toContain(visitor.sessionId);
  }, 60_000);
});
