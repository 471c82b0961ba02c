import { createServer, type Server } from 'node:http';
import { afterEach, describe, expect, it } from '@jest/globals';
import { eventually, freePort } from '@baton/testing';
import { Balancer } from './balancer.js';

const servers: Server[] = [];
let balancer: Balancer | undefined;
afterEach(async () => {
  await balancer?.close();
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** A replica that says its name, and whether it is ready. */
async function replica(
  name: string,
): Promise<{ url: string; state: { isReady: boolean; isSlow: boolean; breaksOff: boolean }; end: () => void }> {
  const state = { isReady: true, isSlow: false, breaksOff: false };
  const server = createServer((request, response) => {
    if (request.url === '/health/ready' && state.isSlow) return;
    response.statusCode = request.url === '/health/ready' && !state.isReady ? 503 : 200;
    if (!state.breaksOff) return void response.end(name);
    response.writeHead(200, { 'content-length': '100' });
    response.write(name, () => response.destroy());
  });
  servers.push(server);
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${port}`, state, end: () => (server.closeAllConnections(), server.close()) };
}

async function before(...urls: string[]): Promise<string> {
  balancer = new Balancer('it');
  const port = await freePort();
  await balancer.listen(port);
  for (const url of urls) balancer.add(url);
  await eventually(() => urls.every((url) => balancer!.sends(url)), { what: 'the replicas being seen ready' });
  return `http://127.0.0.1:${port}`;
}

const ask = async (url: string): Promise<string> => (await fetch(url)).text();

describe('a balancer', () => {
  it('sends in turn to those that are ready', async () => {
    const [a, b] = [await replica('a'), await replica('b')];
    const url = await before(a.url, b.url);
    expect([await ask(url), await ask(url)].sort()).toEqual(['a', 'b']);
  });

  it('goes on sending to one that is not ready any more until its next look, and then no longer', async () => {
    const [a, b] = [await replica('a'), await replica('b')];
    const url = await before(a.url, b.url);
    a.state.isReady = false;
    expect([await ask(url), await ask(url)].sort()).toEqual(['a', 'b']);
    await eventually(() => !balancer!.sends(a.url), { within: 5_000, what: 'the next look' });
    expect([await ask(url), await ask(url)]).toEqual(['b', 'b']);
  });

  it('sends to one that is only slow until three looks in a row had no answer', async () => {
    const [a, b] = [await replica('a'), await replica('b')];
    const url = await before(a.url, b.url);
    a.state.isSlow = true;
    expect([await ask(url), await ask(url)].sort()).toEqual(['a', 'b']);
    await eventually(() => !balancer!.sends(a.url), { within: 10_000, what: 'the third look' });
    expect([await ask(url), await ask(url)]).toEqual(['b', 'b']);
  });

  it('counts what a replica that is gone did not answer, and tries nobody else', async () => {
    const a = await replica('a');
    const url = await before(a.url);
    a.end();
    expect((await fetch(url, { method: 'POST', body: 'x' })).status).toBe(502);
    expect(balancer!.answers()).toMatchObject({ all: 1, ok: 0, bad: [expect.stringContaining('POST /')] });
  });

  it('counts an answer that breaks off as none, and does not leave who asked waiting', async () => {
    const a = await replica('a');
    const url = await before(a.url);
    a.state.breaksOff = true;
    await expect(fetch(url).then((response) => response.text())).rejects.toThrow();
    await eventually(() => balancer!.answers().bad.length === 1, { what: 'the broken answer being counted' });
    expect(balancer!.answers()).toMatchObject({ all: 1, ok: 0, bad: [expect.stringContaining('GET /: 200 that broke off')] });
  });

  it('says 503 when nobody is ready, and notes what each of them said', async () => {
    const a = await replica('a');
    const url = await before(a.url);
    a.state.isReady = false;
    await eventually(() => !balancer!.sends(a.url), { within: 5_000, what: 'the next look' });
    expect((await fetch(url)).status).toBe(503);
    balancer!.remove(a.url);
    expect((await fetch(url)).status).toBe(503);
    expect(balancer!.answers().bad).toEqual([
      expect.stringMatching(/no replica is ready \(127\.0\.0\.1:\d+: 503 a\)/),
      expect.stringContaining('no replica is ready (there is none)'),
    ]);
  });
});
