import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { handoverIdOf } from '../floor/escalate.js';
import { SESSION, Visitor } from '../testing/cases.js';
import { judgeKit, WEBSITE } from '../testing/judge-kit.js';
import type { JudgeKit } from '../testing/judge-kit.js';
import { NoteReceipts } from './note-receipts.js';
import type { Receipt } from './note-receipts.js';

let kit: JudgeKit;
beforeAll(async () => {
  kit = await judgeKit();
}, 60_000);
afterAll(() => kit.close());

describe('what became of a line', () => {
  it('only moves forward, and Crisp is told once for all lines of a few seconds', async () => {
    const visitor = new Visitor();
    const handoverId = handoverIdOf(visitor.conversationId, 1);
    await kit.judge.judge([
      visitor.says('help'),
      visitor.botSays({ needHelp: true }),
      visitor.happens({ kind: 'availability-known', handoverId, answer: 'yes' }),
      visitor.happens({ kind: 'desk-opened', handoverId, sessionId: SESSION }),
      visitor.happens({ kind: 'first-message-posted', handoverId }),
      visitor.agentSays('one'),
      visitor.agentSays('two'),
    ]);
    const planned = kit.plans.length;
    const receipts = new NoteReceipts({
      dataSource: kit.dataSource,
      tellsCrisp: true,
      now: () => kit.now,
      effects: { plan: async (_manager, plans) => void kit.plans.push(...plans), wake: () => undefined },
    });
    const lines: { message_id: string; kind: string }[] = await kit.dataSource.query(
      "SELECT message_id, author->>'kind' AS kind FROM transcript_lines WHERE conversation_id = $1 ORDER BY position",
      [visitor.conversationId],
    );
    const note = (status: Receipt['status'], ids: readonly string[]) =>
      receipts.handle(ids.map((messageId) => ({ conversationId: visitor.conversationId, messageId, status })));
    const agents = lines.filter(({ kind }) => kind === 'agent').map(({ message_id }) => message_id);
    const others = lines.filter(({ kind }) => kind === 'system').map(({ message_id }) => message_id);
    await note('seen', [agents[0]!]);
    await note('delivered', agents);
    await note('superseded', others);
    await note('delivered', [agents[0]!, ...others]);
    const statuses = await kit.dataSource.query(
      "SELECT status FROM transcript_lines WHERE conversation_id = $1 AND author->>'kind' = 'agent' ORDER BY position",
      [visitor.conversationId],
    );
    expect(statuses).toEqual([{ status: 'seen' }, { status: 'delivered' }]);
    const plans = kit.plans.slice(planned);
    expect(new Set(plans.map((plan) => plan.id)).size).toBe(1);
    expect(plans[0]).toMatchObject({ kind: 'mark-shown', lane: `marks:${SESSION}`, target: `crisp:${WEBSITE}`, budget: 'low' });
  });
});
