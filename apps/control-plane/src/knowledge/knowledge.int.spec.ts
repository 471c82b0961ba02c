import {
  addSource,
  addSourceFile,
  ApiProblem,
  changeSource,
  deleteSource,
  FILE_BYTES,
  getSource,
  getSourceContent,
  getUsage,
  listAnswers,
  listAudit,
  listSourcePages,
  listSourcePassages,
  listSources,
  refreshSource,
  replaceSourceFile,
  tryOutBot,
} from '@baton/control-api';
import type { ApiClient, Problem, Source } from '@baton/control-api';
import { eventually } from '@baton/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { settingsFileSchema } from '../settings-file/file-schema.js';
import { stageWithAi } from './testing/running-ai.js';
import type { StageWithAi } from './testing/running-ai.js';

let stage: StageWithAi;
let api: ApiClient;
beforeAll(async () => {
  stage = await stageWithAi(
    settingsFileSchema({ env: {}, directory: '/' }).parse({
      bots: [
        { botId: 'demo', workspaceId: 'acme', name: 'Demo' },
        { botId: 'other', workspaceId: 'globex', name: 'Other' },
      ],
    }),
  );
  api = stage.client();
  await eventually(async () => (await api.call(listSources, { params: DEMO })).items.length === 0, { what: 'the AI knowing the bots' });
}, 120_000);
afterAll(() => stage.close(), 30_000);

const DEMO = { workspaceId: 'acme', botId: 'demo' };
const PAIRS = {
  kind: 'pairs' as const,
  title: 'Hours',
  pairs: [{ question: 'When do you open?', answer: 'We open at nine in the morning.' }],
};

async function read(sourceId: string): Promise<Source> {
  let source: Source | undefined;
  await eventually(
    async () => {
      source = (await api.call(getSource, { params: { ...DEMO, sourceId } })).source;
      return source.state !== 'queued' && source.state !== 'running';
    },
    { what: 'the source being read', within: 20_000 },
  );
  return source!;
}

async function problemOf(call: Promise<unknown>): Promise<Problem> {
  const error = await call.then(
    () => undefined,
    (failed: unknown) => failed,
  );
  if (!(error instanceof ApiProblem)) throw new Error('nothing was refused', { cause: error });
  return error.problem;
}

const bytes = (content: string | Uint8Array<ArrayBuffer>, type = 'text/markdown') => ({
  bytes: { content: typeof content === 'string' ? new TextEncoder().encode(content) : content, type },
});

describe('knowledge over the API', () => {
  let sourceId: string;

  it('is added, read, tried out, changed and deleted, and all of it stands in the audit log', async () => {
    const made = await api.call(addSource, { params: DEMO, body: PAIRS });
    sourceId = made.source.id;
    expect(made.source).toMatchObject({ state: 'queued', title: 'Hours', enabled: true });
    expect(await read(sourceId)).toMatchObject({ state: 'ready', progress: { chunks: 1 } });
    const params = { ...DEMO, sourceId };
    expect((await api.call(getSourceContent, { params })).content).toEqual({ pairs: PAIRS.pairs });
    expect((await api.call(listSourcePassages, { params })).items).toMatchObject([{ text: PAIRS.pairs[0]!.answer }]);

    const ask = async () => (await api.call(tryOutBot, { params: DEMO, body: { question: 'When do you open?' } })).answer;
    const answer = await ask();
    expect(answer).toMatchObject({ kind: 'answer', citations: [{ sourceId }], trace: { by: 'extract', passages: [{ scores: {} }] } });
    expect(answer.trace.support).toBeGreaterThanOrEqual(answer.trace.threshold);
    expect(answer.trace.verdicts.map(({ rule }) => rule)).toContain('support');
    // Nothing that was tried out is kept or counted.
    expect((await api.call(listAnswers, { params: DEMO })).items).toEqual([]);
    expect(await api.call(getUsage, { params: { workspaceId: 'acme' } })).toMatchObject({
      state: 'unlimited',
      days: [],
      months: [{ used: 0 }, {}, {}],
    });

    await api.call(changeSource, { params, body: { enabled: false } });
    expect((await ask()).kind).not.toBe('answer');
    await api.call(changeSource, { params, body: { enabled: true } });
    await api.call(refreshSource, { params });
    await read(sourceId);
    expect((await ask()).kind).toBe('answer');
    await api.call(deleteSource, { params });
    expect((await ask()).kind).not.toBe('answer');
    expect((await problemOf(api.call(getSource, { params }))).code).toBe('not-found');

    const { items } = await api.call(listAudit, { params: { workspaceId: 'acme' }, query: { action: 'knowledge' } });
    expect(items.map(({ action }) => action)).toEqual(
      ['deleted', 'refreshed', 'switched-on', 'switched-off', 'added'].map((what) => `knowledge.${what}`),
    );
    expect(items.every(({ target, details }) => target.id === sourceId && !JSON.stringify(details).includes('nine'))).toBe(true);
  });

  it('takes files by their bytes, and newer bytes for them', async () => {
    const query = { name: 'parking.md' };
    const { source } = await api.call(addSourceFile, { params: DEMO, query }, bytes('# Parking\n\nPark behind the house.'));
    expect(await read(source.id)).toMatchObject({ state: 'ready', title: 'Parking', kind: 'file', fileName: 'parking.md' });
    const params = { ...DEMO, sourceId: source.id };
    await api.call(replaceSourceFile, { params, query }, bytes('# Parking\n\nThere is no parking.', 'application/octet-stream'));
    await read(source.id);
    expect((await api.call(listSourcePassages, { params })).items[0]?.text).toContain('no parking');
  });

  it('refuses files that are too large, whether they say so or not, and what is no file', async () => {
    const params = DEMO;
    const query = { name: 'large.txt' };
    const large = new Uint8Array(FILE_BYTES + 1).fill(120);
    const said = await problemOf(api.call(addSourceFile, { params, query }, bytes(large, 'text/plain')));
    expect(said).toMatchObject({ code: 'too-large', detail: 'A file has 20 MB at most.' });
    const url = `${stage.url}/v1/workspaces/acme/bots/demo/knowledge/files?name=large.txt`;
    const authorization = `Bearer ${stage.environmentKey}`;
    const secretly = await fetch(url, {
      method: 'POST',
      headers: { authorization, 'content-type': 'text/plain' },
      body: new Blob([large]).stream(),
      duplex: 'half',
    });
    expect([secretly.status, ((await secretly.json()) as Problem).code]).toEqual([413, 'too-large']);
    const json = await fetch(url, { method: 'POST', headers: { authorization, 'content-type': 'application/json' }, body: '{}' });
    const video = await fetch(url, { method: 'POST', headers: { authorization, 'content-type': 'video/mp4' }, body: 'x' });
    expect([json.status, video.status]).toEqual([415, 415]);
    expect((await problemOf(api.call(addSourceFile, { params, query }, bytes('')))).code).toBe('invalid-request');
    expect((await problemOf(api.call(addSourceFile, { params, query: { name: '' } }, bytes('x')))).errors?.[0]?.pointer).toBe('query/name');
  });

  it('tells what is wrong at the field, whoever found it', async () => {
    const params = DEMO;
    const own = await problemOf(api.call(addSource, { params, body: { ...PAIRS, pairs: [{ question: ' ', answer: 'x' }] } }));
    expect(own.errors).toMatchObject([{ pointer: '/pairs/0/question' }]);
    const ofTheAi = await problemOf(api.call(addSource, { params, body: { kind: 'page', urls: ['file:///etc/passwd'] } }));
    expect(ofTheAi).toMatchObject({ code: 'invalid-request', errors: [{ pointer: '/urls/0' }] });
  });

  it('shows how far pages are, and what went wrong with each', async () => {
    const gone = `${stage.url}/there-is-no-such-page`;
    const { source } = await api.call(addSource, { params: DEMO, body: { kind: 'page', urls: [`${stage.url}/health/live`, gone] } });
    expect(await read(source.id)).toMatchObject({ progress: { pagesDone: 2, pagesTotal: 2 } });
    const { items } = await api.call(listSourcePages, { params: { ...DEMO, sourceId: source.id } });
    expect(items.map(({ url, done }) => [url, done])).toContainEqual([gone, true]);
    expect(items.find(({ url }) => url === gone)?.problems).toHaveLength(1);
    const one = await api.call(listSourcePages, { params: { ...DEMO, sourceId: source.id }, query: { limit: 1 } });
    const rest = await api.call(listSourcePages, { params: { ...DEMO, sourceId: source.id }, query: { after: one.next! } });
    expect([...one.items, ...rest.items]).toEqual(items);
  });

  it('lists page by page', async () => {
    const all = (await api.call(listSources, { params: DEMO })).items.map(({ id }) => id);
    const first = await api.call(listSources, { params: DEMO, query: { limit: 1 } });
    const rest = await api.call(listSources, { params: DEMO, query: { before: first.next! } });
    expect([...first.items, ...rest.items].map(({ id }) => id)).toEqual(all);
    expect(rest.next).toBeNull();
  });

  it('is that of its workspace: through another one there is nothing', async () => {
    const [source] = (await api.call(listSources, { params: DEMO })).items;
    for (const params of [
      { workspaceId: 'globex', botId: 'demo', sourceId: source!.id },
      { workspaceId: 'globex', botId: 'other', sourceId: source!.id },
    ]) {
      expect((await problemOf(api.call(getSource, { params }))).code).toBe('not-found');
      expect((await problemOf(api.call(deleteSource, { params }))).code).toBe('not-found');
    }
    expect((await problemOf(api.call(tryOutBot, { params: { workspaceId: 'globex', botId: 'demo' }, body: { question: 'x' } }))).code).toBe(
      'not-found',
    );
  });

  it('says so when the AI does not answer', async () => {
    await stage.stopAi();
    expect(await problemOf(api.call(listSources, { params: DEMO }))).toMatchObject({ code: 'service-away', status: 503 });
    expect((await problemOf(api.call(addSourceFile, { params: DEMO, query: { name: 'a.md' } }, bytes('# A')))).code).toBe('service-away');
  });
});
