import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@baton/testing';
import { handoverIdOf } from './floor/handover.js';
import { Stage } from './testing/stage.js';
import type { TalkingVisitor } from './testing/talking-visitor.js';

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.build();
}, 90_000);
afterAll(() => stage.close(), 30_000);

const FIRST_MESSAGE = /^Hi, this user need your help/;

/** All first messages of this visitor that stand in Crisp, in whatever session. */
async function firstMessagesOf(visitor: TalkingVisitor): Promise<number> {
  const transcripts = await stage.crisp<{ meta: { data: Record<string, unknown> }; messages: { content: unknown }[] }[]>(
    'GET',
    '/transcripts',
  );
  const his = transcripts.filter(({ meta }) => meta.data['baton_conversation'] === visitor.conversationId);
  return his.flatMap(({ messages }) => messages).filter(({ content }) => typeof content === 'string' && FIRST_MESSAGE.test(content)).length;
}

/** Whether that piece of desk work of a handover was begun. */
async function begun(visitor: TalkingVisitor, kind: string): Promise<boolean> {
  const rows: unknown[] = await stage.dataSource.query("SELECT 1 FROM effects WHERE lane = $1 AND kind = $2 AND state <> 'planned'", [
    visitor.conversationId,
    kind,
  ]);
  return rows.length > 0;
}

describe('an orchestrator that is killed in the middle of an escalation', () => {
  it.each(['open-session', 'post-first-message'])(
    'is resumed after %s by another, and nothing is done twice',
    async (step) => {
      const first = await stage.replica();
      await stage.crisp('PUT', '/faults', { rest: { latency: { from: 150, to: 250 }, stale_reads_ms: 1_000 } });
      const visitor = stage.visitor(`killed at ${step}`);
      await visitor.says('help');
      await visitor.hears('bot.turn');
      await visitor.botSays({ need_help: true, muted: true });
      await visitor.says('are you there?');
      await eventually(() => begun(visitor, step), { every: 5, what: `${step} being begun` });
      await first.child.kill('SIGKILL');
      await stage.crisp('DELETE', '/faults');
      const second = await stage.replica();
      const accepted = await visitor.hears('handover.accepted', 1, 40_000);
      const session = accepted.data['crisp_session_id'] as string;
      await eventually(
        async () => (await visitor.inCrisp(session)).messages.filter(({ content }) => content === 'are you there?').length === 1,
        { within: 20_000 },
      );
      expect(await firstMessagesOf(visitor)).toBe(1);
      expect(accepted.data['handover_id']).toBe(handoverIdOf(visitor.conversationId, 1));
      expect(visitor.told('handover.requested')).toHaveLength(1);
      await second.child.kill();
    },
    90_000,
  );

  it('leaves two others to go on side by side, with every word said once and in order', async () => {
    const [first, second] = [await stage.replica(), await stage.replica()];
    const visitors = Array.from({ length: 12 }, (_, n) => stage.visitor(`crowd ${n}`));
    const sessions = await Promise.all(visitors.map((visitor) => visitor.getsToAgents()));
    await stage.crisp('PUT', '/faults', {
      rest: {
        latency: { from: 5, to: 60 },
        stale_reads_ms: 500,
        failures: [
          { kind: '500', share: 0.05, when: 'either' },
          { kind: '429', share: 0.05 },
        ],
      },
      hooks: { delay: { from: 0, to: 300 }, repeated: 0.3, repeat_within_ms: 500 },
    });
    const words = Array.from({ length: 10 }, (_, n) => `word ${n}`);
    const talk = Promise.all(
      visitors.map(async (visitor, n) => {
        for (const word of words) {
          await visitor.says(`visitor ${word}`);
          await visitor.agentSays(sessions[n]!, `agent ${word}`);
        }
      }),
    );
    await first.child.kill('SIGKILL');
    // To whoever asks, this looks like Postgres going away in the middle of everything.
    await stage.dataSource.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'escalation-orchestrator'",
    );
    await talk;
    for (const [n, visitor] of visitors.entries()) {
      await eventually(() => visitor.shown.filter((text) => text.startsWith('agent ')).length >= words.length, {
        within: 60_000,
        what: `all of the agent's words for ${n}`,
      });
      await eventually(
        async () =>
          (await visitor.inCrisp(sessions[n]!)).messages.filter(({ content }) => String(content).startsWith('visitor ')).length >=
          words.length,
        {
          within: 60_000,
          every: 200,
          what: `all words of visitor ${n} in Crisp`,
        },
      );
    }
    await stage.crisp('DELETE', '/faults');
    for (const [n, visitor] of visitors.entries()) {
      expect([...visitor.shown].filter((text) => text.startsWith('agent ')).sort()).toEqual(words.map((word) => `agent ${word}`).sort());
      const inCrisp = (await visitor.inCrisp(sessions[n]!)).messages
        .map(({ content }) => content)
        .filter((content) => String(content).startsWith('visitor '));
      expect(inCrisp).toEqual(words.map((word) => `visitor ${word}`));
      const sequences = [...new Set(visitor.told().flatMap(({ data }) => (data['deliverySequence'] as number | undefined) ?? []))];
      expect(sequences).toEqual(Array.from({ length: sequences.length }, (_, i) => i + 1));
    }
    await second.child.kill();
  }, 180_000);
});
