import { once } from 'node:events';
import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import { afterEach, describe, expect, it } from '@jest/globals';
import { boundedFetch, isTooLate } from './bounded-fetch.js';

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

async function serve(listener: RequestListener): Promise<string> {
  server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const bounded = boundedFetch({ maxBytes: 1_000, timeoutMs: 5_000 });
const forever = (): Readable =>
  Readable.from(
    (function* () {
      for (;;) yield 'x'.repeat(10_000);
    })(),
  );

describe('a body', () => {
  it('within the bound is what it is', async () => {
    const url = await serve((_, response) => response.writeHead(201, { 'x-said': 'so' }).end('x'.repeat(1_000)));
    const response = await bounded(url);
    expect([response.status, response.headers.get('x-said')]).toEqual([201, 'so']);
    expect(await response.text()).toHaveLength(1_000);
  });

  it('that is none is none', async () => {
    const url = await serve((_, response) => response.writeHead(204).end());
    expect((await bounded(url)).body).toBeNull();
  });

  it('that never ends is broken off, and its server hears it', async () => {
    let closed: Promise<unknown> | undefined;
    const url = await serve((_, response) => {
      closed = once(response, 'close');
      forever().pipe(response);
    });
    await expect((await bounded(url)).text()).rejects.toMatchObject({ name: 'BodyTooLarge', code: 'outside.too-large' });
    await closed;
  });

  it('is counted unpacked', async () => {
    const url = await serve((_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' });
      forever().pipe(createGzip()).pipe(response);
    });
    await expect((await bounded(url)).text()).rejects.toMatchObject({ code: 'outside.too-large' });
  });

  it('that trickles is not waited for longer than wanted', async () => {
    const url = await serve((_, response) => void response.write('{'));
    const response = await boundedFetch({ maxBytes: 1_000, timeoutMs: 60 })(url);
    const failure: unknown = await response.text().catch((error: unknown) => error);
    expect([isTooLate(failure), isTooLate(new Error('another'))]).toEqual([true, false]);
  });

  it('is not waited for when the caller gives up', async () => {
    const url = await serve((_, response) => void response.write('{'));
    const gone = new AbortController();
    const response = await bounded(url, { signal: gone.signal });
    gone.abort(new Error('gone'));
    await expect(response.text()).rejects.toThrow('gone');
  });
});
