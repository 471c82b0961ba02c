import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@baton/contracts';
import { EmbeddingError } from '@baton/knowledge';
import type { Embedder, KnowledgeScope } from '@baton/knowledge';
import { eventually } from '@baton/testing';
import { openSourcesHouse } from '../testing/sources-house.js';
import type { SourcesHouse } from '../testing/sources-house.js';
import { ManageSources } from '../manage-sources.js';
import { readNewFile } from '../source-request.js';

let house: SourcesHouse;
beforeAll(async () => {
  house = await openSourcesHouse();
}, 60_000);
afterAll(() => house.close());

/** A bot that no other test knows. */
function aBot(): KnowledgeScope {
  const bot = { workspaceId: 'acme', botId: `bot-${newId()}` };
  house.known.push(bot);
  return bot;
}
const HELP = '# Help\n\n## Returns\n\nYou may send an item back within thirty days.\n\n## Delivery\n\nA parcel takes two days.';

const servers: Server[] = [];
type Pages = Record<string, string | ((request: IncomingMessage, response: ServerResponse) => void)>;

/** A site of a shop: its sitemap names its pages. */
async function serve(pages: Pages): Promise<{ url: string; asked: string[]; pages: Pages }> {
  const asked: string[] = [];
  const site = { url: '', asked, pages };
  const server = createServer((request, response) => {
    const path = request.url!;
    asked.push(path);
    const page = site.pages[path];
    if (path === '/sitemap.xml') {
      const names = Object.keys(site.pages).filter((name) => !name.endsWith('.txt'));
      return void response.end(`<urlset>${names.map((name) => `<url><loc>${site.url}${name}</loc></url>`).join('')}</urlset>`);
    }
    if (page === undefined) return void response.writeHead(404).end();
    if (typeof page === 'function') return page(request, response);
    const etag = `"${page.length}"`;
    if (request.headers['if-none-match'] === etag) return void response.writeHead(304).end();
    response
      .writeHead(200, { 'content-type': 'text/html', etag })
      .end(`<html><body><main><h1>${path}</h1><p>${page}</p></main></body></html>`);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  site.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return site;
}
afterEach(async () => {
  for (const server of servers) server.closeAllConnections();
  await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
});

describe('a source', () => {
  it('is taken in and found', async () => {
    const bot = aBot();
    const source = await house.add(bot, { kind: 'markdown', title: 'Shop', text: HELP });
    expect(source).toMatchObject({ state: 'queued', version: 0 });
    await house.replica().runDue();
    expect(await house.read(bot, source)).toMatchObject({
      state: 'ready',
      version: 1,
      progress: { pagesDone: 1, pagesTotal: 1, chunks: 2 },
      problems: [],
      dueAt: null,
    });
    expect((await house.search(bot, 'How long may I send an item back?'))[0]).toBe('You may send an item back within thirty days.');
  });

  it('costs nothing when it is taken in again unchanged, and only what changed when it is not', async () => {
    const bot = aBot();
    const source = await house.add(bot, { kind: 'markdown', title: 'Shop', text: HELP });
    await house.replica().runDue();
    const before = house.embedded.count;
    await house.manage.refresh(bot, source.id);
    await house.replica().runDue();
    expect([house.embedded.count - before, (await house.read(bot, source)).version]).toEqual([0, 1]);
    await house.manage.patch(bot, source.id, { text: HELP.replace('two days', 'three days') });
    await house.replica().runDue();
    expect([house.embedded.count - before, (await house.read(bot, source)).version]).toEqual([1, 2]);
    const found = await house.search(bot, 'How long does a parcel take?');
    expect(found).toContain('A parcel takes three days.');
    expect(found).not.toContain('A parcel takes two days.');
  });

  it('of pairs is found by its questions', async () => {
    const bot = aBot();
    await house.add(bot, {
      kind: 'pairs',
      title: 'FAQ',
      pairs: [{ question: 'Can I pay with a gift card?', answer: 'Yes, at the till.', topic: 'Paying' }],
    });
    await house.replica().runDue();
    expect(await house.search(bot, 'paying with gift cards')).toEqual(['Yes, at the till.']);
  });

  it('is not seen by other bots', async () => {
    const [bot, other] = [aBot(), aBot()];
    await house.add(bot, { kind: 'text', title: 'Secret', text: 'The password of the vault is swordfish.' });
    await house.replica().runDue();
    expect(await house.search(other, 'password of the vault')).toEqual([]);
    expect(await house.sources.list(other)).toEqual([]);
  });

  it('is gone from the very next search when it is switched off, and back when it is switched on', async () => {
    const bot = aBot();
    const source = await house.add(bot, { kind: 'text', title: 'Hours', text: 'We open at nine in the morning.' });
    await house.replica().runDue();
    await house.manage.patch(bot, source.id, { enabled: false });
    expect(await house.search(bot, 'When do you open?')).toEqual([]);
    // Taking it in anew does not switch it on.
    await house.manage.refresh(bot, source.id);
    await house.replica().runDue();
    expect(await house.search(bot, 'When do you open?')).toEqual([]);
    await house.manage.patch(bot, source.id, { enabled: true });
    expect(await house.search(bot, 'When do you open?')).toHaveLength(1);
  });

  it('is gone from the very next search when it is deleted, while it is being taken in, too', async () => {
    const bot = aBot();
    const source = await house.add(bot, { kind: 'text', title: 'Hours', text: 'We open at nine in the morning.' });
    await house.replica().runDue();
    const embedding = Promise.withResolvers<void>();
    const goOn = Promise.withResolvers<void>();
    const slow: Embedder = {
      ...house.knowledge.embedder,
      embed: async (texts, as, signal) => {
        embedding.resolve();
        await goOn.promise;
        return house.knowledge.embedder.embed(texts, as, signal);
      },
    };
    await house.manage.patch(bot, source.id, { text: 'We open at ten in the morning.' });
    const run = house.replica({ embedder: slow }).runDue();
    await embedding.promise;
    await house.manage.remove(bot, source.id);
    expect(await house.search(bot, 'When do you open?')).toEqual([]);
    goOn.resolve();
    await run;
    expect(await house.search(bot, 'When do you open?')).toEqual([]);
    expect(await house.sources.list(bot)).toEqual([]);
    expect(await house.knowledge.store.listSources(bot)).toEqual([]);
  });

  it('is gone although what is left of it cannot be taken away at once', async () => {
    const bot = aBot();
    const source = await house.add(bot, { kind: 'text', title: 'Hours', text: 'We open at nine in the morning.' });
    await house.replica().runDue();
    const { store } = house.knowledge;
    const half = new ManageSources({
      sources: house.sources,
      wake: () => undefined,
      onChange: () => undefined,
      knowledge: { store: { setEnabled: (...args) => store.setEnabled(...args), removeSource: () => Promise.reject(new Error('away')) } },
    });
    await half.remove(bot, source.id);
    expect(await house.search(bot, 'When do you open?')).toEqual([]);
    expect(await house.sources.list(bot)).toEqual([]);
    expect(await store.listSources(bot)).toHaveLength(1);
    await house.manage.sweep();
    expect(await store.listSources(bot)).toEqual([]);
    expect(await house.sources.deleted(10)).toEqual([]);
  });

  it('that cannot be read says why, and what it gave before stays', async () => {
    const bot = aBot();
    const { source } = await house.manage.create(bot, {
      kind: 'file',
      title: 'Manual',
      url: null,
      fileName: 'manual.txt',
      content: Buffer.from('Press the red button twice.'),
      web: null,
      enabled: true,
      everyHours: null,
      key: null,
      requestHash: 'x',
    });
    await house.replica().runDue();
    await house.manage.replaceFile(bot, source.id, { content: Buffer.from('%PDF-1.7 broken'), fileName: 'manual.pdf' });
    await house.replica().runDue();
    expect(await house.read(bot, source)).toMatchObject({
      state: 'failed',
      problems: [{ where: 'manual.pdf', code: 'source.broken' }],
      problemCount: 1,
      version: 1,
    });
    expect(await house.search(bot, 'Which button?')).toEqual(['Press the red button twice.']);
  });

  it('that nobody gave a title has its own', async () => {
    const bot = aBot();
    const upload = (name: string, text: string) => house.manage.create(bot, readNewFile({ name }, Buffer.from(text)));
    const { source: titled } = await upload('returns-v2.md', '# Sending back\n\nWithin thirty days.');
    const { source: bare } = await upload('notes.txt', 'We open at nine.');
    const site = await serve({ '/help': 'Ask us anything.' });
    const page = await house.add(bot, { kind: 'page', url: `${site.url}/help` });
    await house.replica().runDue();
    const titles = await Promise.all([titled, bare, page].map(async (source) => (await house.read(bot, source)).title));
    expect(titles).toEqual(['Sending back', 'notes', '/help']);
    // Taken in again it is the same.
    await house.manage.refresh(bot, titled.id);
    await house.replica().runDue();
    expect(await house.read(bot, titled)).toMatchObject({ title: 'Sending back', version: 1 });
  });

  it('waits while its model cannot be reached, and is given up when the model refuses', async () => {
    const bot = aBot();
    const failing = (code: 'embedding.unreachable' | 'embedding.refused'): Embedder => ({
      ...house.knowledge.embedder,
      embed: () => Promise.reject(new EmbeddingError(code, 'no')),
    });
    const source = await house.add(bot, { kind: 'text', title: 'a', text: 'Hello there.' });
    await house.replica({ embedder: failing('embedding.unreachable') }).runDue();
    const waiting = await house.read(bot, source);
    expect(waiting.state).toBe('queued');
    expect(waiting.dueAt!.getTime()).toBeGreaterThan(Date.now() + 2_000);
    await house.manage.refresh(bot, source.id);
    await house.replica({ embedder: failing('embedding.refused') }).runDue();
    expect(await house.read(bot, source)).toMatchObject({ state: 'failed', problems: [{ code: 'source.not-embedded' }] });
  });
});

describe('another model', () => {
  it('gets its own vectors, and nothing else changes', async () => {
    const bot = aBot();
    const source = await house.add(bot, { kind: 'markdown', title: 'Shop', text: HELP });
    await house.replica().runDue();
    const other: Embedder = { ...house.knowledge.embedder, id: 'another-model' };
    const { runs } = house;
    await runs.askForModel(house.knowledge.embedder.id, 100);
    expect((await house.read(bot, source)).dueAt).toBeNull();
    await runs.askForModel(other.id, 100);
    const before = house.embedded.count;
    await house.replica({ embedder: other }).runDue();
    expect(await house.read(bot, source)).toMatchObject({ state: 'ready', version: 1 });
    expect(house.embedded.count).toBeGreaterThan(before);
    expect(await house.knowledge.store.listSources(bot, other.id)).toMatchObject([{ chunks: 2, withoutVector: 0 }]);
  });
});

describe('pages of a site', () => {
  it('are read by its sitemap, and only what changed is read again', async () => {
    const bot = aBot();
    const site = await serve({ '/returns': 'You may send it back for thirty days.', '/delivery': 'It takes two days by parcel.' });
    const source = await house.add(bot, { kind: 'sitemap', url: `${site.url}/sitemap.xml`, everyHours: 24 });
    await house.replica().runDue();
    const ready = await house.read(bot, source);
    expect(ready).toMatchObject({ state: 'ready', progress: { pagesDone: 2, pagesTotal: 2, chunks: 2 } });
    expect(ready.dueAt!.getTime()).toBeGreaterThan(Date.now() + 23 * 3_600_000);

    const before = house.embedded.count;
    site.pages = { '/returns': 'You may send it back for sixty days, says the shop.', '/delivery': site.pages['/delivery']! };
    await house.dataSource.query('UPDATE sources SET due_at = now() WHERE id = $1', [source.id]);
    await house.replica().runDue();
    expect(await house.read(bot, source)).toMatchObject({ state: 'ready', version: 2, progress: { chunks: 2 } });
    expect(house.embedded.count - before).toBe(1);
  });

  it('that are gone are forgotten; those of a server that is ill are not', async () => {
    const bot = aBot();
    const site = await serve({
      '/a': 'Apples are red and sweet.',
      '/b': 'Bananas are yellow and long.',
      '/c': 'Cherries are small and dark.',
    });
    const source = await house.add(bot, { kind: 'page', title: 'Fruit', urls: ['/a', '/b', '/c'].map((path) => site.url + path) });
    await house.replica().runDue();
    site.pages = { '/a': (_request, response) => void response.writeHead(503).end(), '/c': site.pages['/c']! };
    await house.manage.refresh(bot, source.id);
    await house.replica().runDue();
    expect(await house.read(bot, source)).toMatchObject({
      state: 'partial',
      progress: { pagesDone: 3, pagesTotal: 3, chunks: 2 },
      problems: [
        { where: `${site.url}/a`, code: 'page.status-503' },
        { where: `${site.url}/b`, code: 'page.gone' },
      ],
    });
    expect(await house.search(bot, 'bananas yellow')).not.toContain('Bananas are yellow and long.');
    expect(await house.search(bot, 'apples')).toContain('Apples are red and sweet.');
  });

  it('of a site that is away are kept', async () => {
    const bot = aBot();
    const site = await serve({ '/a': 'Apples are red and sweet.' });
    const source = await house.add(bot, { kind: 'sitemap', url: `${site.url}/sitemap.xml` });
    await house.replica().runDue();
    servers[0]!.closeAllConnections();
    await new Promise((resolve) => servers.splice(0)[0]!.close(resolve));
    await house.manage.refresh(bot, source.id);
    await house.replica().runDue();
    expect(await house.read(bot, source)).toMatchObject({
      state: 'partial',
      problems: [{ code: 'page.econnrefused' }],
      progress: { chunks: 1 },
    });
    expect(await house.search(bot, 'apples')).toEqual(['Apples are red and sweet.']);
  });

  it('that robots.txt forbids, that do not want to be found or are the same twice are left out and told', async () => {
    const bot = aBot();
    const site = await serve({});
    site.pages = {
      '/robots.txt': (_request, response) => void response.end('User-agent: *\nDisallow: /private'),
      '/private': 'A secret of the shop.',
      '/hidden': (_request, response) =>
        void response.end('<html><head><meta name="robots" content="noindex"></head><body>Hidden words.</body></html>'),
      '/a': 'Apples are red and sweet.',
      '/a?from=menu': (_request, response) =>
        void response.end(`<html><head><link rel="canonical" href="${site.url}/a"></head><body><h1>/a</h1>Apples are red.</body></html>`),
    };
    const source = await house.add(bot, { kind: 'sitemap', url: `${site.url}/sitemap.xml` });
    await house.replica().runDue();
    const { problems, progress, state } = await house.read(bot, source);
    expect(state).toBe('partial');
    expect(problems).toEqual([
      { where: `${site.url}/private`, code: 'page.robots' },
      { where: `${site.url}/hidden`, code: 'page.noindex' },
    ]);
    expect(progress.chunks).toBe(1);
    expect(site.asked).not.toContain('/private');
  });

  it('that were read before a crash are not read again by the replica that goes on', async () => {
    const bot = aBot();
    const second = Promise.withResolvers<void>();
    const site = await serve({ '/a': 'Apples are red and sweet.', '/b': (_request) => second.resolve() });
    const source = await house.add(bot, { kind: 'page', title: 'Fruit', urls: [`${site.url}/a`, `${site.url}/b`] });
    const dying = house.replica({ limits: { concurrency: 1 } });
    dying.start();
    dying.wake();
    await second.promise;
    await dying.stop();
    expect(await house.read(bot, source)).toMatchObject({ state: 'queued', progress: { pagesDone: 1, pagesTotal: 2 } });
    site.pages['/b'] = 'Bananas are yellow and long.';
    await house.replica().runDue();
    expect(await house.read(bot, source)).toMatchObject({ state: 'ready', progress: { chunks: 2 } });
    expect(site.asked.filter((path) => path === '/a')).toHaveLength(1);
  });
});

describe('a source of a bot that nobody knows', () => {
  it('waits, in this workspace and in any other, until somebody does', async () => {
    const bot = { workspaceId: 'acme', botId: `bot-${newId()}` };
    const source = await house.add(bot, { kind: 'text', title: 'Hours', text: 'We open at nine in the morning.' });
    house.known.push({ ...bot, workspaceId: 'globex' });
    const before = await house.runs.waiting();
    await house.replica().runDue();
    expect(await house.read(bot, source)).toMatchObject({ state: 'queued' });
    house.known.push(bot);
    expect(await house.runs.waiting()).toBe(before + 1);
    await house.replica().runDue();
    expect(await house.read(bot, source)).toMatchObject({ state: 'ready' });
  });

  it('is not asked for because of another model', async () => {
    const bot = aBot();
    const source = await house.add(bot, { kind: 'text', title: 'Hours', text: 'We open at nine in the morning.' });
    await house.replica().runDue();
    house.known.splice(house.known.indexOf(bot), 1);
    await house.runs.askForModel('another', 1_000);
    expect(await house.read(bot, source)).toMatchObject({ dueAt: null });
    await house.dataSource.query("UPDATE sources SET due_at = NULL WHERE due_at IS NOT NULL AND state <> 'queued'");
  });
});

describe('replicas', () => {
  it('never take in two sources of one bot at a time, nor one source twice', async () => {
    const bot = aBot();
    const { runs } = house;
    await house.replica().runDue();
    for (const title of ['a', 'b', 'c']) await house.add(bot, { kind: 'text', title, text: `Hello ${title}.` });
    const other = await house.add(aBot(), { kind: 'text', title: 'd', text: 'Hello.' });
    const claimed = await Promise.all(Array.from({ length: 6 }, () => runs.claim(newId())));
    const found = claimed.flatMap((run) => (run ? [run.source] : []));
    expect(found.map(({ botId }) => botId).sort()).toEqual([bot.botId, other.botId].sort());
    // Their replica died; others go on when the lease has run out.
    await house.dataSource.query(`UPDATE sources SET lease_until = now() - interval '1 second' WHERE lease_until IS NOT NULL`);
    await Promise.all([house.replica().runDue(), house.replica().runDue()]);
    await eventually(
      async () =>
        (await house.sources.list(bot)).every(({ state }) => state === 'ready') ||
        house
          .replica()
          .runDue()
          .then(() => false),
      {
        what: 'all sources being taken in',
      },
    );
  });

  it('do not count what somebody writes who has lost his lease', async () => {
    const bot = aBot();
    const { runs } = house;
    const source = await house.add(bot, { kind: 'text', title: 'a', text: 'Hello.' });
    const run = (await runs.claim(newId()))!;
    await house.manage.refresh(bot, source.id);
    expect(await runs.renew(run)).toBe(false);
    expect(await runs.end(run, { state: 'ready', progress: { pagesDone: 1, pagesTotal: 1, chunks: 9 }, problems: [] })).toBe(false);
    expect(await house.read(bot, source)).toMatchObject({ state: 'queued', progress: { chunks: 0 } });
    await house.replica().runDue();
  });
});
