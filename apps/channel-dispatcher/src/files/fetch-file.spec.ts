import { createServer } from 'node:http';
import type { IncomingMessage, RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { samples } from '../testing/samples.js';
import { fetchFile } from './fetch-file.js';
import type { Fetched, FetchOptions, Resolve } from './fetch-file.js';

const servers: Server[] = [];

/** A server of somebody else's, on this machine. */
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

const never = new AbortController().signal;
const options: FetchOptions = { maxBytes: 1_000, timeoutMs: 2_000, allowLoopback: true };
const get = (url: string, more: Partial<FetchOptions> = {}, signal = never): Promise<Fetched> =>
  fetchFile(url, { ...options, ...more }, signal);

/** A name server that says this. */
const resolvesTo =
  (...addresses: string[]): Resolve =>
  () =>
    Promise.resolve(addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })));

describe('a file at somebody else’s', () => {
  it('is fetched, and nothing of ours goes along', async () => {
    let asked: IncomingMessage | undefined;
    const url = await serve((request, response) => {
      asked = request;
      response.end(samples.png);
    });
    expect(await get(`${url}/photo.png`)).toEqual({ bytes: samples.png });
    expect(asked?.headers).toEqual({
      accept: '*/*',
      'accept-encoding': 'identity',
      'user-agent': 'Baton',
      host: url.slice('http://'.length),
      connection: 'close',
    });
  });

  it('is fetched over three redirects, relative ones too, without a cookie', async () => {
    const cookies: unknown[] = [];
    const url = await serve((request, response) => {
      cookies.push(request.headers.cookie);
      const step = Number(request.url?.slice(1));
      if (step === 3) return void response.end('here');
      response.writeHead(302, { location: `/${step + 1}`, 'set-cookie': 'a=b' }).end();
    });
    expect(await get(`${url}/0`)).toEqual({ bytes: Buffer.from('here') });
    expect(cookies).toEqual([undefined, undefined, undefined, undefined]);
  });

  it.each<[string, number, Fetched]>([
    ['gone for good', 410, { refused: 'file.gone' }],
    ['not there', 404, { refused: 'file.gone' }],
    ['behind a link that ran out', 403, { refused: 'file.gone' }],
    ['behind a redirect to nowhere', 302, { refused: 'file.gone' }],
    ['at a server that is ill', 500, { retry: 'file.status-500' }],
    ['at a server that is busy', 429, { retry: 'file.status-429', afterMs: 7_000 }],
    ['at a server that is away', 503, { retry: 'file.status-503', afterMs: 7_000 }],
  ])('may be %s', async (_what, status, expected) => {
    const url = await serve((_request, response) => void response.writeHead(status, status === 500 ? {} : { 'retry-after': '7' }).end());
    expect(await get(url)).toEqual(expected);
  });

  it('may be nothing', async () => {
    expect(await get(await serve((_request, response) => void response.end()))).toEqual({ refused: 'file.empty' });
  });

  it('may be packed although that was not asked for', async () => {
    const url = await serve((_request, response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end('x'));
    expect(await get(url)).toEqual({ refused: 'file.broken' });
  });

  it('may be at a server that nobody answers for', async () => {
    const url = await serve(() => undefined);
    servers[0]!.close();
    expect(await get(url)).toEqual({ retry: 'file.econnrefused' });
  });

  it('may be at a server that hangs up', async () => {
    const url = await serve((request) => void request.socket.destroy());
    expect(await get(url)).toEqual({ retry: 'file.econnreset' });
  });

  it('may break off in the middle', async () => {
    const url = await serve((_request, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('half', () => response.destroy());
    });
    expect(await get(url)).toEqual({ retry: 'file.econnreset' });
  });
});

describe('a file that is too much', () => {
  it('is not read when it says so', async () => {
    const url = await serve((_request, response) => void response.writeHead(200, { 'content-length': '1001' }).write('x'));
    expect(await get(url)).toEqual({ refused: 'file.too-large' });
  });

  it('is cut off when it does not say so and never ends', async () => {
    const cut = Promise.withResolvers<void>();
    const url = await serve((_request, response) => {
      const more = (): void => void (response.destroyed || response.write('x'.repeat(100), () => setImmediate(more)));
      response.on('close', cut.resolve);
      more();
    });
    expect(await get(url)).toEqual({ refused: 'file.too-large' });
    await cut.promise;
  });

  it('is given up when it drips', async () => {
    const url = await serve((_request, response) => {
      const drip = setInterval(() => response.write('x'), 20);
      response.on('close', () => clearInterval(drip));
    });
    expect(await get(url, { timeoutMs: 200 })).toEqual({ retry: 'file.timeout' });
  });

  it('is given up when not even its first byte comes', async () => {
    expect(await get(await serve(() => undefined), { timeoutMs: 100 })).toEqual({ retry: 'file.timeout' });
  });

  it('is given up over all its redirects together', async () => {
    const url = await serve((_request, response) => setTimeout(() => response.writeHead(302, { location: '/' }).end(), 60));
    expect(await get(url, { timeoutMs: 150 })).toEqual({ retry: 'file.timeout' });
  });

  it('is given up when the worker stops', async () => {
    const stop = new AbortController();
    const url = await serve(() => stop.abort());
    expect(await get(url, {}, stop.signal)).toEqual({ retry: 'file.timeout' });
  });

  it('is refused after a fourth redirect', async () => {
    const url = await serve((_request, response) => void response.writeHead(302, { location: '/' }).end());
    expect(await get(url)).toEqual({ refused: 'file.too-many-redirects' });
  });
});

describe('an address that is not for us', () => {
  const forbidden = { refused: 'file.forbidden-address' };

  it.each([
    'http://files.example/a.png',
    'https://files.example:8443/a.png',
    'https://user:secret@files.example/a.png',
    'https://10.0.0.1/a.png',
    'https://169.254.169.254/latest/meta-data',
    'https://[::ffff:10.0.0.1]/a.png',
    'https://[fd00::1]/a.png',
    'https://127.0.0.1/a.png',
    'https://0x7f.1/a.png',
    'https://2130706433/a.png',
    'http://localhost/a.png',
    'https://[::1]/a.png',
    'file:///etc/passwd',
    'ftp://files.example/a.png',
    'data:text/plain,hello',
    'nonsense',
    '',
  ])('is refused: %s', async (url) => {
    expect(await get(url, { allowLoopback: false, resolve: resolvesTo('1.1.1.1') })).toEqual(forbidden);
  });

  it.each([
    'https://10.0.0.1/a.png',
    'http://10.0.0.1/a.png',
    'http://169.254.169.254/latest/meta-data',
    'http://[::ffff:192.168.0.1]/a.png',
    'http://files.example/a.png',
    'file:///etc/passwd',
  ])('is refused where this machine is allowed, too: %s', async (url) => {
    expect(await get(url, { resolve: resolvesTo('10.0.0.1') })).toEqual(forbidden);
  });

  it.each<[string, string[]]>([
    ['a private one', ['10.0.0.1']],
    ['this machine', ['127.0.0.1']],
    ['this machine, in IPv6 clothes', ['::ffff:127.0.0.1']],
    ['the metadata service', ['169.254.169.254']],
    ['a public one and a private one', ['1.1.1.1', '192.168.0.1']],
    ['nothing', []],
  ])('is refused when its name means %s', async (_what, addresses) => {
    expect(await get('https://files.example/a.png', { allowLoopback: false, resolve: resolvesTo(...addresses) })).toEqual(forbidden);
  });

  it.each([
    'http://10.0.0.1/',
    'http://169.254.169.254/latest/meta-data',
    'https://[::ffff:a00:1]/',
    'https://metadata.internal/',
    'file:///etc/passwd',
    'gopher://127.0.0.1/',
    '//10.0.0.1/',
  ])('is refused behind a redirect: %s', async (location) => {
    const url = await serve((_request, response) => void response.writeHead(302, { location }).end());
    expect(await get(url, { resolve: resolvesTo('10.0.0.7') })).toEqual(forbidden);
  });

  it('is resolved once: what was checked is what is connected to, whatever its name means a moment later', async () => {
    const url = await serve((_request, response) => void response.end('here'));
    const answers = ['127.0.0.1', '10.0.0.1'];
    const resolve: Resolve = () => resolvesTo(answers.shift()!)('');
    expect(await get(url.replace('127.0.0.1', 'localhost'), { resolve })).toEqual({ bytes: Buffer.from('here') });
    expect(answers).toEqual(['10.0.0.1']);
  });

  it('is asked again only later when its name cannot be resolved', async () => {
    const resolve: Resolve = () => Promise.reject(Object.assign(new Error('no such name'), { code: 'ENOTFOUND' }));
    expect(await get('https://files.example/a.png', { resolve })).toEqual({ retry: 'file.enotfound' });
  });
});
