import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@baton/testing';
import { lineTo } from '../testing/line-to.js';
import type { Line } from '../testing/line-to.js';
import { BOT_KEY, Stage } from '../testing/stage.js';

const SHIPPING = 'How long does shipping take?';

let stage: Stage;
let knowledge: Line;
let sourceId: string;
beforeAll(async () => {
  stage = await Stage.build();
  knowledge = await lineTo(process.env['KNOWLEDGE_DATABASE_URL']!);
  knowledge.cut();
  await stage.replica({ KNOWLEDGE_DATABASE_URL: knowledge.url });
}, 120_000);
afterAll(async () => {
  await stage.close();
  knowledge.close();
}, 30_000);

const authorized = { authorization: `Bearer ${BOT_KEY}` };
const sources = (): string => `${stage.replicas[0]!.url}/v1/bots/demo/sources`;
const remove = (id: string): Promise<Response> => fetch(`${sources()}/${id}`, { method: 'DELETE', headers: authorized });
const stateOf = async (id: string): Promise<string> =>
  (await stage.http<{ source: { state: string } }>('GET', `/v1/bots/demo/sources/${id}`)).body.source.state;
const tried = async () =>
  (await stage.http<{ answer: { kind: string } }>('POST', '/v1/bots/demo/ask', { question: SHIPPING })).body.answer.kind;

describe('a knowledge database that is away when the service starts', () => {
  it('keeps nothing else down: visitors are told of the trouble and get their humans', async () => {
    expect(await stage.metric('baton_knowledge_open')).toBe(0);
    expect(await tried()).toBe('trouble');
    const visitor = await stage.visitor();
    await visitor.writes(SHIPPING);
    await visitor.isAnswered();
    const other = await stage.visitor();
    await other.writes('I want to talk to a human');
    await other.isAnswered();
    await other.is('waiting');
    expect(stage.lines.some((line) => line.includes('cannot be opened yet'))).toBe(true);
  });

  it('makes what is wanted of sources wait', async () => {
    const url = sources();
    const headers = { ...authorized, 'content-type': 'application/json' };
    const body = JSON.stringify({ kind: 'text', title: 'Umbrellas', text: 'Umbrellas are on the second shelf.' });
    const { source } = (await (await fetch(url, { method: 'POST', headers, body })).json()) as { source: { id: string } };
    const removed = await remove(source.id);
    expect([removed.status, removed.headers.get('retry-after')]).toEqual([503, '1']);
    expect(await stateOf(source.id)).toBe('queued');
    sourceId = source.id;
  });

  it('is found when it comes, and everything is answered from it', async () => {
    knowledge.mend();
    await eventually(async () => (await stage.metric('baton_knowledge_open')) === 1, { what: 'the knowledge being open', within: 30_000 });
    expect(await tried()).toBe('answer');
    await eventually(async () => (await stateOf(sourceId)) === 'ready', { what: 'the source being taken in' });
    const visitor = await stage.visitor();
    await visitor.writes('Where are umbrellas?');
    expect((await visitor.isAnswered()).content).toContain('second shelf');
    expect((await remove(sourceId)).status).toBe(204);
  });
});
