import { derivedId, newId } from '@baton/contracts';
import { createDataSource } from '@baton/persistence';
import type { DataSource } from 'typeorm';
import { eventually } from '@baton/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SCHEMA } from '../database/index.js';
import { Receipts } from '../receipts/receipts.js';
import { BOTS, runForSources } from '../sources/testing/running-service.js';
import type { RunningForSources } from '../sources/testing/running-service.js';

let service: RunningForSources;
let dataSource: DataSource;
beforeAll(async () => {
  service = await runForSources();
  dataSource = await createDataSource({ url: service.databaseUrl, schema: SCHEMA, applicationName: 'test' }).initialize();
}, 90_000);
afterAll(async () => {
  await dataSource.destroy();
  await service.close();
});

const [DEMO, OTHER] = BOTS;
const OF_DEMO = DEMO.workspaceId;

interface ShownSource {
  readonly id: string;
  readonly state: string;
  readonly enabled: boolean;
  readonly createdAt: string;
}

interface Body {
  readonly source?: ShownSource;
  readonly sources?: readonly ShownSource[];
  readonly passages?: readonly { readonly text: string }[];
  readonly answers?: readonly { readonly kind: string }[];
  readonly content?: object;
  readonly answer?: object;
  readonly months?: readonly object[];
}

async function call(pass: string | undefined, method: string, path: string, body?: object) {
  const isFile = Buffer.isBuffer(body);
  const response = await fetch(`${service.url}/inner/v1${path}`, {
    method,
    headers: {
      ...(pass !== undefined && { authorization: pass }),
      ...(body !== undefined && { 'content-type': isFile ? 'application/octet-stream' : 'application/json' }),
    },
    ...(body !== undefined && { body: isFile ? new Uint8Array(body as Buffer) : JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: (text === '' ? {} : JSON.parse(text)) as Body };
}

const PAIRS = { kind: 'pairs', title: 'Hours', pairs: [{ question: 'When do you open?', answer: 'We open at nine in the morning.' }] };

async function taken(id: string): Promise<ShownSource> {
  let source: ShownSource | undefined;
  await eventually(
    async () => {
      source = (await call(service.pass(OF_DEMO), 'GET', `/bots/demo/sources/${id}`)).body.source;
      return source !== undefined && !['queued', 'running'].includes(source.state);
    },
    { what: 'the source being taken in', within: 20_000 },
  );
  return source!;
}

describe('the inner doors of knowledge', () => {
  let id: string;

  it('take a source, show what was made of it and what it was given, and answer from it', async () => {
    const pass = service.pass(OF_DEMO);
    const made = await call(pass, 'POST', '/bots/demo/sources', PAIRS);
    expect(made).toMatchObject({ status: 201, body: { source: { state: 'queued' } } });
    id = made.body.source!.id;
    expect(await taken(id)).toMatchObject({ state: 'ready', progress: { chunks: 1 } });
    expect((await call(pass, 'GET', `/bots/demo/sources/${id}/passages`)).body.passages).toMatchObject([
      { position: 0, question: 'When do you open?', text: 'We open at nine in the morning.' },
    ]);
    expect((await call(pass, 'GET', `/bots/demo/sources/${id}/content`)).body.content).toEqual({ pairs: PAIRS.pairs });
    expect((await call(pass, 'GET', `/bots/demo/sources/${id}/pages`)).body).toEqual({ pages: [] });
    expect((await call(pass, 'POST', '/bots/demo/ask', { question: 'When do you open?' })).body.answer).toMatchObject({
      kind: 'answer',
      citations: [{ sourceId: id }],
    });
  });

  it('take a file by its bytes, and give it other ones', async () => {
    const pass = service.pass(OF_DEMO);
    const made = await call(pass, 'POST', '/bots/demo/sources?name=a.md', Buffer.from('# Parking\n\nPark behind the house.'));
    expect(made.status).toBe(201);
    const file = made.body.source!.id;
    expect(await taken(file)).toMatchObject({ state: 'ready', title: 'Parking' });
    await call(pass, 'PATCH', `/bots/demo/sources/${file}?name=a.md`, Buffer.from('# Parking\n\nThere is no parking.'));
    await taken(file);
    expect((await call(pass, 'GET', `/bots/demo/sources/${file}/passages`)).body.passages![0]!.text).toContain('no parking');
  });

  it('list page by page, the newest first', async () => {
    const pass = service.pass(OF_DEMO);
    const newest = (await call(pass, 'GET', '/bots/demo/sources?limit=1')).body.sources![0]!;
    const before = `${new Date(newest.createdAt).getTime()}_${newest.id}`;
    const rest = (await call(pass, 'GET', `/bots/demo/sources?before=${before}`)).body.sources!;
    expect(rest.map((source) => source.id)).toEqual([id]);
    expect((await call(pass, 'GET', '/bots/demo/sources?before=x')).status).toBe(400);
  });

  it.each([
    ['GET', '/sources', undefined],
    ['POST', '/sources', PAIRS],
    ['GET', '/sources/ID', undefined],
    ['GET', '/sources/ID/pages', undefined],
    ['GET', '/sources/ID/passages', undefined],
    ['GET', '/sources/ID/content', undefined],
    ['PATCH', '/sources/ID', { enabled: false }],
    ['POST', '/sources/ID/refresh', undefined],
    ['DELETE', '/sources/ID', undefined],
    ['POST', '/ask', { question: 'When do you open?' }],
    ['GET', '/answers', undefined],
    ['GET', '/answers/ID', undefined],
  ] as [string, string, object | undefined][])(
    'tell a pass of another workspace the same of a bot that is not its own as of none: %s %s',
    async (method, path, body) => {
      const foreign = service.pass(OTHER.workspaceId);
      const at = (bot: string) => `/bots/${bot}${path.replace('ID', id)}`;
      const told = await call(foreign, method, at('demo'), body);
      expect(told).toEqual(await call(foreign, method, at('nobody'), body));
      expect(told.status).toBe(404);
      // Nor is it found under a bot of its own.
      if (path.includes('ID')) expect((await call(foreign, method, at('other'), body)).status).toBe(404);
    },
  );

  it('change nothing for a pass that only reads, and open for nothing else', async () => {
    const reads = service.pass(OF_DEMO, { may: 'read' });
    for (const [method, path, body] of [
      ['POST', '', PAIRS],
      ['PATCH', `/${id}`, { enabled: false }],
      ['POST', `/${id}/refresh`],
      ['DELETE', `/${id}`],
    ] as [string, string, object?][])
      expect((await call(reads, method, `/bots/demo/sources${path}`, body)).status).toBe(403);
    expect((await call(reads, 'GET', '/bots/demo/sources')).status).toBe(200);
    expect((await call(service.pass(OF_DEMO, { errand: 'privacy' }), 'GET', '/bots/demo/sources')).status).toBe(403);
    expect((await call(`Bearer ${DEMO.key}`, 'GET', '/bots/demo/sources')).status).toBe(401);
    expect((await call(undefined, 'GET', '/usage')).status).toBe(401);
    expect((await call(service.pass(OF_DEMO), 'GET', `/bots/demo/sources/${id}`)).body.source!.enabled).toBe(true);
  });
});

describe('the inner door of answers', () => {
  it('tells what was answered, and alone what was not', async () => {
    const receipts = new Receipts(dataSource);
    const trace = (passed: boolean) => ({
      ...{ question: 'q', language: 'en', passages: [], support: 0, threshold: 0.4, by: 'none' as const },
      ...{ verdicts: [{ rule: 'support', passed }], ms: { retrieve: 1, model: 0, total: 1 } },
    });
    const common = {
      ...{ workspaceId: OF_DEMO, botId: 'demo', place: 'webchat' as const, conversationId: newId(), epoch: 1, text: 't', citations: [] },
      ...{ quotaEntryId: null, state: 'posted' as const },
    };
    await dataSource.transaction(async (manager) => {
      const kinds = [
        ['answer', trace(true)],
        ['unknown', trace(false)],
        ['human', trace(false)],
        ['human', { ...trace(true), verdicts: [] }],
        ['courtesy', null],
      ] as const;
      for (const [n, [kind, one]] of kinds.entries())
        await receipts.write(manager, {
          ...common,
          answerId: derivedId('inner', String(n)),
          kind,
          trace: one,
          at: new Date(Date.UTC(2026, 0, 5, 10, n)),
        });
    });
    const kindsOf = async (query: string) =>
      (await call(service.pass(OF_DEMO), 'GET', `/bots/demo/answers${query}`)).body.answers!.map(({ kind }) => kind);
    expect(await kindsOf('')).toEqual(['courtesy', 'human', 'human', 'unknown', 'answer']);
    expect(await kindsOf('?questions=open')).toEqual(['human', 'unknown']);
  });
});

describe('the inner door of usage', () => {
  it('tells the months of the workspace of the pass, day by day', async () => {
    const now = new Date();
    const period = now.toISOString().slice(0, 7);
    const entry = (workspaceId: string, day: string) =>
      dataSource.query(
        `INSERT INTO quota_entries (entry_id, workspace_id, bot_id, period, state, counted, place, at, expires_at, ended_at)
         VALUES ($1, $2, 'demo', $3, 'committed', 'committed', 'inbox', $4, $4, $4)`,
        [newId(), workspaceId, period, `${period}-${day}T23:59:00Z`],
      );
    await entry(OF_DEMO, '01');
    await entry(OF_DEMO, '01');
    await entry(OF_DEMO, '02');
    await entry(OTHER.workspaceId, '01');
    const { body } = await call(service.pass(OF_DEMO), 'GET', '/usage?months=2');
    expect(body).toMatchObject({
      workspaceId: OF_DEMO,
      limit: null,
      days: [
        { day: `${period}-01`, botId: 'demo', answers: 2 },
        { day: `${period}-02`, botId: 'demo', answers: 1 },
      ],
    });
    expect(body.months).toHaveLength(2);
    expect((await call(service.pass(OF_DEMO), 'GET', '/usage?months=99')).status).toBe(400);
  });
});
