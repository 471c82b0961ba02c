import { describe, expect, it } from '@jest/globals';
import { eventually } from '@baton/testing';
import pg from 'pg';
import type { CrispTranscript } from '../journey/crisp-control.js';
import type { Visitor } from '../journey/visitor.js';
import { DEMO_WEBSITE, MIA } from '../platform/sandbox-crisp.js';
import type { WatchedPlatform } from '../security/watched-platform.js';
import type { SeenSpan } from './otlp-spans.js';
import { waterfall } from './waterfall.js';

/** What people say on the way. */
const SAID = { asking: 'quetzalcoatlus', answer: 'brontometer', doubt: 'xanthophyll' };

const ORCHESTRATOR = 'escalation-orchestrator';
const FRAME = 'dispatcher: frame send';
const HOOK = 'webhook-ingress: POST /api/integrations/livechat/crisp/webhook/:botId';
const SAYS_IT = `${ORCHESTRATOR}: POST /v1/website/{id}/conversation/{id}/message`;
/** For a span to be there (ms): others' tests may have the machine. */
const PATIENCE = 15_000;
const traceOf = (id: string): string => id.replaceAll('-', '');

/** Tests of a platform that nothing else was done with yet: the trace of a handover is walked across processes, edge by edge. */
export function tellsOneTrace(watched: WatchedPlatform): void {
  const { receiver } = watched;
  let visitor: Visitor;
  let inbox: CrispTranscript;

  const ofTrace = (traceId: string): SeenSpan[] => receiver.spans.filter((span) => span.traceId === traceId);
  const parentOf = (span: SeenSpan): SeenSpan | undefined => receiver.spans.find(({ spanId }) => spanId === span.parentId);
  /** From a span up to the first of its trace. */
  const wayTo = (span: SeenSpan): string[] => {
    const parent = parentOf(span);
    return [...(parent ? wayTo(parent) : []), `${span.service}: ${span.name}`];
  };

  /** Waits until the trace has a span whose way from the beginning is this one. */
  async function finds(traceId: string, way: readonly string[]): Promise<SeenSpan> {
    try {
      return await eventually(() => ofTrace(traceId).find((span) => wayTo(span).join('\n') === way.join('\n')), {
        within: PATIENCE,
        every: 50,
        what: way.join(' → '),
      });
    } catch (error) {
      throw new Error(`${(error as Error).message}\n${waterfall(ofTrace(traceId))}`);
    }
  }

  /** The trace that a message of the visitor began is named after the message. */
  function traceOfWords(words: string): string {
    return traceOf(visitor.messages().find(({ text }) => text.includes(words))!.id);
  }

  /** What Kafka carries in batches stands beside, linked to each that it carried. */
  async function carried(traceId: string, way: readonly string[], topic: string, from: string, to: string): Promise<void> {
    for (const [name, kind] of [
      [`${from}: send ${topic}`, 'producer'],
      [`${to}: process ${topic}`, 'consumer'],
    ] as const) {
      const batch = await finds(traceId, [...way, name]);
      expect(batch).toMatchObject({
        kind,
        isError: false,
        attributes: { 'messaging.system': 'kafka', 'messaging.destination.name': topic },
      });
      expect(batch.links).toContainEqual({ traceId, spanId: batch.parentId });
    }
  }

  /** With `SHOW_TRACES=1`: as it stands in docs/operations/telemetry.md. */
  function show(traceId: string): void {
    if (process.env['SHOW_TRACES'] === '1') process.stdout.write(`${waterfall(ofTrace(traceId))}\n`);
  }

  describe('one trace', () => {
    it('leads from the words with which a visitor asks for a human to the calls at Crisp and back to his screen', async () => {
      const since = Date.now() - 1_000;
      visitor = await watched.stage.visitor('demo');
      for (const [what, said] of Object.entries(SAID)) watched.words.set(`${what}, traced`, said);
      watched.secrets.set('token of a visitor', visitor.token);
      watched.people.set('a visitor', visitor.visitorId);
      await visitor.send(`A refund for my ${SAID.asking}`, 'human:billing');
      await visitor.floorIs('waiting');
      inbox = await watched.stage.crisp.sessionOf(
        DEMO_WEBSITE,
        ({ messages }) => messages.length > 0,
        since,
        'the conversation in the inbox',
      );
      const traceId = traceOfWords(SAID.asking);

      const wrote = [FRAME, `${ORCHESTRATOR}: judge visitor-wrote`];
      const answered = [...wrote, `${ORCHESTRATOR}: judge bot-answered`];
      const known = [...answered, `${ORCHESTRATOR}: effect ask-availability`, `${ORCHESTRATOR}: judge availability-known`];
      const first = [...known, `${ORCHESTRATOR}: effect post-first-message`];
      const call = await finds(traceId, [...first, SAYS_IT]);
      expect(call).toMatchObject({
        kind: 'client',
        isError: false,
        attributes: { 'http.request.method': 'POST', 'http.response.status_code': 202 },
      });
      await finds(traceId, [...known, `${ORCHESTRATOR}: effect open-session`, `${ORCHESTRATOR}: judge desk-opened`]);
      await finds(traceId, [...first, `${ORCHESTRATOR}: judge first-message-posted`, 'dispatcher: deliver mode']);
      await finds(traceId, [...answered, 'dispatcher: deliver message', 'dispatcher: push']);
      await carried(traceId, [FRAME], 'visitor-messages', 'dispatcher', ORCHESTRATOR);

      const frame = await finds(traceId, [FRAME]);
      expect(frame).toMatchObject({ kind: 'server', attributes: { 'baton.conversation.id': visitor.conversationId } });
      show(traceId);
      const { attributes } = await finds(traceId, answered);
      expect(attributes).toMatchObject({ 'baton.floor.before': 'bot', 'baton.floor.after': 'escalating', 'baton.verdict': 'first' });
    }, 60_000);

    it("leads from an agent's words at Crisp to the visitor's screen, and on to the mark that he has them", async () => {
      await watched.stage.crisp.write(inbox.session_id, `Your ${SAID.answer} is on its way`, MIA);
      await visitor.sees(({ text }) => text.includes(SAID.answer), "the agent's words");
      const judged = await eventually(() => receiver.spans.find(({ name }) => name === 'judge agent-wrote'), {
        within: PATIENCE,
        every: 50,
        what: 'the judgement',
      });
      const { traceId } = judged;
      const wrote = [HOOK, `${ORCHESTRATOR}: judge agent-wrote`];
      await carried(traceId, [HOOK], 'crisp-webhooks', 'webhook-ingress', ORCHESTRATOR);
      const push = [...wrote, 'dispatcher: deliver message', 'dispatcher: push'];
      await carried(traceId, push, 'delivery-receipts', 'dispatcher', ORCHESTRATOR);
      await finds(traceId, [...push, `${ORCHESTRATOR}: process delivery-receipts`, `${ORCHESTRATOR}: effect mark-shown`]);
      show(traceId);
      expect(judged.attributes).toMatchObject({ 'baton.floor.before': 'waiting', 'baton.floor.after': 'agent' });
    }, 60_000);

    it('goes on in the process that takes over what a killed one had planned', async () => {
      const { wasMet } = await watched.stage.crisp.failing({ kind: 'timeout', method: 'POST', path: '/message', when: 'before' });
      await visitor.send(`And the ${SAID.doubt}?`);
      const traceId = traceOfWords(SAID.doubt);
      const judged = [FRAME, `${ORCHESTRATOR}: judge visitor-wrote`];
      await finds(traceId, judged);
      await wasMet();
      await watched.platform.processes.get('orchestrator')!.kill('SIGKILL');
      await watched.stage.crisp.noFaults();
      await watched.stage.crisp.shows(
        inbox.session_id,
        ({ messages }) => messages.some(({ content }) => String(content).includes(SAID.doubt)),
        'the words',
        30_000,
      );
      const effect = await finds(traceId, [...judged, `${ORCHESTRATOR}: effect post-visitor-words`]);
      expect(effect.attributes).toMatchObject({ 'baton.effect.attempt': 2, 'baton.effect.in_doubt': true, 'baton.effect.outcome': 'done' });
      await finds(traceId, [...judged, `${ORCHESTRATOR}: effect post-visitor-words`, SAYS_IT]);
    }, 60_000);
  });

  describe('what is traced', () => {
    it('has no step whose cause is not there', async () => {
      const orphans = (): string[] =>
        receiver.spans.filter((span) => span.parentId !== undefined && !parentOf(span)).map(({ name }) => name);
      await eventually(() => orphans().length === 0, { within: 5_000, every: 100, what: 'each cause being there' }).catch(() => undefined);
      expect(orphans()).toEqual([]);
      expect(receiver.spans.length).toBeGreaterThan(50);
    });

    it('is what decisions name', async () => {
      const client = new pg.Client({ connectionString: watched.platform.databaseUrl });
      await client.connect();
      try {
        const { rows } = await client.query<{ trace_id: string }>(
          'SELECT DISTINCT trace_id FROM orchestrator.decisions WHERE conversation_id = $1 AND trace_id IS NOT NULL',
          [visitor.conversationId],
        );
        const named = rows.map(({ trace_id }) => trace_id);
        expect(named).toContain(traceOfWords(SAID.asking));
        expect(named.filter((traceId) => ofTrace(traceId).length === 0)).toEqual([]);
      } finally {
        await client.end();
      }
    });
  });
}
