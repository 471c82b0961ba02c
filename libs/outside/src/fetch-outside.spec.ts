import { createServer } from 'node:http';
import type { IncomingMessage, RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from '@jest/globals';
import { fetchOutside } from './fetch-outside.js';
import type { Outside, OutsideOptions, Resolve } from './fetch-outside.js';

const servers: Server[] = [];

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

afterEach(async () => {
  for (const server of servers) server.closeAllConnections();
  await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
});

const get = (url: string, more: Partial<OutsideOptions> = {}): Promise<Outside> =>
  fetchOutside(url, { maxBytes: 1_000, timeoutMs: 2_000, allowLoopback: true, ...more }, new AbortController().signal);

describe('content of somebody else’s', () => {
  it('comes with its type and the address where it was in the end', async () => {
    const url = await serve((request, response) => {
      if (request.url === '/old') return void response.writeHead(301, { location: '/new' }).end();
      response.writeHead(200, { 'content-type': 'text/html' }).end('here');
    });
    expect(await get(`${url}/old`)).toMatchObject({
      url: `${url}/new`,
      status: 200,
      content: { bytes: Buffer.from('here'), contentType: 'text/html' },
    });
  });

  it('is asked for with the names that the caller gives, and with no others', async () => {
    let asked: IncomingMessage | undefined;
    const url = await serve((request, response) => void ((asked = request), response.end('x')));
    await get(url, { headers: { 'user-agent': 'Somebody', 'if-none-match': '"1"' } });
    expect(asked?.headers).toEqual({
      accept: '*/*',
      'accept-encoding': 'identity',
      'user-agent': 'Somebody',
      'if-none-match': '"1"',
      host: url.slice('http://'.length),
      connection: 'close',
    });
  });

  it('may be as it was', async () => {
    const url = await serve((_request, response) => void response.writeHead(304).end());
    expect(await get(url)).toEqual({ unchanged: true, url, status: 304 });
  });

  it('is followed only where the caller wants to go', async () => {
    const url = await serve((_request, response) => void response.writeHead(302, { location: '/elsewhere' }).end());
    expect(await get(`${url}/`, { mayFollow: ({ pathname }) => pathname === '/here' })).toEqual({
      refused: 'forbidden-redirect',
      url: `${url}/elsewhere`,
    });
  });
});

describe('packed content', () => {
  it.each([
    ['gzip', gzipSync('here')],
    ['br', brotliCompressSync('here')],
  ])('is unpacked when it was asked for: %s', async (encoding, body) => {
    const url = await serve((_request, response) => void response.writeHead(200, { 'content-encoding': encoding }).end(body));
    expect(await get(url, { unpack: true })).toMatchObject({ content: { bytes: Buffer.from('here') } });
    expect(await get(url)).toMatchObject({ refused: 'broken' });
  });

  it.each([
    ['that becomes far more than it is', gzipSync(Buffer.alloc(1_000_000)), 'too-large'],
    ['that is none', Buffer.from('not packed at all'), 'broken'],
    ['that ends too early', gzipSync(Buffer.from('x'.repeat(500))).subarray(0, 20), 'broken'],
  ])('%s is not taken', async (_what, body, refused) => {
    const url = await serve((_request, response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end(body));
    expect(await get(url, { unpack: true })).toMatchObject({ refused });
  });

  it('that was packed twice is not taken', async () => {
    const url = await serve((_request, response) => void response.writeHead(200, { 'content-encoding': 'gzip, gzip' }).end('x'));
    expect(await get(url, { unpack: true })).toMatchObject({ refused: 'broken' });
  });

  it('may break off, and is asked for again later', async () => {
    const url = await serve((_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip', 'content-length': '100' });
      response.write(gzipSync('half').subarray(0, 12), () => response.destroy());
    });
    expect(await get(url, { unpack: true })).toMatchObject({ retry: 'econnreset' });
  });
});

describe('plain HTTP', () => {
  const inside: Resolve = () => Promise.resolve([{ address: '10.0.0.1', family: 4 }]);
  const nowhere: Resolve = () => Promise.reject(Object.assign(new Error('no such name'), { code: 'ENOTFOUND' }));

  it('is refused unless it was allowed', async () => {
    expect(await get('http://site.example/', { allowLoopback: false, resolve: nowhere })).toMatchObject({ refused: 'forbidden-address' });
    expect(await get('http://site.example/', { allowLoopback: false, allowPlainHttp: true, resolve: nowhere })).toMatchObject({
      retry: 'enotfound',
    });
  });

  it.each(['http://10.0.0.1/', 'http://127.0.0.1/', 'http://site.example:8080/', 'http://inside.example/', 'ftp://site.example/'])(
    'opens nothing else: %s',
    async (url) => {
      expect(await get(url, { allowLoopback: false, allowPlainHttp: true, resolve: inside })).toMatchObject({
        refused: 'forbidden-address',
      });
    },
  );
});
