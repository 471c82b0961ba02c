import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Effects, EffectRefusal } from '@baton/effects';
import { createDataSource } from '@baton/persistence';
import { eventually } from '@baton/testing';
import { newId } from '@baton/contracts';
import type { DataSource } from 'typeorm';
import { SCHEMA } from '../database/index.js';
import { House } from '../testing/house.js';
import type { Replica } from '../testing/house.js';
import { samples } from '../testing/samples.js';
import { DEFAULT_TYPES } from './file-kind.js';
import { FileLinks } from './file-links.js';
import { FetchEffect, fetchPlan } from './fetch-effect.js';
import { FilesStore } from './files.store.js';
import { HostedFiles } from './hosted-files.js';
import type { FileBody, ForeignFile } from './hosted-files.js';
import { Places } from './places.js';
import { TidyFiles } from './tidy-files.js';

const MB = 1_048_576;
const KEY = Buffer.alloc(32, 7).toString('base64');

let house: House;
let replica: Replica;
let dataSource: DataSource;
let hosted: HostedFiles;
let store: FilesStore;
let effects: Effects;
let cdn: Server;
let cdnUrl: string;
let answer: RequestListener;

beforeAll(async () => {
  house = await House.build();
  replica = await house.replica('only', {
    FILES_MAX_MB: '1',
    FILES_PER_VISITOR_MB: '1',
    FILES_FROM_LOOPBACK: 'on',
  });
  dataSource = await createDataSource({ url: house.databaseUrl, schema: SCHEMA, applicationName: 'test', poolSize: 4 }).initialize();
  store = new FilesStore(dataSource);
  // Only plans; the replica does the work.
  effects = new Effects({ dataSource, instanceId: 'test', kinds: {} });
  hosted = new HostedFiles({
    store,
    effects,
    allowed: DEFAULT_TYPES,
    links: new FileLinks(replica.url, KEY),
    keepMs: 86_400_000,
    maxPerConversation: 2 * MB,
  });
  cdn = createServer((request, response) => answer(request, response));
  await new Promise<void>((resolve) => cdn.listen(0, '127.0.0.1', resolve));
  cdnUrl = `http://127.0.0.1:${(cdn.address() as AddressInfo).port}`;
}, 60_000);

afterAll(async () => {
  cdn.closeAllConnections();
  await new Promise((resolve) => cdn.close(resolve));
  await dataSource.destroy();
  await house.demolish();
}, 30_000);

describe('a file of a channel', () => {
  const adopt = (file: Partial<ForeignFile> = {}, now = new Date()) =>
    dataSource.transaction((manager) =>
      hosted.adopt(
        manager,
        { conversationId: newId(), botId: 'demo', sourceUrl: `${cdnUrl}/${newId()}/photo.png`, media: 'image', ...file },
        now,
      ),
    );
  const idOf = (url: string): string => new URL(url).pathname.split('/')[3]!;
  const ended = (id: string) =>
    eventually(async () => (await store.find(id))?.state !== 'wanted', { what: 'the file being here or refused', every: 20 });

  it('has our address at once, is waited for, and is what its bytes are', async () => {
    const asked = Promise.withResolvers<() => void>();
    answer = (_request, response) => asked.resolve(() => response.end(samples.gif));
    const body = await adopt();
    expect(body).toMatchObject({ name: 'photo.png', contentType: 'image/png' });
    const reading = fetch(body.url);
    (await asked.promise)();
    const got = await reading;
    expect([got.status, got.headers.get('content-type')]).toEqual([200, 'image/gif']);
    expect(got.headers.get('content-disposition')).toContain('filename="photo.png.gif"');
    expect(Buffer.from(await got.arrayBuffer())).toEqual(samples.gif);
  });

  it('is one file, however often its message comes', async () => {
    let asked = 0;
    answer = (_request, response) => {
      asked += 1;
      response.end(samples.png);
    };
    const same = { conversationId: newId(), sourceUrl: `${cdnUrl}/photo.png` };
    const now = new Date();
    const first = await adopt(same, now);
    await ended(idOf(first.url));
    expect(await adopt(same, now)).toEqual(first);
    const otherConversation = await adopt({ sourceUrl: same.sourceUrl });
    expect(idOf(otherConversation.url)).not.toBe(idOf(first.url));
    await ended(idOf(otherConversation.url));
    expect(asked).toBe(2);
  });

  it('is not there when its transaction never was', async () => {
    let url = '';
    const rolledBack = dataSource.transaction(async (manager) => {
      const file = { conversationId: newId(), botId: 'demo', sourceUrl: `${cdnUrl}/a.png`, media: 'image' as const };
      ({ url } = await hosted.adopt(manager, file));
      throw new Error('something else failed');
    });
    await expect(rolledBack).rejects.toThrow('something else failed');
    expect((await fetch(url)).status).toBe(410);
  });

  it.each<[string, RequestListener, string, RegExp]>([
    ['is gone', (_request, response) => void response.writeHead(404).end(), 'file.gone', /no longer had/],
    ['lies about what it is', (_request, response) => void response.end(samples.html), 'file.type-not-allowed', /not allowed/],
    ['is too large', (_request, response) => void response.end(Buffer.alloc(MB + 1)), 'file.too-large', /larger than 1 MB/],
    [
      'leads to this house',
      (_request, response) => void response.writeHead(302, { location: 'http://10.0.0.1/' }).end(),
      'file.forbidden-address',
      /not a public one/,
    ],
  ])('is refused when it %s, and its link says why', async (_what, listener, reason, sentence) => {
    answer = listener;
    const { url } = await adopt();
    await ended(idOf(url));
    expect(await store.find(idOf(url))).toMatchObject({ state: 'refused', reason });
    const response = await fetch(url);
    expect(response.status).toBe(410);
    expect(await response.text()).toMatch(sentence);
  });

  it('is refused when its conversation has too many already', async () => {
    answer = (_request, response) => void response.end(Buffer.concat([samples.png, Buffer.alloc(600_000)]));
    const conversationId = newId();
    const urls: string[] = [];
    for (let nth = 0; nth < 2; nth += 1) {
      const { url } = await adopt({ conversationId });
      await ended(idOf(url));
      urls.push(url);
    }
    const answers = await Promise.all(urls.map((url) => fetch(url)));
    expect(answers.map(({ status }) => status)).toEqual([200, 410]);
  });

  it('is asked for again when its server is ill, and given up after an hour', async () => {
    let asked = 0;
    answer = (_request, response) => {
      asked += 1;
      response.writeHead(503).end();
    };
    const { url } = await adopt();
    await eventually(() => asked > 0);
    expect((await store.find(idOf(url)))?.state).toBe('wanted');
    const late = await adopt({}, new Date(Date.now() - 3_601_000));
    await ended(idOf(late.url));
    expect(await store.find(idOf(late.url))).toMatchObject({ state: 'refused', reason: 'file.unreachable' });
    const rows = await dataSource.query<{ reason: string }[]>(`SELECT reason FROM effects WHERE lane LIKE $1`, [
      `%:file:${idOf(late.url)}`,
    ]);
    expect(rows).toEqual([{ reason: EffectRefusal.deadline }]);
  });

  it('is asked for again later when it is not here within some seconds', async () => {
    answer = () => undefined;
    const { url } = await adopt();
    const response = await fetch(url);
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '2']);
  }, 15_000);
});

describe('a file that is given up', () => {
  it('is told in the same transaction, once', async () => {
    const told: string[] = [];
    const fetching = { maxBytes: MB, timeoutMs: 5_000, allowLoopback: true };
    const kind = new FetchEffect({
      store,
      fetching,
      allowed: DEFAULT_TYPES,
      maxPerConversation: MB,
      isFull: () => false,
      places: new Places(1),
      onEnd: (outcome) => told.push(outcome),
    });
    kind.onRefused = async (_manager, { conversationId }, reason) => void told.push(`${conversationId} ${reason}`);
    const conversationId = newId();
    const file = { id: newId(), conversationId, botId: 'demo', name: 'a', contentType: 'image/png', sourceUrl: 'https://a.example' };
    const plan = fetchPlan(file, new Date());
    const effect = { ...plan, id: newId(), position: '1', attempts: 1, plannedAt: new Date(), inDoubt: false };
    await dataSource.transaction((manager) =>
      store.want(manager, { ...file, createdAt: new Date(), expiresAt: new Date(Date.now() + 60_000) }),
    );
    for (let time = 0; time < 2; time += 1) {
      const after = await dataSource.transaction((manager) => kind.settled(manager, effect, { refused: 'file.gone' }));
      after?.();
    }
    expect(told).toEqual([`${conversationId} file.gone`, 'file.gone']);
  });
});

describe('files past their time', () => {
  it('are deleted, the others are counted', async () => {
    const tidy = new TidyFiles(store, 1);
    const past = await hosted.keep(
      { conversationId: newId(), botId: 'demo', name: 'a.png', bytes: samples.png },
      new Date(Date.now() - 2 * 86_400_000),
    );
    const present = await hosted.keep({ conversationId: newId(), botId: 'demo', name: 'a.png', bytes: samples.png });
    await tidy.run(new Date());
    const rows = await dataSource.query<{ id: string }[]>('SELECT id FROM hosted_files');
    const ids = rows.map(({ id }) => id);
    expect(ids.some((id) => (past as FileBody).url.includes(id))).toBe(false);
    expect(ids.some((id) => (present as FileBody).url.includes(id))).toBe(true);
    expect(tidy.isFull).toBe(true);
  });
});
