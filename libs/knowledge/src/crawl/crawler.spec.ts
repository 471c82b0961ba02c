import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from '@jest/globals';
import { Crawler } from './crawler.js';
import type { CrawlerOptions, Visit } from './crawler.js';
import { listSitemap } from './list-sitemap.js';
import { serveSite } from './testing/serve.js';
import type { Answers, TestSite } from './testing/serve.js';

const sites: TestSite[] = [];
const serve = async (answers: Answers): Promise<TestSite> => {
  const site = await serveSite(answers);
  sites.push(site);
  return site;
};
afterEach(async () => {
  await Promise.all(sites.splice(0).map((site) => site.close()));
});

const crawlerFor = (site: TestSite, more: Partial<CrawlerOptions> = {}): Crawler =>
  new Crawler({ site: { hosts: [site.host] }, allowLoopback: true, signal: new AbortController().signal, retryMs: [], ...more });

const bytesOf = (visit: Visit): string | undefined => ('content' in visit ? visit.content.bytes.toString() : undefined);

describe('a page of a site', () => {
  it('is read with what its server says of it, and by name', async () => {
    const names: unknown[] = [];
    const site = await serve({
      '/a': (request, response) => {
        names.push(request.headers['user-agent']);
        response.writeHead(200, { etag: '"1"', 'last-modified': 'Mon, 05 Jan 2026 10:00:00 GMT', 'content-type': 'text/html' }).end('here');
      },
    });
    expect(await crawlerFor(site).visit({ url: `${site.url}/a` })).toMatchObject({
      finalUrl: `${site.url}/a`,
      etag: '"1"',
      lastModified: 'Mon, 05 Jan 2026 10:00:00 GMT',
      content: { bytes: Buffer.from('here'), contentType: 'text/html' },
    });
    expect(names[0]).toContain('BatonBot/1.0');
  });

  it('is not sent again when it did not change', async () => {
    const site = await serve({
      '/a': ({ headers }, response) => void response.writeHead(headers['if-none-match'] === '"1"' ? 304 : 200).end(),
    });
    expect(await crawlerFor(site).visit({ url: `${site.url}/a`, etag: '"1"' })).toEqual({ url: `${site.url}/a`, unchanged: true });
  });

  it('may have moved inside of the site', async () => {
    const site = await serve({
      '/old': (_request, response) => void response.writeHead(301, { location: '/new?utm_source=x' }).end(),
      '/new?utm_source=x': 'here',
    });
    const visit = await crawlerFor(site).visit({ url: `${site.url}/old` });
    expect([bytesOf(visit), 'finalUrl' in visit && visit.finalUrl]).toEqual(['here', `${site.url}/new`]);
  });

  it('may say that it does not want to be found', async () => {
    const site = await serve({ '/a': (_request, response) => void response.writeHead(200, { 'x-robots-tag': 'noindex' }).end('x') });
    expect(await crawlerFor(site).visit({ url: `${site.url}/a` })).toMatchObject({ problem: 'page.noindex' });
  });

  it('is asked for again when its server was busy', async () => {
    let asked = 0;
    const site = await serve({ '/a': (_request, response) => void response.writeHead((asked += 1) === 1 ? 503 : 200).end('here') });
    expect(bytesOf(await crawlerFor(site, { retryMs: [1, 1] }).visit({ url: `${site.url}/a` }))).toBe('here');
  });
});

describe('robots.txt', () => {
  const rules = (text: string): Answers => ({ '/robots.txt': (_request, response) => void response.writeHead(200).end(text), '*': 'here' });

  it('is obeyed, by our name before the general one', async () => {
    const site = await serve(rules('User-agent: *\nDisallow: /\n\nUser-agent: BatonBot\nDisallow: /private\n'));
    const crawler = crawlerFor(site);
    expect(bytesOf(await crawler.visit({ url: `${site.url}/help` }))).toBe('here');
    expect(await crawler.visit({ url: `${site.url}/private/a` })).toMatchObject({ problem: 'page.robots' });
    expect(site.asked).toEqual(['/robots.txt', '/help']);
  });

  it('is obeyed behind a redirect, too', async () => {
    const site = await serve({
      ...rules('User-agent: *\nDisallow: /private'),
      '/a': (_request, response) => void response.writeHead(302, { location: '/private' }).end(),
    });
    expect(await crawlerFor(site).visit({ url: `${site.url}/a` })).toMatchObject({ problem: 'page.robots' });
    expect(site.asked).toEqual(['/robots.txt', '/a']);
  });

  it('that cannot be had forbids everything; one that is not there, nothing', async () => {
    const ill = await serve({ '/robots.txt': (_request, response) => void response.writeHead(500).end(), '*': 'here' });
    expect(await crawlerFor(ill).visit({ url: `${ill.url}/a` })).toMatchObject({ problem: 'page.robots-unreachable' });
    const without = await serve({ '/a': 'here' });
    expect(bytesOf(await crawlerFor(without).visit({ url: `${without.url}/a` }))).toBe('here');
  });

  it('may ask for patience between pages', async () => {
    const site = await serve(rules('User-agent: *\nCrawl-delay: 0.2'));
    const began = performance.now();
    await crawlerFor(site).visitAll(
      [1, 2, 3].map((at) => ({ url: `${site.url}/${at}` })),
      async () => undefined,
    );
    expect(performance.now() - began).toBeGreaterThan(380);
  });
});

describe('what is not read', () => {
  it.each<[string, Answers[string], string]>([
    [
      'a redirect to the metadata service',
      (_request, response) => void response.writeHead(302, { location: 'http://169.254.169.254/latest' }).end(),
      'page.forbidden-address',
    ],
    [
      'a redirect to another site',
      (_request, response) => void response.writeHead(302, { location: 'http://127.0.0.2:1/' }).end(),
      'page.forbidden-redirect',
    ],
    ['a redirect in a circle', (_request, response) => void response.writeHead(302, { location: '/a' }).end(), 'page.too-many-redirects'],
    ['a page without end', (_request, response) => endless(response), 'page.too-large'],
    [
      'a packed bomb',
      (_request, response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(5_000_000))),
      'page.too-large',
    ],
    ['a page that drips', (_request, response) => drip(response), 'page.timeout'],
    ['a page that never comes', () => undefined, 'page.timeout'],
    ['a page that is gone', (_request, response) => void response.writeHead(410).end(), 'page.gone'],
    ['a page whose server hangs up', (request) => void request.socket.destroy(), 'page.econnreset'],
  ])('%s', async (_what, answer, problem) => {
    const site = await serve({ '/a': answer! });
    const visit = await crawlerFor(site, { limits: { pageBytes: 100_000, pageMs: 300 } }).visit({ url: `${site.url}/a` });
    expect(visit).toMatchObject({ problem });
  });

  it('other hosts and paths than those of the source', async () => {
    const site = await serve({ '*': 'here' });
    const crawler = crawlerFor(site, { site: { hosts: [site.host], pathPrefixes: ['/help/'] } });
    const problems = await Promise.all(
      [
        `${site.url}/help/a`,
        `${site.url}/shop`,
        `${site.url}/help/../shop`,
        'http://127.0.0.1:1/help/',
        'file:///etc/passwd',
        'http://10.0.0.1/help/',
      ].map((url) => crawler.visit({ url })),
    );
    expect(problems.map((visit) => ('problem' in visit ? visit.problem : 'read'))).toEqual([
      'read',
      ...Array<string>(5).fill('page.outside'),
    ]);
  });

  it('this machine, unless it was allowed', async () => {
    const site = await serve({ '/a': 'here' });
    expect(await crawlerFor(site, { allowLoopback: false }).visit({ url: `${site.url}/a` })).toMatchObject({
      problem: 'page.forbidden-address',
    });
    expect(site.asked).toEqual([]);
  });

  it('more pages, bytes or time than a source may take', async () => {
    const site = await serve({ '/robots.txt': (_request, response) => void response.writeHead(404).end(), '*': 'x'.repeat(600) });
    const outcomes = async (limits: CrawlerOptions['limits']): Promise<string[]> => {
      const told: string[] = [];
      await crawlerFor(site, { limits: { concurrency: 1, ...limits } }).visitAll(
        [1, 2, 3].map((at) => ({ url: `${site.url}/${at}` })),
        async (visit) => void told.push('problem' in visit ? visit.problem : 'read'),
      );
      return told;
    };
    expect(await outcomes({ pages: 2 })).toEqual(['read', 'read', 'source.too-many-pages']);
    expect(await outcomes({ totalBytes: 1_000 })).toEqual(['read', 'read', 'source.too-many-bytes']);
    expect(await outcomes({ totalMs: 0 })).toEqual(Array(3).fill('source.out-of-time'));
  });

  it('anything after the run was given up', async () => {
    const stop = new AbortController();
    const site = await serve({ '*': (_request, response) => (stop.abort(), void response.end('x')) });
    const told: Visit[] = [];
    const run = crawlerFor(site, { signal: stop.signal }).visitAll([{ url: `${site.url}/a` }], async (visit) => void told.push(visit));
    await expect(run).rejects.toMatchObject({ name: 'AbortError' });
    expect(told).toEqual([]);
  });
});

describe('a sitemap', () => {
  const xml = (name: 'url' | 'sitemap', ...locations: string[]): string =>
    `<?xml version="1.0"?><${name === 'url' ? 'urlset' : 'sitemapindex'} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${locations.map((loc) => `<${name}><loc>${loc}</loc></${name}>`).join('')}</${name === 'url' ? 'urlset' : 'sitemapindex'}>`;
  const list = (site: TestSite, path: string, limits: CrawlerOptions['limits'] = {}) =>
    listSitemap(crawlerFor(site, { limits }), `${site.url}${path}`, { site: { hosts: [site.host] } });

  it('names pages, each once, in its order', async () => {
    const site = await serve({});
    site.answers = { '/sitemap.xml': xml('url', `${site.url}/b?x=1&amp;utm_source=y`, `${site.url}/a#part`, `${site.url}/b?x=1`) };
    expect(await list(site, '/sitemap.xml')).toEqual({ pages: [`${site.url}/b?x=1`, `${site.url}/a`], problems: [] });
  });

  it('may be an index of packed ones that name each other in a circle', async () => {
    const site = await serve({});
    const packed = gzipSync(xml('url', `${site.url}/a`));
    site.answers = {
      '/index.xml': xml('sitemap', `${site.url}/one.xml.gz`, `${site.url}/index.xml`, `${site.url}/two.xml`),
      '/one.xml.gz': (_request, response) => void response.writeHead(200, { 'content-type': 'application/gzip' }).end(packed),
      '/two.xml': xml('sitemap', `${site.url}/index.xml`, `${site.url}/gone.xml`),
    };
    expect(await list(site, '/index.xml')).toEqual({
      pages: [`${site.url}/a`],
      problems: [{ where: `${site.url}/gone.xml`, code: 'page.gone' }],
    });
  });

  it('is found from the front page by robots.txt, else at its usual place', async () => {
    const site = await serve({});
    site.answers = {
      '/robots.txt': (_request, response) => void response.end(`Sitemap: ${site.url}/maps/help.xml`),
      '/maps/help.xml': xml('url', `${site.url}/a`),
    };
    expect((await list(site, '/')).pages).toEqual([`${site.url}/a`]);
    site.answers = { '/sitemap.xml': xml('url', `${site.url}/b`) };
    expect((await list(site, '/')).pages).toEqual([`${site.url}/b`]);
  });

  it('may be a list of lines', async () => {
    const site = await serve({});
    site.answers = { '/pages.txt': `${site.url}/a\n\n${site.url}/b\n` };
    expect((await list(site, '/pages.txt')).pages).toHaveLength(2);
  });

  it('leads nowhere else', async () => {
    const site = await serve({});
    site.answers = {
      '/sitemap.xml': xml('url', 'https://other.example/a', 'javascript:x', `${site.url}/a`),
      '/index.xml': xml('sitemap', 'http://10.0.0.1/sitemap.xml'),
    };
    expect(await list(site, '/sitemap.xml')).toEqual({
      pages: [`${site.url}/a`],
      problems: [
        { where: 'https://other.example/a', code: 'page.outside' },
        { where: 'javascript:x', code: 'page.forbidden-address' },
      ],
    });
    expect((await list(site, '/index.xml')).problems).toEqual([{ where: 'http://10.0.0.1/sitemap.xml', code: 'page.outside' }]);
  });

  it('is cut where it names too many pages', async () => {
    const site = await serve({});
    site.answers = { '/sitemap.xml': xml('url', ...Array.from({ length: 5 }, (_, at) => `${site.url}/${at}`)) };
    expect(await list(site, '/sitemap.xml', { pages: 3 })).toMatchObject({
      pages: { length: 3 },
      problems: [{ code: 'source.too-many-pages' }],
    });
  });

  it.each([
    ['a page', '<html><body>Not found</body></html>'],
    ['a text', 'nothing here'],
    [
      'a bomb of entities',
      `<!DOCTYPE x [<!ENTITY a "${'x'.repeat(100)}"><!ENTITY b "${'&a;'.repeat(1_000)}">]><x>${'&b;'.repeat(1_000)}</x>`,
    ],
  ])('that is %s is told', async (_what, body) => {
    const site = await serve({ '/sitemap.xml': body });
    expect(await list(site, '/sitemap.xml')).toEqual({
      pages: [],
      problems: [{ where: `${site.url}/sitemap.xml`, code: 'sitemap.broken' }],
    });
  });
});

function endless(response: ServerResponse): void {
  const more = (): void => void (response.destroyed || response.write('x'.repeat(10_000), () => setImmediate(more)));
  more();
}

function drip(response: ServerResponse): void {
  const timer = setInterval(() => response.write('x'), 20);
  response.on('close', () => clearInterval(timer));
}
